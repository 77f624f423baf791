"""Comparisons of files: one source with one or many targets, or the two sides of a bilingual file.

Like `batch`: nothing that goes wrong with one target reaches another, and the answers come in order.
"""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from validator.batch import NO_LEAFLET, Result, open_leaflets
from validator.compare.translation import RULES, compare
from validator.document.blocks import Reading
from validator.document.leaflet import Leaflet
from validator.engine import judge
from validator.errors import EXIT_UNREADABLE, EXIT_USAGE, ConfigurationError, LeafletError, UnreadableError
from validator.inputs import Input
from validator.outline.split import leaflets, unsectioned
from validator.plan import plan
from validator.readers import load
from validator.report import Document
from validator.resources import house_rules
from validator.settings import Options, all_languages

# What both leaflets are asked for each by itself: the comparison tells what only the source has.
_FAMILIES = ("section", "statement", "warning", "excipient", "black-triangle")


@dataclass(frozen=True, slots=True)
class Side:
    """A leaflet of a file, with the report on it alone."""

    leaflet: Leaflet
    report: Document


def comparisons(
    source: Input,
    targets: Iterable[Input],
    options: Options,
    source_options: Options,
    jobs: int = 1,
    layout: bool = False,
) -> Iterator[Result]:
    """The source beside each target, in the order of the targets; with `layout` they carry their text.

    Raises UnreadableError if the source cannot be read: then there is nothing to compare with.
    """
    try:
        with house_rules(options.law):
            ours = sides(source, source_options)
    except UnreadableError as error:
        raise UnreadableError(f"{source.path}: {error}") from None
    work = partial(examine, ours=ours, options=options, layout=layout)
    given = list(targets)
    if jobs <= 1 or len(given) < 2:
        return (work(target) for target in given)
    from validator.parallel import ordered

    # What was drawn from a leaflet is kept with it, and would not go to another process.
    fresh = tuple(replace(each, leaflet=replace(each.leaflet)) for each in ours)
    work = partial(examine, ours=fresh, options=options, layout=layout)
    return ordered(work, iter(given), jobs, _lost)


def examine(target: Input, ours: tuple[Side, ...], options: Options, layout: bool = False) -> Result:
    """Compare one target with the source; every failure becomes part of the result."""
    options = options.at(target.path)
    try:
        with house_rules(options.law):
            return Result(target.path, tuple(_documents(ours, sides(target, options), options, layout)))
    except ConfigurationError as error:
        return Result(target.path, failure=str(error), code=EXIT_USAGE)
    except LeafletError as error:
        return Result(target.path, failure=str(error), code=EXIT_UNREADABLE)
    except Exception as error:  # one defect of ours must not cost the user the other files
        reason = f"internal error ({type(error).__name__}: {error}); --debug shows where"
        return Result(target.path, failure=reason, code=EXIT_UNREADABLE, trace=traceback.format_exc())


def _documents(
    ours: Sequence[Side], theirs: Sequence[Side], options: Options, layout: bool
) -> Iterator[Document]:
    for one, other in _matched(ours, theirs):
        market, language = other.leaflet.market.value, other.leaflet.language.value
        if RULES.isdisjoint(plan(market, language).comparisons):
            raise UnreadableError(
                f"the market '{market}' asks for no comparison:"
                " its profile names no compare/... under `comparisons`"
            )
        reports = (one.report, other.report)
        yield compare(one.leaflet, other.leaflet, reports, options=options, layout=layout)


def _matched(ours: Sequence[Side], theirs: Sequence[Side]) -> Iterator[tuple[Side, Side]]:
    """The leaflets of two files side by side: in their order, where both have as many of them."""
    if len(ours) == 1:
        yield from ((ours[0], other) for other in theirs)
    elif len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
    else:
        raise UnreadableError(
            f"the source holds {len(ours)} leaflets, this file {len(theirs)}: which to compare is not known"
        )


def bilingual(
    entry: Input, options: Options, source_language: str = "auto", layout: bool = False
) -> Iterator[Result]:
    """The two sides of a bilingual file, compared in each of its target languages."""
    try:
        if entry.error:
            raise UnreadableError(entry.error)
        data = load(entry.path, options.limits) if entry.data is None else entry.data
        options = options.at(entry.path)
        with house_rules(options.law):
            found = tuple(_segments(data, entry.path, options, source_language, layout))
        yield Result(entry.path, found)
    except ConfigurationError as error:
        yield Result(entry.path, failure=str(error), code=EXIT_USAGE)
    except LeafletError as error:
        yield Result(entry.path, failure=str(error), code=EXIT_UNREADABLE)


def _segments(
    data: bytes, path: str, options: Options, source_language: str, layout: bool
) -> Iterator[Document]:
    from validator.readers import bilingual

    sha256 = hashlib.sha256(data).hexdigest()
    for each in bilingual.read(data):
        ours, theirs = bilingual.sides(each.segments)
        source = _side(
            Reading(each.format, ours, each.source_language), path, sha256, options, source_language
        )
        target = _side(
            Reading(each.format, theirs, each.target_language), path, sha256, options, options.language
        )
        pairs = ((number, number) for number in range(len(ours)))
        reports = (source.report, target.report)
        yield compare(source.leaflet, target.leaflet, reports, options=options, segments=pairs, layout=layout)


def _side(reading: Reading, path: str, sha256: str, options: Options, language: str) -> Side:
    """One side of a bilingual file: a leaflet if it holds a whole one, else a text without sections."""
    code = reading.language if language == "auto" and reading.language in all_languages() else language
    try:
        found = leaflets(reading, market=options.market, language=code, template=options.template)
    except UnreadableError:
        found = ()
    whole = len(found) == 1 and len(found[0].blocks) == len(reading.blocks)
    leaflet = found[0] if whole else unsectioned(reading, market=options.market, language=code)
    # Parts of a leaflet are asked for nothing by themselves.
    alone = replace(options, select=_FAMILIES if whole else ("compare",), ignore=())
    return Side(leaflet, judge(leaflet, path=path, sha256=sha256, options=alone))


def sides(entry: Input, options: Options) -> tuple[Side, ...]:
    """The leaflets of a file, each with the report on it alone."""
    if entry.error:
        raise UnreadableError(entry.error)
    data = load(entry.path, options.limits) if entry.data is None else entry.data
    options = options.at(entry.path)
    found = open_leaflets(data, os.path.basename(entry.path), options)
    if not found:
        raise UnreadableError(NO_LEAFLET)
    sha256 = hashlib.sha256(data).hexdigest()
    alone = replace(options, select=_FAMILIES, ignore=())
    return tuple(Side(each, judge(each, path=entry.path, sha256=sha256, options=alone)) for each in found)


def _lost(target: Input) -> Result:
    return Result(target.path, failure="the process that read this file died", code=EXIT_UNREADABLE)
