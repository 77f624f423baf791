"""Where a missing statement belongs in a leaflet, to the paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.document.leaflet import Leaflet, Section, SubSection
from validator.document.location import Span
from validator.engine import Trial
from validator.findings import Settled
from validator.mending.edits import Insertion, Line


def inserted(trial: Trial, settled: Settled, text: str) -> Insertion | None:
    """The text as new paragraphs at its place; None where the leaflet shows no place for it."""
    heading = _subheading(settled)
    lines = text.split("\n")
    order = [entry.requirement.id for entry in trial.law.entries].index(settled.finding.rule)
    home = settled.entry.section
    plain = [Line(line) for line in lines if line]
    if home == "any":
        return None
    if home == "end":
        return _behind(_last(trial.leaflet), plain, order)
    if home == "front":
        return _in_front(trial, settled, plain, order)
    section = trial.leaflet.section(home)
    if section is None or section.heading is None:
        return None
    if heading and settled.entry.requirement.kind == "topic":
        return _under_heading(trial.leaflet, section, _order(trial, home), heading, lines, order)
    if context := settled.entry.task.params.get("context"):
        sub = next((sub for sub in section.subsections if sub.id == context and not sub.empty), None)
        return _behind(_last(trial.leaflet, sub.stop), plain, order) if sub else None
    return _in_section(trial, settled, section, plain, order)


def _subheading(settled: Settled) -> str:
    """The sub-heading that a topic brings with it, "" if it has none."""
    task = settled.entry.task
    key: str = task.params.get("subheading", task.params.get("statement", ""))
    return key if key in task.lexicon.pack.subheadings else ""


def _order(trial: Trial, section: str) -> list[str]:
    """The template's sub-headings of a section, in order."""
    known = trial.law.lexicon.pack.subheadings
    return [key for key, entry in known.items() if entry.section == section]


def _behind(block: int, lines: Sequence[Line], order: int) -> Insertion:
    return Insertion(block, False, tuple(lines), order)


def _ahead(block: int, lines: Sequence[Line], order: int) -> Insertion:
    return Insertion(block, True, tuple(lines), order)


def _last(leaflet: Leaflet, stop: int | None = None) -> int:
    """The last block with text before another one."""
    blocks = leaflet.blocks[:stop]
    return max(n for n, block in enumerate(blocks) if block.text and block.kind != "furniture")


def _siblings(trial: Trial, settled: Settled, first: int, stop: int) -> tuple[list[Span], list[Span]]:
    """The statements of the same place in the section that stand there: those before it, those after it."""
    own = settled.entry.requirement
    family = own.id.split("/")[0]
    before: list[Span] = []
    after: list[Span] = []
    found = before
    for entry in trial.law.entries:
        other = entry.requirement
        if other.id == own.id:
            found = after
        elif other.id.startswith(f"{family}/") and other.kind == "statement" and other.at == own.at:
            at = trial.stands.get(other.id)
            if at is not None and entry.section == settled.entry.section and first <= at.block < stop:
                found.append(at)
    return before, after


def _in_front(trial: Trial, settled: Settled, lines: Sequence[Line], order: int) -> Insertion | None:
    """Among the opening statements; before the list of contents, or the first section, where none stands."""
    leaflet = trial.leaflet
    stop = next((s.heading.block for s in leaflet.sections if s.heading), len(leaflet.blocks))
    contents = leaflet.contents_list
    if contents:
        stop = min(stop, contents.first)
    before, after = _siblings(trial, settled, 0, stop)
    if before:
        like = before[-1] if len(before) > 1 or not after else after[0]
        return _behind(before[-1].last_block, _set(lines, like.block), order)
    if after:
        return _ahead(after[0].block, lines, order)
    return _ahead(stop, lines, order) if stop < len(leaflet.blocks) else None


def _in_section(
    trial: Trial, settled: Settled, section: Section, lines: Sequence[Line], order: int
) -> Insertion:
    """After the statements that come before it; else at the start or the end of the section."""
    assert section.heading
    before, after = _siblings(trial, settled, section.first, section.stop)
    if settled.entry.requirement.at == "end":
        if after:
            return _ahead(after[0].block, _set(lines, after[0].block), order)
        return _behind(_last(trial.leaflet, section.stop), lines, order)
    if before:
        return _behind(before[-1].last_block, _set(lines, before[-1].block), order)
    if after:
        return _ahead(after[0].block, _set(lines, after[0].block), order)
    return _behind(section.heading.block, lines, order)


def _set(lines: Sequence[Line], like: int) -> list[Line]:
    return [Line(line.text, like) for line in lines]


def _under_heading(
    leaflet: Leaflet, section: Section, known: Sequence[str], key: str, lines: Sequence[str], order: int
) -> Insertion:
    """With its sub-heading, in the template's order of sub-headings."""
    found = [sub for sub in section.subsections if sub.id in known]
    ranks = [known.index(sub.id) for sub in found]
    # Where the leaflet keeps another order, the end of the section is as good a place as any.
    fits = (
        at for at in range(len(found)) if max(ranks[:at], default=-1) < known.index(key) < min(ranks[at:])
    )
    place = next(fits, len(found))
    beside = sorted(range(len(found)), key=lambda at: abs(2 * (at - place) + 1))  # the nearest first
    alike = next((sub.heading.block for sub in _alone(leaflet, [found[at] for at in beside])), None)
    made = [Line(text, alike if number == 0 else None) for number, text in enumerate(lines) if text]
    if place < len(found):
        return _ahead(found[place].heading.block, made, order)
    return _behind(_last(leaflet, section.stop), made, order)


def _alone(leaflet: Leaflet, found: Sequence[SubSection]) -> Iterator[SubSection]:
    """The sub-headings that are a paragraph of their own."""
    for sub in found:
        block = leaflet.blocks[sub.heading.block]
        if sub.heading.end >= len(block.text.rstrip(" :.")) and block.kind != "item":
            yield sub
