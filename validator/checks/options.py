"""Sentences that a template lets out: where they stand, they must not say something else."""

from __future__ import annotations

from validator.checks.locate import scope
from validator.checks.registry import Task
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit
from validator.grammar import grammar
from validator.nearest import Change, nearest

_NEAR = 84  # likeness from which a sentence is the template's with differing words
_LEAST_WORDS = 5


def turned_option(leaflet: Leaflet, task: Task, text: str, section: str) -> Hit | None:
    """A hit where an optional sentence stands with another figure, or a "first" that it does not have."""
    bounds = scope(leaflet, section)
    for phrase in task.lexicon.phrases(text):
        if not phrase.optional:
            continue
        whole = task.lexicon.phrases(phrase.source.strip("<>"))[0]
        if whole.plain.count(" ") < _LEAST_WORDS - 1 or whole.find(leaflet.wordtext.text, *bounds):
            continue
        near = nearest(whole, leaflet.wordtext.text, *bounds, cutoff=_NEAR)
        changed = [change for change in near.changes if _contrary(task, change)] if near else []
        if near and changed:
            span = leaflet.wordtext.span(near.start, near.end)
            told = ", ".join(f"“{each.given}” instead of “{each.wanted}”" for each in changed)
            values = {"difference": told, "absent": ""}
            return Hit("altered", "", span, task.section, leaflet.text(span), whole.source, values)
    return None


def _contrary(task: Task, change: Change) -> bool:
    """Whether a change exchanges figures, or puts "first" where the template has another word."""
    if not change.wanted or not change.given:
        return False
    figures = {word for word in change.given.split() if word.isdigit()}
    if figures and figures != {word for word in change.wanted.split() if word.isdigit()}:
        return True
    first = grammar(task.lexicon.pack.language).cues.get("first")
    return bool(first and first.search(change.given) and not first.search(change.wanted))
