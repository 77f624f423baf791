"""Many leaflets at a glance: product by language and market, and requirement by language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from validator.document.text import fold
from validator.report import Document
from validator.reports.html.heat import SIGNS, TONES, Column, Heat, Row, Spot, Tone, grid
from validator.reports.html.view import Page
from validator.reports.words import counted, name

# What stands after the name of a product: strength, form, legal signs.
_AFTER_NAME = re.compile(r"(?:\s+\d|\s*[,;(\[®™*†]).*$")
_TONE: dict[str, Tone] = {
    "error": "error",
    "warning": "warning",
    "advice": "advice",
    "waived": "accepted",
    "known": "accepted",
}
_SHARES: tuple[tuple[Tone, str], ...] = (
    ("error", "with errors"),
    ("warning", "with warnings at most"),
    ("advice", "with advice at most"),
    ("accepted", "with accepted findings alone"),
    ("met", "without a finding"),
)
_UNTOLD: dict[str, Tone] = {"gap": "error", "review": "review"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of a leaflet; `worst` has tone and address of each rule's gravest finding.

    A gap that no finding tells of (its section is missing) counts as an error, what a person must
    judge as for review.
    """

    name: str
    title: str
    product: str
    market: str
    language: str
    href: str
    counts: Counter[str]
    verdicts: Counter[str]
    worst: dict[str, tuple[Tone, str]]
    met: frozenset[str]

    @property
    def result(self) -> str:
        """The findings in words."""
        return counted(self.counts)

    @property
    def column(self) -> Column:
        """Where it stands in the matrices."""
        return Column(self.language, f"language {self.language}, market {self.market}", self.market)


@dataclass(frozen=True, slots=True)
class Affected:
    """A requirement with the leaflets that do not simply meet it: name and language, tone, address."""

    rule: str
    title: str
    key: str
    leaflets: tuple[tuple[str, Tone, str], ...]


def entry(page: Page, href: str) -> Entry:
    """What the index keeps of a page."""
    document, file = page.document, href.split("#")[0]
    worst: dict[str, tuple[Tone, str]] = {}
    for card in sorted(page.cards, key=lambda each: TONES.index(_TONE[each.finding.status])):
        worst.setdefault(card.finding.rule, (_TONE[card.finding.status], f"{file}#{page.key}f{card.number}"))
    for judgement in document.requirements:
        if judgement.verdict in _UNTOLD:
            at = f"{file}#{page.key}{judgement.verdict}"
            worst.setdefault(judgement.rule, (_UNTOLD[judgement.verdict], at))
    return Entry(
        name=name(document),
        title=page.name,
        product=product(document),
        market=document.market,
        language=document.language,
        href=href,
        counts=page.counts,
        verdicts=page.verdicts,
        worst=worst,
        met=frozenset(j.rule for j in document.requirements if j.verdict == "met"),
    )


def product(document: Document) -> str:
    """The name that leaflets of one product share: without strength and form, folded."""
    named = document.product.name or document.title or document.path
    return " ".join(fold(_AFTER_NAME.sub("", named) or named).split())


def by_product(entries: Sequence[Entry]) -> Heat:
    """Product by market and language: a spot a leaflet."""
    table = grid(entries, lambda each: each.product, lambda each: each.column)
    shown = {
        each.product: _AFTER_NAME.sub("", each.title).strip() or each.title for each in reversed(entries)
    }
    rows = tuple(Row(shown[row], table.cells(row, _leaflets)) for row in table.rows)
    return Heat("Gaps by product, market and language", "Product", table.columns, rows)


def _leaflets(entries: Sequence[Entry]) -> Iterator[Spot]:
    if not entries:
        yield Spot("none", None, "no leaflet")
    for each in entries:
        tones: list[tuple[Tone, int | None]] = [(_TONE[s], each.counts[s]) for s in _TONE if each.counts[s]]
        tone, count = (*tones, ("met", None))[0]
        yield Spot(tone, count, f"{each.title}, {each.column.words}: {each.result}", each.href)


def shares(entries: Sequence[Entry]) -> tuple[tuple[Tone, str, int, str], ...]:
    """How many leaflets have what as their gravest: tone, sign, number, words."""
    numbers = Counter(next(_leaflets([each])).tone for each in entries)
    return tuple((tone, SIGNS[tone], numbers[tone], words) for tone, words in _SHARES)


def by_rule(entries: Sequence[Entry], title: Callable[[str], str]) -> Heat:
    """Requirement by market and language: how many leaflets have a gap; the gravest rows first.

    What is met everywhere, or only waits for a person, has no row.
    """
    titles = {
        rule: title(rule) for each in entries for rule, (tone, _) in each.worst.items() if tone != "review"
    }
    table = grid(entries, lambda each: "", lambda each: each.column)
    tones = {rule: Counter(e.worst[rule][0] for e in entries if rule in e.worst) for rule in titles}
    order = sorted(titles, key=lambda rule: (*(-tones[rule][tone] for tone in TONES), rule))
    rows = tuple(
        Row(
            titles[rule],
            tuple((_rule_spot(rule, table.items["", c]),) for c in table.columns),
            rule,
            _key(rule),
        )
        for rule in order
    )
    return Heat("Findings by requirement, market and language", "Requirement", table.columns, rows)


def _rule_spot(rule: str, entries: Sequence[Entry]) -> Spot:
    found = [each.worst[rule] for each in entries if rule in each.worst]
    if not found:
        holds = any(rule in each.met for each in entries)
        return Spot("met", None, "met") if holds else Spot("none", None, "not asked for here")
    numbers = Counter(tone for tone, _ in found)
    tone = min(numbers, key=TONES.index)
    href = found[0][1] if len(found) == 1 else f"#{_key(rule)}"
    if len(entries) == 1:
        return Spot(tone, None, tone, href)
    told = ", ".join(f"{numbers[each]} {each}" for each in TONES if numbers[each])
    return Spot(tone, numbers[tone], f"of {len(entries)} leaflets: {told}", href)


def affected(entries: Sequence[Entry], matrix: Heat) -> tuple[Affected, ...]:
    """The leaflets behind the counts, for every requirement of the matrix."""
    return tuple(
        Affected(
            row.detail,
            row.title,
            row.key,
            tuple(
                (f"{e.language}: {e.name}", *e.worst[row.detail]) for e in entries if row.detail in e.worst
            ),
        )
        for row in matrix.rows
    )


def _key(rule: str) -> str:
    return f"rule-{rule.replace('/', '-')}"
