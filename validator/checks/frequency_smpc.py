"""Frequency categories of the leaflet against those of section 4.8 of the SmPC in the same file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from validator.checks.frequency import name_of
from validator.checks.registry import Task, kind
from validator.document.facts import Reaction
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.facts.listings import listing
from validator.facts.reactions import Index, Part, halves, is_name, mentions, parts
from validator.grammar import Grammar
from validator.notes import told

_GLOSSES = 3  # brackets that explain a name before they are taken to do so
_SHARE = 3  # and so many times more than those that seem not to


@kind("frequency/smpc")
def smpc(leaflet: Leaflet, task: Task) -> Outcome:
    """An effect that both texts name in the same words stands under the same category in both."""
    known = {reaction.term: reaction for reaction in leaflet.facts.smpc}
    if not known:
        return not_applicable("no-smpc")
    blocks = dict(leaflet.body(task.section))
    found = listing(blocks, task.lexicon.grammar)
    elsewhere = mentions(blocks, found.rest, task.lexicon.grammar)
    longer = _longer(leaflet.facts.smpc)
    labels: dict[str, set[str]] = {}
    places: dict[str, Span] = {}
    told_parts = list(parts(blocks, found))
    glossed = _is_glossed(told_parts, known)
    for part, names in _named(told_parts, known, task.lexicon.grammar, glossed):
        for name in {part.name, *part.inner, *halves(part.name, task.lexicon.grammar)}:
            labels.setdefault(name, set()).add(part.label)
        for name in names:
            places.setdefault(name, part.span)
    judged = [
        term
        for term in places
        if known[term].sure and len(known[term].labels) == len(labels[term]) == 1
        if elsewhere.labels(term) <= labels[term]
    ]
    hits = tuple(
        _hit(leaflet, task, known[term], label, places[term])
        for term in judged
        for label in labels[term]
        if label not in known[term].labels and label not in longer.labels(term)
    )
    if hits:
        return Outcome(hits)
    return met("as-in-smpc", count=str(len(judged))) if judged else not_applicable("no-common-effects")


def _is_glossed(found: Iterable[Part], known: Mapping[str, Reaction]) -> bool:
    """Whether brackets behind names explain them ("nausea (feeling sick)"), as most of them show.

    A bracket may as well say of which headache a text speaks: then its category is another one.
    """
    agree = [part.label in known[part.name].labels for part in found if part.inner and part.name in known]
    return sum(agree) >= max(_GLOSSES, _SHARE * (len(agree) - sum(agree)))


def _named(
    found: Iterable[Part], known: Mapping[str, Reaction], grammar: Grammar, glossed: bool
) -> Iterator[tuple[Part, Sequence[str]]]:
    """The parts of the leaflet's lists with the reactions that each names beyond doubt.

    Of an enumeration the first part must be a reaction itself: else what follows may be its signs.
    """
    trusted = False
    for part in found:
        whole = () if part.inner and not glossed else (part.name, *halves(part.name, grammar))
        names = [name for name in (*whole, *part.inner) if name in known and is_name(name)]
        trusted = part.plain and (trusted or (part.first and bool(names)))
        yield part, names if trusted else ()


def _longer(reactions: Iterable[Reaction]) -> Index:
    """The categories of all names in the SmPC by their words: the leaflet may mean a longer one.

    Where the SmPC has "abdominal pain" and, more often, "upper abdominal pain", the leaflet may tell of both.
    """
    index = Index()
    for reaction in reactions:
        index.add(reaction.term, reaction.labels)
    return index


def _hit(leaflet: Leaflet, task: Task, reaction: Reaction, label: str, span: Span) -> Hit:
    (theirs,) = reaction.labels
    values = {
        "label": name_of(label),
        "smpc": name_of(theirs),
        "words": reaction.text,
        "place": told(reaction.location),
    }
    return Hit(
        "inconsistent", "", span, task.section, leaflet.text(span), name_of(theirs), values, review=True
    )
