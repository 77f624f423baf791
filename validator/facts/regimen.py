"""Whether a medicine is taken only when it is needed, or at set times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.document.leaflet import Leaflet
from validator.document.quantities import Intake
from validator.document.text import wording_key
from validator.facts import quantities
from validator.facts.passage import Passage
from validator.lexicon import Lexicon

_TELLING = ("what-it-is", "how-to-use")
_ELSEWHERE = frozenset(("overdose", "missed-dose", "stopping"))  # what is done there is no taking of a dose
_UP_TO = 3  # tokens before "3 times a day" in which words for a maximum may stand: "up to"


def regimen(leaflet: Leaflet, lexicon: Lexicon) -> str:
    """The regimen of which the words on use hold a phrase, "" where a paragraph without one sets times.

    “If needed your doctor will raise the dose” stands in leaflets of medicines that are taken every day.
    """
    telling = list(_telling(leaflet))
    for key, phrases in lexicon.pack.facts.get("regimen", {}).items():
        looked_for = [wording_key(phrase) for phrase in phrases]
        others = [block for block in telling if not _holds(leaflet, block, looked_for)]
        if len(others) < len(telling) and not _set_times(leaflet, lexicon, others):
            return key
    return ""


def _set_times(leaflet: Leaflet, lexicon: Lexicon, blocks: Sequence[int]) -> bool:
    texts = [(block, leaflet.blocks[block].text) for block in blocks]
    read = quantities.passages(texts, lexicon.grammar)
    return any(_is_set(passage, intake) for passage in read for intake in passage.intakes)


def _telling(leaflet: Leaflet) -> Iterator[int]:
    for name in _TELLING:
        section = leaflet.section(name)
        subs = [sub for sub in section.subsections if sub.id in _ELSEWHERE] if section else []
        for block, _ in leaflet.body(name):
            if not any(sub.heading.block <= block < sub.stop for sub in subs):
                yield block


def _holds(leaflet: Leaflet, block: int, phrases: Sequence[str]) -> bool:
    start, end = leaflet.wordtext.bounds(block, block + 1)
    text = leaflet.wordtext.text[start:end]
    return any(phrase in text for phrase in phrases)


def _is_set(passage: Passage, intake: Intake) -> bool:
    """Whether something is to be taken so often, and not at most so often."""
    at = passage.token_at(intake.span.start)
    return not any(token.kind == "maximum" for token in passage.tokens[max(0, at - _UP_TO) : at])
