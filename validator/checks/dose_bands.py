"""Bands of weight and age that join, and the doses in them; see `dose`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from validator.checks.dose import hit_at
from validator.checks.dose_band_examples import examples
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import Band, Quantity

_RATE_REACH = 3  # blocks before a list of bands in which the dose per kg is looked for
_ROUNDED = Decimal("0.1")  # doses in bands are rounded to what can be given
_EXACT = Decimal("0.000001")  # ends in two units ("6 months to 2 years") may differ so far by arithmetic
_YEAR = Decimal(12)
_PARTS = (1, 2, 3, 4)  # intakes of a day's dose
_FIGURES = re.compile(r"[\d.,½¼¾]+")


@kind("dose/weight-band")
def weight_band(leaflet: Leaflet, task: Task) -> Outcome:
    """Bands that follow one another join and do not come again; their doses fit the dose per kg."""
    runs = list(_runs(leaflet))
    if not runs:
        return not_applicable("no-bands")
    per_kg = _per_kg(leaflet)
    hits = [hit for run in runs for hit in (*_seams(leaflet, task, run), *_rates(leaflet, task, run, per_kg))]
    hits += [hit for run in runs for hit in examples(leaflet, task, run)]
    return Outcome(tuple(hits)) if hits else met("bands", runs[0][0].extent.span, count=str(len(runs)))


def _runs(leaflet: Leaflet) -> Iterator[list[Band]]:
    """Bands of one family that follow one another, in ascending order: rows, items, parts of a text."""
    for family in ("mass", "months", "surface"):
        run: list[Band] = []
        turns = False  # whether the bands of the run descend
        for band in (b for b in leaflet.facts.bands if b.extent.family == family):
            if run and _follows(leaflet, run[-1], band) and (len(run) == 1 or _falls(run[-1], band) == turns):
                turns = _falls(run[-1], band)
            elif run:
                yield from _ascending(run, turns)
                run, turns = [], False
            run.append(band)
        yield from _ascending(run, turns)


def _ascending(run: list[Band], turns: bool) -> Iterator[list[Band]]:
    if len(run) > 1:
        yield run[::-1] if turns else run


def _follows(leaflet: Leaflet, before: Band, after: Band) -> bool:
    """Whether two bands belong to one list: in neighbouring blocks of a kind, or in one with a dose each."""
    kinds = {leaflet.blocks[band.extent.span.block].kind for band in (before, after)}
    apart = after.extent.span.block - before.extent.span.block
    both = bool(before.doses and after.doses)
    closed = None not in (before.low, before.high, after.low, after.high)
    listed = kinds == {"row"} or (closed and not before.doses and not after.doses)
    return len(kinds) == 1 and (apart == 0 or apart == 1) and (both or (apart == 1 and listed))


def _falls(before: Band, after: Band) -> bool:
    """Whether a band lies below the one before it."""
    return _order(after) < _order(before)


def _order(band: Band) -> tuple[Decimal, Decimal]:
    """Lower and upper end, by which bands are in order."""
    low = band.low if band.low is not None else Decimal(-1)
    return low, band.high if band.high is not None else Decimal("Infinity")


def _seams(leaflet: Leaflet, task: Task, run: Sequence[Band]) -> Iterator[Hit]:
    years = _in_whole_years(run)
    for before, after in pairwise(run):
        if before.high is None or after.low is None:
            continue
        words = leaflet.text(before.extent.span)
        case = "repeated" if (before.low, before.high) == (after.low, after.high) else ""
        if case and _but_for_figures(leaflet, before) == _but_for_figures(leaflet, after):
            yield hit_at(leaflet, task, after.extent, case, before=words, review="yes")
        gap = after.low - before.high
        joined = _EXACT if before.open else _step(before.extent, after.extent)
        shared = (years and _is_in_years(before)) or before.closed
        shared = shared and abs(gap) <= _EXACT and not before.open and after.high is not None
        shared = shared and before.extent.unit == after.extent.unit
        if not case and (gap < -_EXACT or gap > joined or shared):
            case = "overlap" if gap < 0 or shared else "hole"
            yield hit_at(leaflet, task, after.extent, case, before=words, review="yes")


def _in_whole_years(run: Sequence[Band]) -> bool:
    """Whether ages are those of whole years ("2-3 years, 4-6 years"), of which none belongs to two bands."""
    seams = [(a, b) for a, b in pairwise(run) if a.high is not None and b.low is not None and not a.open]
    return any(
        b.low - a.high == _YEAR and a.extent.unit == b.extent.unit == "year"
        for a, b in seams
        if a.high is not None and b.low is not None
    )


def _is_in_years(band: Band) -> bool:
    """Whether both ends are whole years: "6 months to 2 years" reach up to the second birthday."""
    return band.low is None or band.low % _YEAR == 0


def _step(one: Quantity, other: Quantity) -> Decimal:
    """What may lie between two bands that join: the last digit, of the smaller unit if there are two."""
    kg = Decimal(1_000_000) if one.family == "mass" else Decimal(1)
    steps = (one.step * one.factor / kg, other.step * other.factor / kg)
    return max(steps) if one.unit == other.unit else min(steps)


def _but_for_figures(leaflet: Leaflet, band: Band) -> list[str]:
    """The beginnings of the words beside a band: "1 sachet" and "2 sachets" differ in the figure alone."""
    return [word[:5] for word in _FIGURES.sub("", leaflet.folded[band.extent.span.block]).split()]


def _per_kg(leaflet: Leaflet) -> dict[int, list[Quantity]]:
    """The doses per kg by block."""
    found: dict[int, list[Quantity]] = {}
    for quantity in leaflet.facts.quantities:
        if "kg" in quantity.per and quantity.family == "mass" and quantity.sure:
            found.setdefault(quantity.span.block, []).append(quantity)
    return found


def _rates(
    leaflet: Leaflet, task: Task, run: Sequence[Band], per_kg: Mapping[int, Sequence[Quantity]]
) -> Iterator[Hit]:
    """Doses in weight bands that are, at no weight of the band, what the leaflet says per kg."""
    first = run[0].extent.span.block
    rates = [rate for block in range(first - _RATE_REACH, first) for rate in per_kg.get(block, ())]
    for band in run if rates else ():
        single = [dose for dose in band.doses if dose.family == "mass" and not dose.per and dose.exact]
        if len(single) == 1 and not any(_fits(rate, band, single[0]) for rate in rates):
            told = {"before": leaflet.text(band.extent.span), "rate": leaflet.text(rates[-1].span)}
            yield hit_at(leaflet, task, single[0], "rate", review="yes", **told)


def _fits(rate: Quantity, band: Band, dose: Quantity) -> bool:
    """Whether the dose is the dose per kg at some weight of the band, for one of the intakes of a day."""
    if not band.low or not band.high or band.extent.family != "mass":
        return True
    low, high = rate.base[0] * band.low, rate.base[1] * band.high
    parts = _PARTS if "day" in rate.per else (1,)
    return any(low * (1 - _ROUNDED) <= dose.base[0] * part <= high * (1 + _ROUNDED) for part in parts)
