"""What section 2 says that the medicine contains must stand in the list of ingredients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from validator.catalogue import ExcipientWording
from validator.checks.locate import scope
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.text import wording_key
from validator.facts.excipients import ingredients
from validator.lexicon import Lexicon

_SHORT = 3  # letters of a word that may stand between the items of a list: "mg", "and", "de"
_PASSED = 4  # such words in a row


@kind("excipient-unlisted")
def unlisted(leaflet: Leaflet, task: Task) -> Outcome:
    """What section 2 says that the medicine contains is named in the list of ingredients."""
    pack = task.lexicon.pack
    if not pack.contains and not pack.contained:
        return Outcome(verdict="review", note="no-wording")
    if not ingredients(leaflet, task.lexicon):
        return not_applicable("no-list")
    hits = [
        Hit("inconsistent", "", span, task.section, leaflet.text(span), values={"name": name})
        for key, name, span in _claims(leaflet, task)
        if not _named(leaflet, key, pack.excipients[key])
    ]
    return Outcome(tuple(hits)) if hits else met("listed-too")


def _claims(leaflet: Leaflet, task: Task) -> Iterator[tuple[str, str, Span]]:
    """What section 2 says that the medicine contains, each excipient once: its key, name and place.

    A list is read to its end: "contains sucrose, 5 mg sorbitol and aspartame (E 951)"; from a verb that
    stands behind it ("sükroz ve 5 mg sorbitol içerir") back to its beginning.
    """
    seen: set[str] = set()
    for key, name, start, end in (*_after(leaflet, task), *_before(leaflet, task)):
        if seen.isdisjoint((key, name)):  # one name may have rows for several routes
            seen.update((key, name))
            yield key, name, leaflet.wordtext.span(start, end)


def _after(leaflet: Leaflet, task: Task) -> Iterator[tuple[str, str, int, int]]:
    text = leaflet.wordtext.text
    start, stop = scope(leaflet, "before-use")
    names, denied = _beginning(task.lexicon), frozenset(task.lexicon.pack.modality.get("not", ()))
    for verb in map(wording_key, task.lexicon.pack.contains):
        for at in _places(text, verb, start, stop):
            after = at + len(verb) - 1
            if text[text.rfind(" ", start, at) + 1 : at] not in denied:
                for key, name, here in _listed(text[after:stop], names, denied):
                    yield key, name, after + here if here else at, after + here + len(wording_key(name))


def _before(leaflet: Leaflet, task: Task) -> Iterator[tuple[str, str, int, int]]:
    text = leaflet.wordtext.text
    start, stop = scope(leaflet, "before-use")
    for verb in map(wording_key, task.lexicon.pack.contained):
        for at in _places(text, verb, start, stop):
            end, passed = at, 0  # the blank that ends the words not looked at yet
            while passed <= _PASSED and end > start:
                if known := _ending(text, end, task.lexicon):
                    key, name = known
                    first = end + 1 - len(wording_key(name))
                    yield key, name, first, at + len(verb) if end == at else end
                    end, passed = first, 0
                    continue
                before = text.rfind(" ", start, end)
                if before < 0 or not _is_passed(text[before + 1 : end]):
                    break
                end, passed = before, passed + 1


def _places(text: str, words: str, start: int, stop: int) -> Iterator[int]:
    at = text.find(words, start, stop)
    while at >= 0:
        yield at
        at = text.find(words, at + 1, stop)


def _ending(text: str, end: int, lexicon: Lexicon) -> tuple[str, str] | None:
    """The excipient with the longest of the names that end at a blank: its key and that name."""
    found = [
        (len(name), key, name)
        for key, wording in lexicon.pack.excipients.items()
        for name in wording.names
        if text.startswith(named := wording_key(name), end + 1 - len(named))
    ]
    return max(found, key=lambda each: each[0])[1:] if found else None


def _is_passed(word: str) -> bool:
    """Whether a word may stand between the items of a list: short, a figure or an E number."""
    return len(word) <= _SHORT or word[0].isdigit() or (word[0] == "e" and word[1:].isdigit())


def _listed(
    text: str, names: Mapping[str, Sequence[tuple[str, str]]], denied: AbstractSet[str]
) -> Iterator[tuple[str, str, int]]:
    """The excipients that begin some word text, with key, name and offset; between them stand figures, units
    and other short words alone.
    """
    at = passed = 0
    while passed <= _PASSED and (end := text.find(" ", at + 1)) >= 0:
        word = text[at + 1 : end]
        known = [
            (key, name) for key, name in names.get(f" {word}", ()) if text.startswith(wording_key(name), at)
        ]
        if known:
            yield from ((key, name, at) for key, name in known)
            at += max(len(wording_key(name)) for _, name in known) - 1
            passed = 0
        elif word not in denied and _is_passed(word):
            at, passed = end, passed + 1
        else:
            return


@lru_cache(maxsize=8)
def _beginning(lexicon: Lexicon) -> Mapping[str, Sequence[tuple[str, str]]]:
    """By the first word, with the blank before it, the excipients and their names that begin with it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, wording in lexicon.pack.excipients.items():
        for name in wording.names:
            found.setdefault(" " + wording_key(name).split()[0], []).append((key, name))
    return found


def _named(leaflet: Leaflet, key: str, wording: ExcipientWording) -> bool:
    """Whether the list or anything else outside the warnings names it: active substances, other names,
    or what holds it.
    """
    if any(found.id == key for found in leaflet.facts.excipients):
        return True
    sections = [s for s in leaflet.sections if s.id in ("front", "what-it-is", "contents")]
    texts = [leaflet.wordtext.text[slice(*scope(leaflet, s.id))] for s in sections]
    return any(
        wording_key(name)[:-1] in text for name in (*wording.names, *wording.found_in) for text in texts
    )
