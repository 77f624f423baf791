"""Requirements that the older version fulfils and the newer one does not: sections, statements, warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from validator.diff.edit import Edit, Kind
from validator.document.leaflet import Leaflet, Section
from validator.document.location import Span
from validator.document.outcome import Problem
from validator.plan import STRUCTURE, Entry, Plan
from validator.report import Document

_KINDS: Mapping[str, Kind] = {
    "statement": "statement-removed",
    "warning": "warning-removed",
    "excipient": "warning-removed",
    "black-triangle": "warning-removed",
}
# The families of rules by which both versions are judged.
FAMILIES = tuple(_KINDS)
_TRIANGLE = "black-triangle"
_DATE = "statement/last-revised"


@dataclass(frozen=True, slots=True)
class Loss:
    """A requirement that is no longer fulfilled, and the blocks of the older version that fulfilled it.

    `certain` says that no words need to have gone with it (a sign, a section).
    """

    edit: Edit
    blocks: range
    certain: bool = False

    def repeats(self, other: Loss) -> bool:
        """Whether another loss tells of the same words, or of the same notice."""
        if self.edit.kind == other.edit.kind and self.certain and other.certain:
            return True
        one, two = self.edit.old, other.edit.old
        if one is None or two is None or one.block != two.block:
            return False
        return one.last > 0 or two.last > 0 or (one.start < two.end and two.start < one.end)


def sections(old: Leaflet, new: Leaflet) -> Iterator[Loss]:
    """Main sections that are gone, or have lost all their text."""
    for section in old.sections:
        if section.heading is None or section.empty:
            continue
        now = new.section(section.id)
        if now is None or now.heading is None:
            yield _section(old, section, None)
        elif now.empty:
            yield _section(old, section, now.heading.span)


def _section(old: Leaflet, section: Section, now: Span | None) -> Loss:
    heading = section.heading.span if section.heading else None
    words = old.text(heading) if heading else ""
    problem: Problem = "empty" if now else "missing"
    edit = Edit("section-removed", problem, problem, heading, now, section.id, before=words)
    return Loss(edit, range(section.first, section.stop), certain=True)


def losses(old: Leaflet, law: Plan, before: Document, after: Document) -> Iterator[Loss]:
    """Statements and warnings that are met in the older version alone.

    A wording that a person must compare is no loss: the sentence itself tells what changed. But what is not
    there at all is one, though no official text proves the wording: the older version proves it.
    """
    now = {judgement.rule: judgement.verdict for judgement in after.requirements}
    missing = {finding.rule for finding in after.findings if finding.problem == "missing"}
    was = {judgement.rule for judgement in before.requirements if judgement.verdict == "met"}
    for entry in law.entries:
        rule = entry.requirement.id
        family = rule.split("/")[0]
        lost = ("gap", "not-applicable") if family == _TRIANGLE else ("gap",)
        if entry.requirement.kind == STRUCTURE or family not in _KINDS or rule not in was:
            continue
        gone = now.get(rule) in lost or (now.get(rule) == "review" and rule in missing)
        if not gone or entry.check is None:
            continue
        yield _loss(old, entry, _KINDS[family])


def _loss(old: Leaflet, entry: Entry, kind: Kind) -> Loss:
    at = entry.check(old, entry.task).at if entry.check else None
    title = entry.requirement.title
    edit = Edit(
        kind,
        "missing",
        "missing",
        at,
        None,
        entry.section,
        before=old.text(at) if at else title,
        values=(("statement", f"{entry.requirement.id}, {title[0].lower()}{title[1:]}"),),
    )
    # A sign has no words, and edits of the date of revision are not told: it is new in every version.
    certain = entry.requirement.id.startswith(_TRIANGLE) or entry.requirement.id == _DATE
    return Loss(edit, _blocks(old, at), certain)


def _blocks(old: Leaflet, at: Span | None) -> range:
    """The blocks of a place; of a sub-heading, all that stand under it."""
    if at is None:
        return range(0)
    for section in old.sections:
        for sub in section.subsections:
            if sub.heading.span == at:
                return range(sub.heading.block, sub.stop)
    return range(at.block, at.last_block + 1)
