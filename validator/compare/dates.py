"""Dates: those of the source are those of the translation, each written as its language writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.compare.data import comparison, months
from validator.compare.pair import Pair
from validator.document.leaflet import Leaflet, once
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMERIC = re.compile(
    r"(?<![\d/.,-])(?:(?P<day>\d{1,2})(?P<sign>[/.-]) ?)?(?P<month>\d{1,2})"
    rf"(?(sign)(?P=sign)|[/.-]) ?{_YEAR}(?![\d/-])"
    rf"|(?<![\d/.,-])(?P<first>(?:19|20)\d\d)(?P<then>[/.-]) ?(?P<second>\d{{1,2}})"
    r"(?:(?P=then) ?(?P<third>\d{1,2}))?(?![\d/-])"
)
_NAMED = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
_JOINS = frozenset(".,'/-")


@dataclass(frozen=True, slots=True)
class Date:
    """A date and its place; `day` is 0 where it names a month alone."""

    year: int
    month: int
    day: int
    span: Span

    def told_by(self, other: Date) -> bool:
        """Whether a date of the translation tells all of this one; it may add a day."""
        return (self.year, self.month) == (other.year, other.month) and self.day in (0, other.day)


def compare(pair: Pair) -> Outcome:
    """Every date of the source stands in the translation."""
    ours, theirs = dates(pair.source), dates(pair.target)
    if not ours:
        return Outcome(verdict="not-applicable", note="no-dates")
    lost = [one for one in ours if not any(one.told_by(other) for other in theirs)]
    free = [other for other in theirs if not any(one.told_by(other) for one in ours)]
    hits = list(_hits(pair, lost, free))
    return Outcome(tuple(hits)) if hits else met("dates")


def _hits(pair: Pair, lost: Sequence[Date], free: Sequence[Date]) -> Iterator[Hit]:
    """A date that is lost, or the one that stands in its place: the next one of the same section."""
    left = list(free)
    for one in lost:
        section = _section(pair.source, one)
        instead = next((each for each in left if _section(pair.target, each) == section), None)
        wanted = pair.source.text(one.span)
        if instead is None:
            yield Hit("missing", "", None, section, "", wanted, {"source": wanted}, beside=one.span)
            continue
        left.remove(instead)
        told = pair.target.text(instead.span)
        values = {"source": wanted, "target": told}
        yield Hit("inconsistent", "", instead.span, section, told, wanted, values, beside=one.span)


def _section(leaflet: Leaflet, date: Date) -> str:
    section = leaflet.section_at(date.span.block)
    return section.id if section else ""


@once
def dates(leaflet: Leaflet) -> tuple[Date, ...]:
    """The dates of a leaflet, in order."""
    found: list[Date] = []
    for index, block in enumerate(leaflet.blocks):
        if block.kind != "furniture" and re.search(_YEAR, block.text):
            found += _numeric(index, block.text)
            found += _named(index, leaflet.folded[index], leaflet.language.value)
    return tuple(sorted(found, key=lambda date: date.span))


def _numeric(block: int, text: str) -> Iterator[Date]:
    for match in _NUMERIC.finditer(text):
        if match["year"]:
            year, month, day = match["year"], match["month"], match["day"]
        else:
            year, month, day = match["first"], match["second"], match["third"]
        yield from _dated(int(year), int(month), int(day or 0), Span(block, match.start(), match.end()))


def _dated(year: int, month: int, day: int, span: Span) -> Iterator[Date]:
    """A date, if it is one; where only the other order makes one (month first), that."""
    if month > 12 >= day > 0:
        month, day = day, month
    if 1 <= month <= 12 and day <= 31:
        yield Date(year, month, day, span)


def _named(block: int, folded: str, language: str) -> Iterator[Date]:
    """Dates with the name of a month: "3 May 2024", "2024. május 3.", "May 3, 2024", "May 2024"."""
    known = months(language)
    tokens = list(_NAMED.finditer(folded))
    for at, token in enumerate(tokens):
        month = known(token.group()) if token.group().isalpha() else 0
        if not month:
            continue
        before, after = _figure(tokens, at, -1), _figure(tokens, at, 1)
        beyond = _figure(tokens, after, 1) if after >= 0 else -1
        for year, day in ((after, before), (before, after), (beyond, after)):
            if year >= 0 and len(tokens[year].group()) == 4 and tokens[year].group()[:2] in ("19", "20"):
                number = int(tokens[day].group()) if day >= 0 else 0
                parts = [at, year, *([day] if 0 < number <= 31 else [])]
                span = Span(block, tokens[min(parts)].start(), tokens[max(parts)].end())
                yield Date(int(tokens[year].group()), month, number if 0 < number <= 31 else 0, span)
                break


def _figure(tokens: Sequence[re.Match[str]], at: int, step: int) -> int:
    """The next figure on one side of a token, over signs and the words that join dates; -1 for none."""
    joining = comparison().joining
    at += step
    while 0 <= at < len(tokens) and (tokens[at].group() in _JOINS or tokens[at].group() in joining):
        at += step
    return at if 0 <= at < len(tokens) and tokens[at].group().isdigit() else -1
