"""Doses that add up to totals of a day.

See `dose` for the arithmetic and for when nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from validator.checks.dose import adds_up, content_of, hit_at, number
from validator.checks.dose_days import day_total, goes_to_each
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import DoseStatement, Intake

_SIDES = 60  # characters around a dose in which "each eye" may stand
_EACH = 6  # characters between a number of doses and what each is: " of ", " à "
_SOLID = frozenset(("tablet", "capsule"))
_BEHIND = 10  # characters after a total in which the time may stand that it is for: "14 tablets in 4 weeks"
_MOST_INTAKES = 12  # what is told for shorter intervals is not given all day
_LASTING = frozenset(("day", "week", "month"))


@kind("dose/daily-total")
def daily_total(leaflet: Leaflet, task: Task) -> Outcome:
    """A dose times its intakes a day is the total that the same sentence gives for the day."""
    sums = list(_totals(leaflet))
    done = {sum_.total.amount.span for sum_ in sums}
    days = [day for day in leaflet.facts.days if not any(total.span in done for total in day.totals)]
    if not sums and not days:
        return not_applicable("no-total")
    hits = [hit for sum_ in sums if (hit := _total(leaflet, task, sum_))]
    hits += [hit for day in days if (hit := day_total(leaflet, task, day))]
    first = sums[0].total.amount if sums else days[0].totals[0]
    return Outcome(tuple(hits)) if hits else met("totals", first.span, count=str(len(sums) + len(days)))


class _Sum(NamedTuple):
    """A dose with its intakes and the total of the day; `loose` if they only may belong together.

    Several doses are taken at a time of the day each: "1 tablet in the morning and 2 in the evening".
    """

    doses: tuple[DoseStatement, ...]
    intake: Intake | None
    total: DoseStatement
    loose: bool = False


def _total(leaflet: Leaflet, task: Task, sum_: _Sum) -> Hit | None:
    doses, intake, total, loose = sum_
    per_day = intake.per_day if intake else Decimal(1)
    contents = [content for dose in doses if (content := _content(leaflet, dose, total)) is not None]
    if per_day is None or per_day > _MOST_INTAKES or len(contents) < len(doses):
        return None
    if _is_of_others(leaflet, task, doses[0], total):
        return None
    stated = total.amount
    sides = _sides(leaflet, task, doses[0])
    if sides > 1 and _sides(leaflet, task, total) > 1 and stated.family == "count":
        return None  # "2 drops a day in each eye" is said of one, "6 drops for both eyes" of two
    computed = sum(contents) * per_day * sides
    if adds_up(computed, stated.base[0], stated.step * stated.factor):
        return None
    if goes_to_each(leaflet, task, doses[0].amount, stated.span):
        if adds_up(computed * 2, stated.base[0], stated.step * stated.factor):
            return None  # "2 g on each knee four times a day, 16 g in all"
    value = f"{number(computed / stated.factor)} {stated.unit}"
    return hit_at(
        leaflet,
        task,
        stated,
        "" if intake else "parts",
        expected=value,
        dose=" + ".join(leaflet.text(dose.amount.span) for dose in doses),
        times=leaflet.text(intake.span) if intake else "",
        computed=value,
        review="yes" if loose else "",
    )


def _is_of_others(leaflet: Leaflet, task: Task, dose: DoseStatement, total: DoseStatement) -> bool:
    """Whether a total is told of other people than the dose ahead of it in a sentence."""
    span, stop = dose.amount.span, total.amount.span.start
    text, grammar = leaflet.folded[span.block], task.lexicon.grammar
    whose = grammar.populations(text[: span.start].rpartition(". ")[2])
    return bool(whose) and bool(grammar.populations(text[span.end : stop]) - whose)


def _sides(leaflet: Leaflet, task: Task, dose: DoseStatement) -> int:
    """How often a dose counts: twice where it goes "in each eye"."""
    cue, span = task.lexicon.grammar.cues.get("both-sides"), dose.amount.span
    near = leaflet.folded[span.block][max(0, span.start - _SIDES) : span.end + _SIDES]
    return 2 if cue and cue.search(near) else 1


def _totals(leaflet: Leaflet) -> Iterator[_Sum]:
    """A dose with its intakes, and the total of the same sentence."""
    for _, group in groupby(leaflet.facts.doses, key=lambda dose: (dose.amount.span.block, dose.sentence)):
        sure = [dose for dose in group if dose.amount.low == dose.amount.high and dose.amount.sure]
        totals = [dose for dose in sure if _is_total(dose) and not _is_by_weight(sure, dose)]
        totals = [dose for dose in totals if dose is totals[0] or not _explains(dose)]
        singles = [dose for dose in sure if dose not in totals and _is_single(dose)]
        yield from _divided(leaflet, sure)
        yield from _explained(leaflet, sure)
        for total in totals:
            yield from _matching(leaflet, sure, singles, total) or _parts(leaflet, sure, total)


def _matching(
    leaflet: Leaflet, sentence: list[DoseStatement], singles: list[DoseStatement], total: DoseStatement
) -> list[_Sum]:
    """The one dose of a sentence that the total can be of; tablets and the amount beside them are one."""
    plain = _plain(leaflet, singles, total)
    found = [_Sum((dose,), dose.intake, total) for dose in plain if dose.intake] if len(plain) == 1 else []
    if found and _is_of_several(leaflet, plain[0]):
        return []  # "two doses of 100 micrograms twice a day"
    if found and not total.amount.per and _lasts(leaflet, plain[0], total):
        return []  # "500 mg twice a day for 7 days, that is 7 g in all"
    if found and any(_is_between(plain[0], other, total) for other in sentence):
        return []  # "instead of 2 × 500 mg only 2 × 250 mg, 500 mg a day"
    if found and any(_is_whole(plain[0], other, total) for other in sentence):
        return []  # "250 mg every 24 hours instead of 500 mg every 12 hours, i.e. 250 mg a day"
    return [sum_ for sum_ in found if not _is_other(sum_)]


def _is_of_several(leaflet: Leaflet, dose: DoseStatement) -> bool:
    """Whether a number of doses stands right before an amount, so that it is that of each."""
    span = dose.amount.span
    counts = (q for q in leaflet.facts.quantities if q.unit == "dose" and q.low > 1)
    return any(q.span.block == span.block and 0 < span.start - q.span.end <= _EACH for q in counts)


def _lasts(leaflet: Leaflet, dose: DoseStatement, total: DoseStatement) -> bool:
    """Whether the time for which a dose is taken stands between it and a total, or right behind that."""
    start, stop = dose.amount.span, total.amount.span
    times = (q for q in leaflet.facts.quantities if q.unit in _LASTING and not q.per and q.low > 1)
    return any(q.span.block == start.block and start.start < q.span.start < stop.end + _BEHIND for q in times)


def _is_between(dose: DoseStatement, other: DoseStatement, total: DoseStatement) -> bool:
    """Whether another amount of the kind stands between a dose and a total."""
    before = other.amount.span.start < total.amount.span.start and other is not dose
    return before and other.amount.family == dose.amount.family and not other.amount.per and not other.units


def _is_whole(dose: DoseStatement, other: DoseStatement, total: DoseStatement) -> bool:
    """Whether a total is another dose of its sentence, which is that of a whole day already."""
    daily = other.amount.per == ("day",) or (other.intake is not None and other.intake.per_day == 1)
    ahead = other.amount.span.start < dose.amount.span.start
    return daily and ahead and other is not total and other.amount.base == total.amount.base


def _is_by_weight(sentence: list[DoseStatement], dose: DoseStatement) -> bool:
    """Whether an amount is what the dose per kg right before it comes to: "0.4 mg/kg, i.e. 30 mg, once"."""
    at = sentence.index(dose)
    rate = sentence[at - 1].amount if at else None
    return (
        rate is not None and bool({"kg", "m2"} & {*rate.per}) and "day" not in (*rate.per, *dose.amount.per)
    )


def _is_other(sum_: _Sum) -> bool:
    """Whether a total is an equivalent: "95 mg of one salt, corresponding to 100 mg of another"."""
    once = sum_.intake is not None and sum_.intake.per_day == 1
    return once and sum_.doses[0].amount.family == sum_.total.amount.family == "mass"


def _parts(leaflet: Leaflet, sentence: list[DoseStatement], total: DoseStatement) -> list[_Sum]:
    """The doses that are taken at a time of the day each, before or after the total of their sentence."""
    timed = [dose for dose in sentence if dose.timed and not dose.amount.per and not dose.amount.bound]
    once = [dose for dose in timed if dose.intake is None or dose.intake.per_day == 1]
    parts = _plain(
        leaflet, [dose for dose in once if dose.role in ("", "usual") and dose is not total], total
    )
    sides = {dose.amount.span.start < total.amount.span.start for dose in parts}
    whole = len(sides) == 1 and len(once) == len(timed)
    return [_Sum(tuple(parts), None, total, True)] if len(parts) > 1 and whole else []


def _plain(leaflet: Leaflet, doses: list[DoseStatement], total: DoseStatement) -> list[DoseStatement]:
    """The doses that a total can be of, the amounts alone if there are any beside numbers of tablets."""
    kin = [dose for dose in doses if _content(leaflet, dose, total) is not None]
    return [dose for dose in kin if dose.amount.family != "count"] or kin


def _content(leaflet: Leaflet, dose: DoseStatement, total: DoseStatement) -> Decimal | None:
    """How much of what a total counts is taken at once; None if that cannot be told.

    Tablets hold their own strength, else the only one of the product; a total of tablets counts tablets.
    """
    amount = dose.amount
    if "count" == total.amount.family == amount.family:
        return amount.low if amount.unit == total.amount.unit and total.amount.per else None
    amounts = leaflet.facts.product.amounts
    if amount.family == "count" and dose.strength is None and len(amounts) == 1 and amount.unit in _SOLID:
        dose = replace(dose, strength=amounts[0])
    content = content_of(dose)
    return content[0] if content and content[1] == total.amount.family else None


def _is_single(dose: DoseStatement) -> bool:
    return (
        dose.intake is not None and not dose.intake.divided and not dose.amount.per and not dose.amount.bound
    )


def _explains(total: DoseStatement) -> bool:
    """Whether a second total only says the first one again: "8 g a day, i.e. 2 g every 6 hours"."""
    return _is_single(total) and total.intake is not None and total.intake.per_day not in (None, 1)


def _is_total(dose: DoseStatement) -> bool:
    """Whether an amount is called a total, and is one of a day."""
    amount = dose.amount
    return dose.role == "total" and amount.per in ((), ("day",)) and not amount.bound


def _divided(leaflet: Leaflet, sentence: list[DoseStatement]) -> Iterator[_Sum]:
    """ "30 mg a day in two divided doses of 15 mg"."""
    for total, single in pairwise(sentence):
        intake = total.intake
        if intake is None or not intake.divided or single.amount.span.start < intake.span.end:
            continue
        between = leaflet.blocks[intake.span.block].text[intake.span.end : single.amount.span.start]
        if len(between.split()) <= 2 and not single.amount.per and total.amount.per in ((), ("day",)):
            yield _Sum((single,), intake, total)


def _explained(leaflet: Leaflet, sentence: list[DoseStatement]) -> Iterator[_Sum]:
    """ "1,000 mg per day (500 mg twice a day)": the bracket says how the dose of the day is taken."""
    for total, single in pairwise(sentence):
        stop = total.amount.span.end
        between = leaflet.blocks[total.amount.span.block].text[stop : single.amount.span.start]
        if between.strip() == "(" and total.amount.per == ("day",) and _is_single(single):
            yield _Sum((single,), single.intake, total, True)
