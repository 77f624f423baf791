"""Figures and units: what the source counts, the translation counts as well, each in its own writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from validator.compare.alignment import Bead
from validator.compare.dates import dates
from validator.compare.intervals import other_intervals
from validator.compare.lengths import other_units
from validator.compare.order import exchanged
from validator.compare.pair import Pair, Side, around
from validator.compare.rows import exchanged_cells
from validator.compare.spelt import in_words, inside, of_contacts, of_pages, spelt
from validator.compare.substances import unshared
from validator.compare.units import Unit
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.quantities import Quantity

_NEAR = 4  # beads among which a figure may stand in another sentence or paragraph
_PAGES, _PAGES_APART = 3, 2  # so many numbers that go up by so much at a time are those of pages
_BODY = ("kg", "m2")  # what a dose is given by: mg/kg is not mg/m²
_MEASURES = frozenset(("mass", "volume", "time", "months", "activity", "amount", "share", "surface", "times"))


@dataclass(slots=True)
class _Difference:
    """The figures of a bead that only one side has."""

    bead: Bead
    missing: Counter[Decimal] = field(default_factory=Counter)
    extra: Counter[Decimal] = field(default_factory=Counter)


def compare(pair: Pair) -> Outcome:
    """Every figure of the source stands in the translation, with the same unit, and no other one."""
    differences = [_difference(pair, bead) for bead in pair.both if not _defines(bead)]
    if not pair.segments:
        _settle(_with_lonely(pair, differences))
        _without_pages([each.missing for each in differences])
        _without_pages([each.extra for each in differences])
        for each in differences:
            of_pages(pair.source, each.bead.left, each.missing)
            of_pages(pair.target, each.bead.right, each.extra)
            each.missing, each.extra = +each.missing, +each.extra
    hits = [hit for each in differences for hit in _hits(pair, each)]
    hits += [hit for bead in pair.both for hit in _units(pair, bead)]
    hits += other_units(pair)
    hits += other_intervals(pair)
    cells = list(exchanged_cells(pair))
    rows = {hit.span.block for hit in cells if hit.span}
    hits += cells
    hits += [hit for hit in exchanged(pair) if hit.span and hit.span.block not in rows]
    return Outcome(tuple(hits)) if hits else met("numbers")


def _defines(bead: Bead) -> bool:
    """Whether it explains a frequency, with one end or with both: `compare/frequency` compares that."""
    return all(unit.defines for unit in bead.left + bead.right)


def _difference(pair: Pair, bead: Bead) -> _Difference:
    dated = _dates(pair.source, bead.left), _dates(pair.target, bead.right)
    if len(dated[0]) != len(dated[1]):
        dated = (), ()
    apart = (
        (*dated[0], *unshared(pair.source, pair.target), *of_contacts(pair.source, bead.left)),
        (*dated[1], *unshared(pair.target, pair.source), *of_contacts(pair.target, bead.right)),
    )
    left, right = _counted(bead.left, apart[0]), _counted(bead.right, apart[1])
    found = _Difference(bead, left - right, right - left)
    if found.missing or found.extra:
        _converted(pair, found)
        if found.missing:
            found.missing -= in_words(pair.target, bead.right, pair.target_grammar)
        if found.extra:
            found.extra -= in_words(pair.source, bead.left, pair.source_grammar)
    return found


def _dates(leaflet: Leaflet, own: Sequence[Unit]) -> tuple[Span, ...]:
    """The dates of a text: `compare/date` compares them whole, however they are written."""
    blocks = {unit.block for unit in own}
    return tuple(date.span for date in dates(leaflet) if date.span.block in blocks)


def _counted(own: Sequence[Unit], apart: Sequence[Span]) -> Counter[Decimal]:
    """The figures of a text without those that stand in some places."""
    return Counter(
        figure.value
        for unit in own
        for figure in unit.figures
        if not any(
            span.block == unit.block and span.start <= figure.start and figure.end <= span.end
            for span in apart
        )
    )


def _converted(pair: Pair, found: _Difference) -> None:
    """Take out the figures that say the same in another unit: "48 hours" and "2 days"."""
    left = _quantities(pair.source_quantities, found.bead.left)
    right = _quantities(pair.target_quantities, found.bead.right)
    for one in left:
        for other in right:
            same = one.family == other.family and one.base == other.base and one.unit != other.unit
            low, high = one.low.normalize(), other.low.normalize()
            if same and found.missing[low] > 0 and found.extra[high] > 0:
                found.missing[low] -= 1
                found.extra[high] -= 1
    spelt(pair.target, found.bead.right, pair.target_grammar, found.missing, left)
    spelt(pair.source, found.bead.left, pair.source_grammar, found.extra, right)
    inside(pair.target, found.bead.right, found.missing)
    inside(pair.source, found.bead.left, found.extra)
    found.missing, found.extra = +found.missing, +found.extra


def _quantities(known: Mapping[int, Sequence[Quantity]], own: Sequence[Unit]) -> list[Quantity]:
    return [quantity for unit in own for quantity in known.get(unit.block, ())]


def _with_lonely(pair: Pair, differences: Sequence[_Difference]) -> list[_Difference]:
    """The differences with those of beads that have one side alone, in the order of the beads."""
    known = {id(each.bead): each for each in differences}
    return [
        known.get(id(bead)) or _difference(pair, bead)
        for bead in pair.beads
        if id(bead) in known or (bead.lonely and bead not in pair.contacts)
    ]


def _settle(differences: Sequence[_Difference]) -> None:
    """Take out what stands in a neighbouring bead: a sentence was moved, or a paragraph cut elsewhere.

    Two rows of a table that each have the figures of the other one are exchanged, and stay.
    """
    for at, one in enumerate(differences):
        for other in differences[at + 1 : at + 1 + _NEAR]:
            if _is_row(one.bead) and _is_row(other.bead) and one.missing and one.extra:
                continue
            for first, second in ((one.missing, other.extra), (one.extra, other.missing)):
                for value in first.keys() & second.keys():
                    shared = min(first[value], second[value])
                    first[value] -= shared
                    second[value] -= shared
    for each in differences:
        each.missing, each.extra = +each.missing, +each.extra


def _is_row(bead: Bead) -> bool:
    return not bead.lonely and all(unit.kind == "row" for unit in bead.left + bead.right)


def _without_pages(lonely: Sequence[Counter[Decimal]]) -> None:
    """Take out the numbers of pages that a conversion left in the text of one file: they only count up."""
    single = [(at, next(iter(each))) for at, each in enumerate(lonely) if each.total() == 1]
    runs: list[list[tuple[int, Decimal]]] = []
    for at, value in single:
        run = next((run for run in runs if 0 < value - run[-1][1] <= _PAGES_APART and value % 1 == 0), None)
        if run is None:
            runs.append([(at, value)])
        else:
            run.append((at, value))
    for run in runs:
        if len(run) >= _PAGES:
            for at, value in run:
                del lonely[at][value]


def _hits(pair: Pair, found: _Difference) -> Iterator[Hit]:
    bead = found.bead
    if not (found.missing or found.extra):
        return
    missing, extra = _listed(found.missing), _listed(found.extra)
    case = "changed" if missing and extra else "lost" if missing else "added"
    target, evidence = _place(pair, bead, "right", found.extra)
    source, wanted = _place(pair, bead, "left", found.missing)
    changed = found.missing.total() == found.extra.total()
    yield Hit(
        "inconsistent" if changed else "altered",
        case,
        target,
        bead.section,
        evidence,
        wanted,
        {"source": missing, "target": extra},
        review=bead.moved or not pair.sure(bead),
        beside=source,
        beside_text=wanted,
    )


def _listed(values: Counter[Decimal]) -> str:
    return ", ".join(f"{value:f}" for value in values.elements())


def _place(pair: Pair, bead: Bead, side: Side, values: Counter[Decimal]) -> tuple[Span | None, str]:
    """The first of some figures with the words around it, or the whole side where it has none of them."""
    leaflet, own = (pair.source, bead.left) if side == "left" else (pair.target, bead.right)
    for unit in own:
        for figure in unit.figures:
            if figure.value in values:
                text = leaflet.blocks[unit.block].text
                start, end = around(text, figure.start, figure.end)
                return Span(unit.block, figure.start, figure.end), text[start:end]
    return pair.span(bead, side), pair.text(bead, side)


def _units(pair: Pair, bead: Bead) -> Iterator[Hit]:
    """The same figure with another unit: "24 weeks" and "24 days"."""
    left = _measured(_told(pair.source_quantities, pair.source_intakes, bead.left))
    right = _measured(_told(pair.target_quantities, pair.target_intakes, bead.right))
    for value, ours in left.items():
        theirs = right.get(value, [])
        if len(ours) != len(theirs) or not theirs:
            continue
        measure = _by_body if all(map(_body, (*ours, *theirs))) else _measure
        lost = Counter(map(measure, ours)) - Counter(map(measure, theirs))
        gained = Counter(map(measure, theirs)) - Counter(map(measure, ours))
        if not lost:
            continue
        source = next(q for q in ours if measure(q) in lost)
        target = next(q for q in theirs if measure(q) in gained)
        yield Hit(
            "inconsistent",
            "unit",
            target.span,
            bead.section,
            pair.target.text(target.span),
            pair.source.text(source.span),
            {"source": pair.source.text(source.span), "target": pair.target.text(target.span)},
            review=not pair.sure(bead),
            beside=source.span,
        )


def _told(
    known: Mapping[int, Sequence[Quantity]], intakes: Mapping[int, Sequence[Quantity]], own: Sequence[Unit]
) -> list[Quantity]:
    """The quantities of some units, and how often something is taken where no quantity stands."""
    found = _quantities(known, own)
    places = {(q.span.block, q.span.end) for q in found}
    return found + [q for q in _quantities(intakes, own) if (q.span.block, q.span.end) not in places]


def _measured(found: Sequence[Quantity]) -> dict[Decimal, list[Quantity]]:
    by_value: dict[Decimal, list[Quantity]] = {}
    for quantity in found:
        if quantity.family in _MEASURES and quantity.sure:
            by_value.setdefault(quantity.low, []).append(quantity)
    return by_value


def _measure(quantity: Quantity) -> tuple[str, ...]:
    return quantity.family, str((quantity.low * quantity.factor).normalize())


def _by_body(quantity: Quantity) -> tuple[str, ...]:
    return *_measure(quantity), _body(quantity)


def _body(quantity: Quantity) -> str:
    """What of the body a dose is given by, "" where the text does not say so."""
    return quantity.per[0] if quantity.per and quantity.per[0] in _BODY else ""
