"""A medicine of one day in the week, or of one patch for some days, that is then told to be taken daily.

“Take it once a week ... swallow your tablets once a day”: with methotrexate people have died of it. Each
paragraph is judged alone, and what it says of other medicines, of phases and in negations is left out.
All of it is for review.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.checks.back import daily_word, names_dose
from validator.checks.registry import Task
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit
from validator.document.quantities import Intake, Quantity
from validator.facts import quantities
from validator.facts.doses import BODY_UNITS, is_dose
from validator.facts.passage import Passage
from validator.grammar import Token
from validator.grammarfile import Cue

_SELDOM = Decimal(1) / 3  # intakes a day of a medicine of which a daily one is a contradiction, at most
_SPANS = ("day", "week", "month")
_MOST = 40  # paragraphs with words for a week in one section
_PACKS = frozenset(map(Decimal, (4, 21, 24, 28)))  # days by which contraceptives count
_CHOSEN = 4  # tokens before "day of the week" in which "same" or "one" may stand
_REACH = 4  # words between a dose and the word for "daily"
_DENIED = 4  # tokens before "daily" in which a negation may stand
_THAT: tuple[Cue, ...] = ("again", "same")
_COUNTED = frozenset(("count", "mass", "units", "activity", "volume"))


def weekly_and_daily(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    """The words for "once a day" in paragraphs of a weekly medicine."""
    grammar = task.lexicon.grammar
    week = grammar.cues["week"]
    seldom = {d.amount.span.block for d in leaflet.facts.doses if d.intake and _is_seldom(d.intake)}
    body = [block for block, _ in leaflet.body(task.section)]
    blocks = [block for block in body if block in seldom or week.search(leaflet.folded[block])]
    texts = [(block, leaflet.blocks[block].text) for block in blocks[:_MOST]]
    for passage in quantities.passages(texts, grammar):
        yield from _in_paragraph(leaflet, task, passage)


def _in_paragraph(leaflet: Leaflet, task: Task, passage: Passage) -> Iterator[Hit]:
    if any(q.unit == "day" and q.low in _PACKS for q in passage.quantities):
        return
    weekly = _weekly(passage)
    daily = [intake.span for intake in passage.intakes if _is_daily(intake)]
    daily += [q.span for q in passage.quantities if q.per == ("day",) and is_dose(q)]
    daily += [word for q in passage.quantities if q.family == "mass" and (word := _named(leaflet, task, q))]
    for at in sorted(daily, key=lambda span: span.start):
        for other in weekly:
            if _contradict(passage, other, at):
                dose = leaflet.text(at)
                told = {"dose": "", "other": leaflet.text(other)}
                yield Hit("inconsistent", "interval-words", at, task.section, dose, "", told, review=True)
                return


def _named(leaflet: Leaflet, task: Task, quantity: Quantity) -> Span | None:
    """The word for "daily" beside a dose: "your daily dose of 12.5 mg"."""
    grammar = task.lexicon.grammar
    named = not quantity.per and names_dose(leaflet, grammar, quantity, _REACH)
    return daily_word(leaflet, grammar, quantity, _REACH) if named else None


def _is_daily(intake: Intake) -> bool:
    return intake.unit == "day" and intake.times == intake.every == 1 and not intake.divided


def _is_seldom(intake: Intake) -> bool:
    often = intake.per_day
    return often is not None and often <= _SELDOM and not intake.divided and intake.unit in ("day", "week")


def _weekly(passage: Passage) -> list[Span]:
    """The words that tell of one dose in some days: an intake, or the day of the week chosen for it."""
    found = []
    for intake in passage.intakes:
        first = passage.sentence(intake.span.start) == passage.sentence(passage.tokens[0].start)
        if _is_seldom(intake) and (first or _counts(passage, intake.span)):
            found.append(intake.span)
    found += [span for span in _each_week(passage) if not any(_overlap(span, other) for other in found)]
    start = 0
    while said := passage.first_said("week-day", start, len(passage.text)):
        start = said[1]
        at = passage.token_at(said[0])
        near = passage.tokens[max(0, at - _CHOSEN) : at]
        chosen = any(token.kind == "number-word" for token in near)
        named = near and any(passage.says(cue, near[0].start, said[0]) for cue in _THAT)
        if chosen or named:
            found.append(Span(passage.block, *said))
    return found


def _each_week(passage: Passage) -> Iterator[Span]:
    """The words "a week" after no other number than one: "une seule fois par semaine"."""
    first = passage.sentence(passage.tokens[0].start)
    for at, token in enumerate(passage.tokens):
        if token.kind != "each" or token.value != "week":
            continue
        numbers = [t for t in passage.tokens[max(0, at - _CHOSEN) : at] if t.kind in ("num", "number-word")]
        span = Span(passage.block, token.start, token.end)
        one = bool(numbers) and all(number.value.value == 1 for number in numbers)
        if one and (passage.sentence(token.start) == first or _counts(passage, span)):
            yield span


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _counts(passage: Passage, span: Span) -> bool:
    """Whether the sentence of an intake names what is taken."""
    units = passage.grammar.units
    return any(
        token.kind == "unit" and units[token.value].family in _COUNTED and token.value not in ("kg", "lb")
        for token in _sentence(passage, span)
    )


def _sentence(passage: Passage, span: Span) -> Sequence[Token]:
    number = passage.sentence(span.start)
    stop = passage.ends[number] if number < len(passage.ends) else len(passage.text)
    return passage.tokens[passage.token_at(passage.sentence_start(span.start)) : passage.token_at(stop)]


def _contradict(passage: Passage, weekly: Span, daily: Span) -> bool:
    """Whether both tell of one medicine: of no phases, of no other amount, and neither is denied."""
    if _overlap(weekly, daily):
        return False
    first, last = sorted((weekly, daily), key=lambda span: span.start)
    start = passage.sentence_start(first.start)
    number = passage.sentence(last.start)
    stop = passage.ends[number] if number < len(passage.ends) else len(passage.text)
    at = passage.token_at(daily.start)
    near = passage.tokens[max(0, at - _CHOSEN)].start
    again = any(passage.says(cue, near, daily.start) for cue in _THAT)
    phased = passage.says("first", start, stop) or (passage.says("change", start, stop) and not again)
    if phased or _denied(passage, daily) or _is_course(passage, first, last):
        return False
    between = (q for q in passage.quantities if start <= q.span.start < last.start)
    if any(
        q.unit in _SPANS and q.exact and q.low > 1 and not q.per and not _overlap(q.span, weekly)
        for q in between
    ):
        return False
    if passage.sentence(daily.start) == passage.sentence(weekly.start) and all(
        daily != intake.span for intake in passage.intakes
    ):
        return False  # "raised by 12.5 micrograms a day every two weeks"
    one, other = (_masses(passage, span) for span in (weekly, daily))
    taken = any(daily == intake.span for intake in passage.intakes)
    return len(one | other) < 2 and not (taken and other and not one)  # "and folic acid 1 mg once a day"


def _is_course(passage: Passage, first: Span, last: Span) -> bool:
    """Whether the first of two rhythms lasts some time and the other follows: "for 3 weeks, and then"."""
    between = (q for q in passage.quantities if first.end <= q.span.start < last.start)
    lasts = any(q.family == "time" and not q.per for q in between)
    together = passage.sentence(first.start) == passage.sentence(last.start)
    return together and lasts and passage.says("rest", first.end, last.start)


def _masses(passage: Passage, span: Span) -> set[Decimal]:
    """The amounts in units of mass in a sentence, strengths too."""
    number = passage.sentence(span.start)
    return {
        q.base[0]
        for q in passage.quantities
        if q.family == "mass" and q.unit not in BODY_UNITS and passage.sentence(q.span.start) == number
    }


def _denied(passage: Passage, span: Span) -> bool:
    """Whether a negation stands before some words: "never once a day"."""
    at = passage.token_at(span.start)
    start = passage.sentence_start(span.start)
    near = passage.tokens[max(0, at - _DENIED) : at]
    return bool(near) and passage.says("not", max(start, near[0].start), span.start)
