"""The words by which a sentence is known to be in one language and not in another.

They are those of our own wordings, `law/words/<language>.txt`: `tools/generate.py` writes these files. Words
that one language has and the other has not decide, so that Danish is told from Norwegian.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from validator.resources import law_folder, of_law

_NEEDED = 3  # different words that the leaflet's language has not and the other one has
_SURE = 4
_CHANCE = 3  # so many of them for each word that only the leaflet's language has
_NO_LIST = ("", "", "")
LEAST_MARKS = 2  # of a sentence in another language


@dataclass(frozen=True, slots=True)
class Strange:
    """A sentence in another language; `sure` unless few of its words tell."""

    language: str
    sure: bool


@of_law
def known_words(language: str) -> frozenset[str]:
    """All words of our wordings in a language; none where it has no list."""
    return frozenset(_list(language)[2].split())


@of_law
def marks(own: str) -> Mapping[str, Sequence[str]]:
    """Words that a language has not, with the languages they are of.

    They are all words of near languages and those that the others use most.
    """
    known = known_words(own)
    found: dict[str, list[str]] = {}
    for code, words in _others(own) if known else ():
        for word in words - known:
            found.setdefault(word, []).append(code)
    return found


def _others(own: str) -> Iterator[tuple[str, frozenset[str]]]:
    near = _list(own)[1].split()
    for line in _text("frequent").splitlines():
        code, colon, frequent = line.partition(": ")
        if colon and not code.startswith("#") and code != own:
            yield code, known_words(code) if code in near else frozenset(frequent.split())


def strange(words: Sequence[str], own: str) -> Strange | None:
    """The other language of a sentence, or None if it may be the leaflet's own."""
    known, mine = marks(own), known_words(own)
    codes = [code for word in words if word in known for code in known[word]]
    best: tuple[int, int, str] = (0, 0, "")
    for code in sorted({code for code in codes if codes.count(code) >= LEAST_MARKS}):
        theirs = known_words(code)
        foreign = [word for word in words if word in theirs and word not in mine]
        ours = sum(word in mine and word not in theirs for word in words)
        understood = sum(word in theirs for word in words)
        kinds = len(set(foreign))
        if kinds >= _NEEDED and ours * _CHANCE <= len(foreign) and 2 * understood >= len(words):
            best = max(best, (len(foreign) - ours, kinds, code))
    _, kinds, language = best
    return Strange(language, kinds >= _SURE) if language else None


def _list(language: str) -> Sequence[str]:
    """The notice, the near languages and the words of a language."""
    parts = _text(language).split("\n\n")
    return parts if len(parts) == len(_NO_LIST) else _NO_LIST


def _text(name: str) -> str:
    path = law_folder() / "words" / f"{name}.txt"
    return path.read_text("utf-8") if path.is_file() else ""
