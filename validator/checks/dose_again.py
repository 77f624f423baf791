"""Doses that a later sentence takes up again: the same figure keeps its size, basis and interval; see `dose`.

"The dose is 0.25 mg once a week. ... After this dose of 0.25 mg a day": read alone, the second is a dose
of its own. All of it is for review, because what a sentence takes up is known by its words alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from validator.checks.back import changes, daily_word, forbids, names_dose, refers_back, says_before
from validator.checks.dose import hit_at
from validator.checks.registry import Task
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit
from validator.document.quantities import DoseStatement, Quantity
from validator.grammar import Grammar
from validator.grammarfile import Cue

_NEAR = 2  # blocks between a dose and the sentence that takes it up again
_WORDS = 4  # words before a figure in which "this dose of" or "daily" may stand
_FORBIDDEN = 6  # words before an amount in which "never" may stand
_ARTICLE = 3  # words before an amount in which the article of what holds it may stand
_REACH = 60  # characters, and
_NAMED = 6  # tokens, before an amount in which what holds it may be named
_OTHERS: tuple[Cue, ...] = ("either", "rest", "first", "lower")
_BODY = frozenset(("kg", "m2"))
_LARGE = (10, 100, 1000)
NAMED = ("usual", "start", "maximum")
"""The roles by which a statement says what a dose is."""


def taken_up(leaflet: Leaflet, task: Task, plain: Sequence[DoseStatement]) -> Iterator[Hit]:
    """The contradictions between doses and what takes their figures up again, each place once."""
    grammar = task.lexicon.grammar
    for at, other in enumerate(plain):
        near = [one for one in plain[:at] if _before(one, other)]
        for hits in (_thousandfold, _tenfold, _basis, _interval):
            told = plain[:at] if hits is _thousandfold else near
            if hit := next(hits(leaflet, task, grammar, told, other), None):
                yield hit
                break


def _before(one: DoseStatement, other: DoseStatement) -> bool:
    """Whether a dose stands in an earlier sentence not far from another, in the same kind of amount."""
    first, again = one.amount.span.block, other.amount.span.block
    apart = first != again or one.sentence != other.sentence
    return apart and again - first <= _NEAR and one.amount.family == other.amount.family


def _thousandfold(
    leaflet: Leaflet, task: Task, grammar: Grammar, told: Sequence[DoseStatement], other: DoseStatement
) -> Iterator[Hit]:
    """ "25 micrograms an hour ... these 25 mg": one figure, in units 1,000 times apart.

    In another paragraph one of them is named a dose of some kind, or told with its intakes.
    """
    again = other.amount
    for one in told:
        first = one.amount
        larger = max(first.factor, again.factor) == 1000 * min(first.factor, again.factor)
        if not larger or first.low != again.low or first.family != again.family or not _alike(first, again):
            continue
        together = first.span.block == again.span.block and one.sentence != other.sentence
        apart = first.span.block != again.span.block and _are_told(one, other)
        if together or apart or (_before(one, other) and _takes_up(leaflet, grammar, other)):
            turned = apart and other.role in NAMED and one.role not in NAMED
            place, words = (first, again) if turned else (again, first)
            yield hit_at(leaflet, task, place, "repeated", first=leaflet.text(words.span), review="yes")


def _are_told(one: DoseStatement, other: DoseStatement) -> bool:
    """Whether one of two statements says what its dose is, and not both the same."""
    if one.role == other.role and one.role in NAMED:
        return False
    return any(dose.role in NAMED or dose.intake for dose in (one, other))


def as_amount(dose: DoseStatement) -> DoseStatement:
    """A statement of some tablets of a known strength as one of the amount that they hold."""
    count, strength = dose.amount, dose.strength
    if count.family != "count" or strength is None or not strength.exact:
        return dose
    scale = 1 / strength.per_amount
    amount = replace(
        strength,
        low=strength.low * count.low * scale,
        high=strength.high * count.high * scale,
        per=count.per,
        per_amount=Decimal(1),
    )
    return replace(dose, amount=amount)


def _tenfold(
    leaflet: Leaflet, task: Task, grammar: Grammar, near: Sequence[DoseStatement], other: DoseStatement
) -> Iterator[Hit]:
    """ "0.125 mg a day ... the 1.25 mg": the same digits, with the decimal sign elsewhere."""
    again = other.amount
    for one in near:
        first = one.amount
        moved = first.unit == again.unit and max(first.low, again.low) / min(first.low, again.low) in _LARGE
        moved = moved and _BODY & {*first.per} == _BODY & {*again.per}  # 0.5 mg/kg is no tenth of 5 mg
        role = one.role == other.role and one.role in ("start", "usual")
        taken = moved and _names_again(leaflet, grammar, near, one, other)
        weighed = first.per != again.per and _BODY & {
            *first.per,
            *again.per,
        }  # "0.5 mg/kg ... a dose of 5 mg"
        named = not weighed and names_dose(leaflet, grammar, again, 2)
        said = refers_back(leaflet, grammar, again, 1) or named
        if taken:
            yield hit_at(leaflet, task, again, "repeated", first=leaflet.text(first.span), review="yes")
        elif moved and _alike(first, again) and (role or said):
            told = [dose.amount.low for dose in near if dose.amount.unit == again.unit]
            if again.low not in told and min(first.low, again.low) % 1:
                yield hit_at(leaflet, task, again, "repeated", first=leaflet.text(first.span), review="yes")


def _names_again(
    leaflet: Leaflet,
    grammar: Grammar,
    near: Sequence[DoseStatement],
    one: DoseStatement,
    other: DoseStatement,
) -> bool:
    """Whether the next sentence names what holds the only amount told so far: "the ampoule of 10,000 IU".

    An article says so, or the same word for what is counted beside both. A dose that is raised, a maximum,
    other people, another step are none.
    """
    first, again = one.amount, other.amount
    following = first.span.block == again.span.block and other.sentence - one.sentence == 1
    alone = {dose.amount.base for dose in near if dose.amount.family == again.family} == {first.base}
    per = {*first.per} <= {*again.per} or {*again.per} <= {*first.per}
    plain = other.role in ("", "usual") and one.role != "maximum"
    plain = plain and {*other.populations} <= {*one.populations} and first.family != "volume"
    if not (following and alone and per and plain) or other.lower or changes(leaflet, grammar, again):
        return False
    if any(says_before(leaflet, grammar, again, cue, _WORDS * 2) for cue in _OTHERS):
        return False
    held = _holders(leaflet, grammar, again) & _holders(leaflet, grammar, first)
    return bool(held) or refers_back(leaflet, grammar, again, _ARTICLE)


def _holders(leaflet: Leaflet, grammar: Grammar, quantity: Quantity) -> set[object]:
    """What is counted by the words right before an amount: ampoules, drops, doses."""
    text, start = leaflet.folded[quantity.span.block], quantity.span.start
    tokens = grammar.dosed(text[max(0, start - _REACH) : start])[-_NAMED:]
    units = (token.value for token in tokens if token.kind == "unit")
    return {unit for unit in units if grammar.units[unit].family == "count"}


def _basis(
    leaflet: Leaflet, task: Task, grammar: Grammar, near: Sequence[DoseStatement], other: DoseStatement
) -> Iterator[Hit]:
    """ "8 mg/kg a day ... this dose of 8 mg": the figure of a dose by weight without the weight."""
    again = other.amount
    if _BODY & set(again.per) or other.role == "maximum" or not _takes_up(leaflet, grammar, other):
        return
    for one in (one.amount for one in near):
        if _BODY & set(one.per) and one.low == again.low and one.unit == again.unit:
            first, second = leaflet.text(one.span), leaflet.text(again.span)
            told = {"first": first, "second": second, "plain": second}
            yield hit_at(leaflet, task, again, "two-bases", review="yes", **told)


def _interval(
    leaflet: Leaflet, task: Task, grammar: Grammar, near: Sequence[DoseStatement], other: DoseStatement
) -> Iterator[Hit]:
    """ "40 mg every two weeks ... inject the 40 mg every two days", or a "daily dose" of a weekly one."""
    again = other.amount
    for one in near:
        told = _period(one)
        most = other.role == "maximum" and forbids(leaflet, grammar, again, _FORBIDDEN)
        if not told or one.amount.base != again.base:
            continue
        if not most and not _takes_up(leaflet, grammar, other, _WORDS):
            continue
        if changes(leaflet, grammar, again):
            continue  # "raised by 25 mg every week"
        period = _period(other)
        at = other.intake.span if other.intake and not again.per else again.span
        daily = told[0] == "week" and not other.intake and daily_word(leaflet, grammar, again, _WORDS)
        if daily:
            period, at = ("day", 1, 1), daily
        if period and period[0] != told[0] and period[1:] == told[1:]:
            yield _contrary(leaflet, task, other, at, one)


def _contrary(leaflet: Leaflet, task: Task, other: DoseStatement, at: Span, one: DoseStatement) -> Hit:
    place = one.intake.span if one.intake and not one.amount.per else one.amount.span
    told = {"dose": leaflet.text(other.amount.span), "other": leaflet.text(place)}
    return Hit("inconsistent", "interval", at, task.section, leaflet.text(at), "", told, review=True)


def _period(dose: DoseStatement) -> tuple[str, object, object] | None:
    """How often a dose is taken: the unit of time, how many times, every how many of the unit."""
    if dose.amount.per in (("day",), ("week",)):
        return dose.amount.per[0], 1, 1
    intake = dose.intake
    known = intake and not intake.divided and intake.unit in ("day", "week", "month")
    return (intake.unit, intake.times, intake.every) if intake and known else None


def _takes_up(leaflet: Leaflet, grammar: Grammar, dose: DoseStatement, words: int = 2) -> bool:
    """Whether words before a dose say that it is one told before."""
    amount = dose.amount
    return refers_back(leaflet, grammar, amount, words) or names_dose(leaflet, grammar, amount, words)


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts have one basis, as far as both tell theirs."""
    return one.per == other.per or () in (one.per, other.per)
