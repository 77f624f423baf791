"""A translation beside its source: all comparisons, and the report on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict

from validator import engine
from validator.compare import (
    contacts,
    dates,
    denials,
    force,
    frequencies,
    items,
    marks,
    names,
    numbers,
    reporting,
    sections,
    statements,
    substances,
    untranslated,
)
from validator.compare.alignment import Bead
from validator.compare.pair import Pair, Side, given, paired
from validator.document.leaflet import Leaflet
from validator.document.outcome import Outcome, not_applicable
from validator.report import Beside, BothVerdicts, Compared, Document, Mark, Place, Row
from validator.settings import Options

# What compares two leaflets by their text alone, by the rule that it answers.
_COMPARISONS: Mapping[str, Callable[[Pair], Outcome]] = {
    "compare/section": sections.compare,
    "compare/list-item": items.compare,
    "compare/number": numbers.compare,
    "compare/frequency": frequencies.compare,
    "compare/untranslated": untranslated.compare,
    "compare/product-name": names.compare,
    "compare/reporting-system": reporting.compare,
    "compare/denial": denials.compare,
    "compare/force": force.compare,
    "compare/mark": marks.compare,
    "compare/contact": contacts.compare,
    "compare/date": dates.compare,
    "compare/substance": substances.compare,
}
# What compares the reports on two leaflets, by the rule that it answers.
_JUDGED = {"compare/statement": statements.STATEMENTS, "compare/warning": statements.WARNINGS}
RULES = frozenset((*_COMPARISONS, *_JUDGED))


def compare(
    source: Leaflet,
    target: Leaflet,
    reports: tuple[Document, Document],
    *,
    options: Options | None = None,
    segments: Iterable[tuple[int, int]] | None = None,
    layout: bool = False,
) -> Document:
    """The report on a translation beside its source.

    `reports` are those on the two leaflets by themselves; `segments` are the blocks that a bilingual
    file has aligned, by their numbers in source and target.
    """
    pair = paired(source, target) if segments is None else given(source, target, segments)
    outcomes = {rule: check(pair) for rule, check in _COMPARISONS.items()}
    whole = bool(source.sections and target.sections)
    for rule, families in _JUDGED.items():
        outcomes[rule] = (
            statements.compare(pair, *reports, families) if whole else not_applicable("no-sections")
        )
    own, other = reports[1], reports[0]
    return engine.compared(
        pair.target,
        source,
        outcomes,
        path=own.path,
        sha256=own.sha256,
        beside=Compared(
            path=other.path,
            sha256=other.sha256,
            language=other.language,
            market=other.market,
            product=other.product.name,
            requirements=tuple(_verdicts(other, own)) if whole else (),
            rows=tuple(_row(pair, bead) for bead in pair.beads),
        ),
        options=options,
        layout=layout,
    )


def _verdicts(other: Document, own: Document) -> Iterator[BothVerdicts]:
    """The verdicts on what both markets ask for, in the order of the target's."""
    known = {judgement.rule: judgement.verdict for judgement in other.requirements}
    for judgement in own.requirements:
        if judgement.rule in known:
            yield BothVerdicts(rule=judgement.rule, other=known[judgement.rule], own=judgement.verdict)


def _row(pair: Pair, bead: Bead) -> Row:
    mark: Mark = "" if not bead.lonely else "missing" if bead.left else "extra"
    return Row(
        section=bead.section, other=_side(pair, bead, "left"), own=_side(pair, bead, "right"), mark=mark
    )


def _side(pair: Pair, bead: Bead, side: Side) -> Beside | None:
    span = pair.span(bead, side)
    if span is None:
        return None
    leaflet = pair.source if side == "left" else pair.target
    place = Place(**{**asdict(leaflet.place(span)), "section": bead.section or None})
    return Beside(text=pair.text(bead, side), location=place)
