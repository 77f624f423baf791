"""Topics that must be told, in whatever words: by their sub-heading, or by their typical words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from validator.catalogue import Wording
from validator.checks.document import cut_short
from validator.checks.locate import find_any, locate, scope, subsection
from validator.checks.registry import Task, kind
from validator.checks.storing import degrees, limited
from validator.checks.wording import WHOLE, deviation, judge_wording, misplaced
from validator.document.leaflet import Leaflet, SubSection
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import begins_after

_TELLING = 3  # words from which a wording names its topic outside its section, too
_DATE_REACH = 30  # characters of the next paragraph in which a date may stand
_SLOT_LEFT = re.compile(r"[{<]|([^\W\d_])\1{3}")  # told by residue/placeholder


@kind("topic")
def topic(leaflet: Leaflet, task: Task) -> Outcome:
    """A topic that must be told, in its own words: its sub-heading with text, or its typical words.

    `parts` are topics that the market's template tells under sub-headings of their own.
    """
    key = task.params["statement"]
    found = _topic(leaflet, task, key, task.params.get("subheading", key), task.params.get("topic", key))
    more = [
        _topic(leaflet, task, part, part, name)
        for part, name in task.params.get("parts", {}).items()
        if part in task.lexicon.pack.statements
    ]
    lacking = [outcome for outcome in (found, *more) if outcome.hits or outcome.verdict != "met"]
    if not lacking:
        return found
    return replace(lacking[0], hits=_together([hit for outcome in lacking for hit in outcome.hits]))


def _together(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Topics of which nothing at all is said make one gap."""
    silent = [hit for hit in hits if hit.span is None]
    if len(silent) < 2:
        return tuple(hits)
    topics = " and ".join(hit.values["topic"] for hit in silent)
    expected = "\n\n".join(hit.expected for hit in silent)
    one = replace(silent[0], expected=expected, values={"topic": topics})
    return (one, *(hit for hit in hits if hit.span is not None))


def _topic(leaflet: Leaflet, task: Task, key: str, heading: str, name: str) -> Outcome:
    wording = task.lexicon.pack.statements.get(key)
    sub = subsection(leaflet, heading)
    if sub is not None:
        if sub.empty:
            return Outcome(verdict="gap", note="empty-subheading", at=sub.heading.span)
        return _weakened(leaflet, task, sub, wording) or met("subheading", sub.heading.span)
    if wording is None:
        return Outcome(verdict="review", note="no-wording")
    if task.params.get("degrees") and (hit := limited(leaflet, task, wording)):
        return Outcome((hit,))
    if span := _told(leaflet, task, wording):
        if task.params.get("figure") and not _has_figure(leaflet, span):
            # What fills the slot may be the word after it, of the next paragraph.
            line = Span(span.block, span.start, len(leaflet.blocks[span.block].text))
            evidence = leaflet.text(line)
            hit = Hit("empty", "no-figure", line, task.section, evidence, wording.text, advice=True)
            return Outcome((hit,), note="told", at=line)
        return met("told", span)
    context = subsection(leaflet, task.params.get("context", ""))
    if context is not None and not context.empty:
        return Outcome(verdict="review", note="context", at=context.heading.span)
    if stray := _elsewhere(leaflet, task, heading, (wording.text, *wording.accepted)):
        return misplaced(leaflet, task, stray, topic=name)
    review = task.params.get("if_missing") == "review"
    hit = Hit(
        "missing",
        section=task.section,
        expected=_to_paste(task, wording.text, key),
        values={"topic": name},
        review=review,
        cause="document/truncated" if _lost_at_end(leaflet, task) else "",
    )
    return Outcome((_mentioned(leaflet, task, wording, hit),))


def _elsewhere(leaflet: Leaflet, task: Task, heading: str, said: Sequence[str]) -> Span | None:
    """Where a topic stands outside its section: in the template's words, or under its sub-heading's.

    `touched_in` are sections that use such words for something else.
    """
    home = leaflet.section(task.section)
    if home is None:
        return None
    touched = (task.section, *task.params.get("touched_in", ()))
    others = [section for section in leaflet.sections if section.id not in touched]
    telling = [notation for notation in said if _telling(task, notation)]
    for section in others:
        if span := find_any(leaflet, task.lexicon, telling, scope(leaflet, section.id)):
            return span
    known = task.lexicon.subheadings(task.section)
    for section in others if known else ():
        for index in range(section.first, section.stop):
            line = f" {' '.join(leaflet.wordtext.words(index))} "
            match = known.match(line) if known else None
            text = leaflet.blocks[index].text
            alone = match is not None and match.words == line.count(" ") - 1
            if match and match.id == heading and (alone or begins_after(text, match.words)):
                return Span(index, 0, len(text))
    return None


def _lost_at_end(leaflet: Leaflet, task: Task) -> bool:
    """Whether the text breaks off in the section where the topic belongs."""
    return leaflet.sections[-1].id == task.section and cut_short(leaflet, task.lexicon)


def _telling(task: Task, notation: str) -> bool:
    """Whether a wording names its topic outside its section, too: it is no phrase of a word or two."""
    return all(phrase.plain.count(" ") + 1 >= _TELLING for phrase in task.lexicon.phrases(notation))


def _has_figure(leaflet: Leaflet, span: Span) -> bool:
    """Whether figures, or a template's slot for them, follow some words: in their block or right after it."""
    own = leaflet.blocks[span.block].text[span.start :]
    later = (block.text for block in leaflet.blocks[span.block + 1 :] if block.text)
    near = own + " " + next(later, "")[:_DATE_REACH]
    return any(char.isdigit() for char in near) or bool(_SLOT_LEFT.search(own))


def _mentioned(leaflet: Leaflet, task: Task, wording: Wording, hit: Hit) -> Hit:
    """The same gap, pointing to the words that only touch the topic; in its own section for review."""
    touching = (*wording.mentions, *(wording.signals if "not_in" in task.params else ()))
    for section in (task.section, WHOLE):
        if span := find_any(leaflet, task.lexicon, touching, scope(leaflet, section)):
            near = section != WHOLE or hit.review
            return replace(hit, case="mentioned", span=span, evidence=leaflet.text(span), review=near)
    return hit


def _told(leaflet: Leaflet, task: Task, wording: Wording) -> Span | None:
    """Where a topic is told: in the template's words anywhere in its sections, by its typical words
    outside the sub-sections that only touch it (`not_in`).
    """
    said = (wording.text, *wording.accepted)
    for section in (task.section, *task.params.get("also", ())):
        if leaflet.section(section) or section == WHOLE:
            if task.params.get("degrees") and (span := degrees(leaflet, section)):
                return span
            if span := find_any(leaflet, task.lexicon, said, scope(leaflet, section)):
                return span
            for bounds in _outside(leaflet, task, section, task.params.get("not_in", ())):
                span = find_any(leaflet, task.lexicon, wording.signals, bounds)
                if span and not (task.params.get("passing") and _lone(leaflet, task, wording, span, bounds)):
                    return span
    return None


def _lone(leaflet: Leaflet, task: Task, wording: Wording, span: Span, bounds: tuple[int, int]) -> bool:
    """Whether one word alone, once, touches a topic: "a test that shows whether a pregnancy goes well"."""
    rest = (leaflet.wordtext.bounds(span.block, span.block + 1)[1], bounds[1])
    own = leaflet.wordtext.bounds(span.block, span.block + 1)
    here = {
        found.start
        for signal in wording.signals
        if (found := find_any(leaflet, task.lexicon, (signal,), own)) is not None
    }
    return len(here) == 1 and find_any(leaflet, task.lexicon, wording.signals, rest) is None


def _outside(leaflet: Leaflet, task: Task, section: str, not_in: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The slices of a section's word text outside some of its sub-sections.

    Only a sub-section that ends where the template's next one begins is left out: another may hold
    text under headings that were not recognised.
    """
    start, end = scope(leaflet, section)
    stands = leaflet.section(section)
    order = list(task.lexicon.pack.subheadings)
    for sub, following in pairwise(stands.subsections if stands else ()):
        if sub.id in not_in and following.id == order[order.index(sub.id) + 1]:
            first, stop = leaflet.wordtext.bounds(sub.heading.block, sub.stop)
            yield start, first
            start = stop
    yield start, end


def _weakened(leaflet: Leaflet, task: Task, sub: SubSection, wording: Wording | None) -> Outcome | None:
    """The template's sentence of a sub-section, turned from a must into a may; or gone, with `sentence`."""
    if wording is None:
        return None
    alone = sub.heading.end >= len(leaflet.blocks[sub.heading.block].text.rstrip(" :."))
    bounds = leaflet.wordtext.bounds(sub.heading.block + alone, sub.stop)
    found = locate(leaflet, task.lexicon, wording.text, accepted=wording.accepted, bounds=bounds)
    if found.tier == "absent" and task.params.get("sentence"):
        heading = leaflet.text(sub.heading.span)
        return Outcome(
            (Hit("missing", "sentence", sub.heading.span, task.section, heading, wording.text, review=True),)
        )
    if found.tier != "near" or deviation(leaflet, task, found) not in ("weakened", "turned"):
        return None
    return judge_wording(leaflet, task, found, wording)


def _to_paste(task: Task, text: str, key: str) -> str:
    main = key == task.params["statement"]
    heading = task.lexicon.pack.subheadings.get(task.params.get("subheading", "") if main else key)
    return f"{heading.text}\n{text}" if heading else text
