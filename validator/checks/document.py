"""The document as a whole: complete to its end, in the language it says, readable."""

from __future__ import annotations

from validator.checks.locate import find_any
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import WORD
from validator.lexicon import Lexicon

_CLOSING = ".!?)]”\"'’»:"
_HEADING_WORDS = 10
_CLOSING_STATEMENTS = ("marketing-authorisation-holder", "last-revised")  # what templates end with


@kind("document/truncated")
def truncated(leaflet: Leaflet, task: Task) -> Outcome:
    """The text does not stop in the middle while sections of the template are still to come."""
    last = leaflet.sections[-1]
    plans = [plan.id for plan in task.lexicon.profile.sections]
    later = plans[plans.index(last.id) + 1 :] if last.id in plans else []
    to_come = [plan for plan in later if leaflet.section(plan) is None]
    index = _last_text(leaflet)
    text = leaflet.blocks[index].text
    if not (to_come and ends_open(leaflet)) and not cut_short(leaflet, task.lexicon):
        return met("complete")
    start = index
    while start > last.first + 1 and _like_heading(leaflet, start - 1):
        start -= 1
    signs = ["no closing punctuation"]
    if _like_heading(leaflet, index):
        signs.insert(0, "a heading without content")
    signs.append(f"the {'remaining sections are' if to_come else 'rest of the last section is'} absent")
    span = Span(start, 0, len(text), index if index > start else -1)
    values = {"signs": ", ".join(signs)}
    return Outcome((Hit("empty", span=span, section=last.id, evidence=leaflet.text(span), values=values),))


def ends_open(leaflet: Leaflet) -> bool:
    """Whether the last text has no sign at its end that closes a sentence."""
    return not leaflet.blocks[_last_text(leaflet)].text.rstrip().endswith(tuple(_CLOSING))


def cut_short(leaflet: Leaflet, lexicon: Lexicon) -> bool:
    """Whether the text stops in the middle of the template's last section, before all that closes it."""
    plans = [plan.id for plan in lexicon.profile.sections]
    if leaflet.sections[-1].id != plans[-1] or not ends_open(leaflet):
        return False
    whole = leaflet.wordtext.bounds(0, len(leaflet.blocks))
    closing = [form for key in _CLOSING_STATEMENTS for form in lexicon.forms(key)]
    return bool(closing) and find_any(leaflet, lexicon, closing, whole) is None


def _last_text(leaflet: Leaflet) -> int:
    texts = [i for i, block in enumerate(leaflet.blocks) if block.text and block.kind != "furniture"]
    return texts[-1]


def _like_heading(leaflet: Leaflet, index: int) -> bool:
    block = leaflet.blocks[index]
    few = len(WORD.findall(leaflet.folded[index])) <= _HEADING_WORDS
    return few and block.kind != "item" and not block.text.rstrip().endswith(tuple(_CLOSING + ";,"))


@kind("document/language")
def language(leaflet: Leaflet, task: Task) -> Outcome:
    """The language that the file declares is the one of its text."""
    declared = leaflet.declared_language.split("-")[0].lower()
    if not declared:
        return met("language", value=leaflet.language.value)
    if declared != leaflet.language.value:
        values = {"declared": leaflet.declared_language, "found": leaflet.language.value}
        return Outcome((Hit("inconsistent", values=values, section="front"),))
    return met("language", value=leaflet.language.value)


@kind("document/unreadable")
def unreadable(leaflet: Leaflet, task: Task) -> Outcome:
    """Nothing of the text was lost on the way in."""
    lost = [note for note in leaflet.notes if note.startswith("lost")]
    if not lost:
        return met("readable")
    return Outcome(tuple(Hit("unreadable", section="front", evidence=note, review=True) for note in lost))


@kind("document/title")
def title(leaflet: Leaflet, task: Task) -> Outcome:
    """A line of the front is the title of the template."""
    front = leaflet.sections[0]
    for index in range(front.first, front.stop):
        line = f" {' '.join(WORD.findall(leaflet.folded[index]))} "
        match = task.lexicon.titles.whole(line)
        if match is not None and match.id == "title":
            return met("found", Span(index, 0, len(leaflet.blocks[index].text)))
    return Outcome((Hit("missing", section="front", expected=task.lexicon.pack.title.text),))
