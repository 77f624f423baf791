"""The contents list and the sub-headings; the main sections are checked by JSON Schema (`structure`)."""

from __future__ import annotations

from collections.abc import Iterator

from validator.checks.locate import find_any, scope
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet, Section, SubSection
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import without_accents, words

_ALIKE = 80
_FRAME = 3  # other sub-headings of the template that show that a section has its own
_FIRST = "do-not-use"  # without it a section's sub-headings may have been lost with the file's layout
_WHOLE = "any"


@kind("contents-list")
def contents_list(leaflet: Leaflet, task: Task) -> Outcome:
    """The list at the top names the sections of the body, in their order."""
    contents = leaflet.contents_list
    if contents is None:
        return Outcome((Hit("missing", section="front", expected=_list(task)),))
    hits = list(_lacking(leaflet, task)) + list(_renamed(leaflet))
    order = [section for section, _ in contents.entries]
    body = [section.id for section in leaflet.sections if section.id in order]
    if [s for s in order if s in body] != body:
        hits.append(Hit("out-of-order", span=_block(leaflet, contents.first), section="front"))
    at = contents.first if contents.title is None else contents.title
    return Outcome(tuple(hits), note="found", at=_block(leaflet, at))


def _list(task: Task) -> str:
    lexicon = task.lexicon
    headings = [lexicon.heading_text(plan.id) for plan in lexicon.profile.sections]
    title = lexicon.pack.contents_title
    return "\n".join([*([title.text] if title else []), *headings])


def _block(leaflet: Leaflet, index: int) -> Span:
    return Span(index, 0, len(leaflet.blocks[index].text))


def _lacking(leaflet: Leaflet, task: Task) -> Iterator[Hit]:
    contents = leaflet.contents_list
    listed = {section for section, _ in contents.entries} if contents else set()
    for section in leaflet.sections:
        if contents and section.heading and section.id not in listed:
            heading = task.lexicon.heading_text(section.id)
            yield Hit(
                "missing",
                "entry-missing",
                _block(leaflet, contents.first),
                "front",
                expected=heading,
                values={"heading": heading},
            )


def _renamed(leaflet: Leaflet) -> Iterator[Hit]:
    from rapidfuzz import fuzz

    for key, index in leaflet.contents_list.entries if leaflet.contents_list else ():
        section = leaflet.section(key)
        if section is None or section.heading is None:
            continue
        entry = leaflet.blocks[index].text
        # Capitals are often written without accents.
        pair = (" ".join(words(without_accents(text))) for text in (entry, section.heading.text))
        if fuzz.token_set_ratio(*pair) < _ALIKE:
            yield Hit("altered", "altered", _block(leaflet, index), "front", entry, section.heading.text)


@kind("subsection")
def subsections(leaflet: Leaflet, task: Task) -> Outcome:
    """No sub-heading of the template is left without text or stands twice in its section.

    For review: one that every leaflet has (`always`) is missing among others that stand there.
    """
    hits: list[Hit] = []
    known = 0
    for section in leaflet.sections:
        known += sum(bool(sub.id) for sub in section.subsections)
        hits.extend(_empty(section))
        hits.extend(_twice(leaflet, section))
        hits.extend(_gone(leaflet, task, section))
    return Outcome(tuple(hits)) if hits else met("subheadings", count=str(known))


def _gone(leaflet: Leaflet, task: Task, section: Section) -> Iterator[Hit]:
    """Sub-headings that every leaflet has, where neither they nor their words stand in the section."""
    stands = {sub.id for sub in section.subsections if sub.id}
    for key in task.params.get("always", ()) if _FIRST in stands else ():
        heading = task.lexicon.pack.subheadings.get(key)
        if heading is None or heading.section != section.id or key in stands or len(stands) < _FRAME:
            continue
        # It may begin a paragraph, or stand in another section.
        if find_any(leaflet, task.lexicon, (heading.text, *heading.accepted), scope(leaflet, _WHOLE)):
            continue
        span = section.heading.span if section.heading else None
        yield Hit(
            "missing",
            span=span,
            section=section.id,
            evidence=leaflet.text(span) if span else "",
            expected=heading.text,
            review=True,
        )


def _empty(section: Section) -> Iterator[Hit]:
    """Empty sub-headings; one that comes again with text is told as a duplicate instead."""
    with_text = {_key(sub) for sub in section.subsections if not sub.empty}
    for sub in section.subsections:
        if sub.empty and _key(sub) not in with_text:
            yield Hit("empty", span=sub.heading.span, section=section.id, evidence=sub.heading.text)


def _key(sub: SubSection) -> tuple[str, ...]:
    return (sub.id, *words(sub.heading.text))


def _twice(leaflet: Leaflet, section: Section) -> Iterator[Hit]:
    seen: dict[tuple[str, ...], SubSection] = {}
    for sub in section.subsections:
        first = seen.setdefault(_key(sub), sub)
        if first is sub or not sub.id:
            continue
        line = leaflet.place(first.heading.span).line
        other = f"in line {line}" if line else "before"
        other += ", there without text" if first.empty else ""
        yield Hit(
            "duplicate",
            span=sub.heading.span,
            section=section.id,
            evidence=sub.heading.text,
            values={"other": other},
            advice=not first.empty,
        )
