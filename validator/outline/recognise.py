"""Which language and market a text is, with the reasons; the user may always state them instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from validator import catalogue
from validator.catalogue import languages, markets, profile
from validator.document.leaflet import Guess
from validator.document.text import fold, wording_key
from validator.document.wordtext import WordText
from validator.errors import UsageError
from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law

_SAMPLE_WORDS = 3000
_LEAST_WORDS = 5


@record
class MarketRecognition:
    """The markets in the order in which they are assumed, and how many cues of another one overrule that."""

    preferred: tuple[str, ...]
    cues_needed: int


@record
class Recognition:
    """`law/recognition.yaml`; `facts` are the values that each fact of a product may have."""

    languages: Mapping[str, tuple[str, ...]]
    markets: MarketRecognition
    facts: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        folded = {code: tuple(map(fold, words)) for code, words in self.languages.items()}
        object.__setattr__(self, "languages", folded)


@of_law
def recognition() -> Recognition:
    """The recognition data, read once."""
    return load_law("recognition.yaml", Recognition)


def language(text: WordText, asked: str, declared: str = "") -> Guess:
    """The language whose frequent words occur most in a text; of a text too short, the declared one."""
    if asked != "auto":
        return Guess(asked, given=True)
    counts = frequent(text.text.split(maxsplit=_SAMPLE_WORDS)[:_SAMPLE_WORDS])
    best = most_frequent(counts)
    if not best:
        code = declared.partition("-")[0].lower()
        known = code in recognition().languages
        return Guess(code, ("declared by the file",)) if known else Guess("")
    seen = [word for word in recognition().languages[best] if counts[word]]
    seen.sort(key=lambda word: -counts[word])
    return Guess(best, (f"frequent words: {', '.join(seen[:5])}",))


def frequent(words: Iterable[str]) -> Counter[str]:
    """How often each frequent word of any language occurs."""
    return Counter(filter(_codes().__contains__, words))


def most_frequent(counts: Counter[str]) -> str:
    """The language whose frequent words make up most of these words; "" if hardly any of them occurs."""
    known = _codes()
    scores = dict.fromkeys(recognition().languages, 0)
    for word, count in counts.items():
        for code in known[word]:
            scores[code] += count
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= _LEAST_WORDS else ""


@of_law
def _codes() -> Mapping[str, Sequence[str]]:
    """The languages of which each frequent word is one; a word listed twice counts twice."""
    found: dict[str, list[str]] = {}
    for code, frequent_words in recognition().languages.items():
        for word in frequent_words:
            found.setdefault(word, []).append(code)
    return found


def market(text: WordText, code: str, asked: str) -> Guess:
    """The market whose template's own phrases occur; else the default market of the language."""
    if asked != "auto":
        profile(asked)
        return Guess(asked, given=True)
    preferred = recognition().markets.preferred
    default = next((name for name in preferred if code in languages(name)), "")
    best = default
    found: Sequence[str] = ()
    for name in markets():
        if code in languages(name):
            seen = _cues(text.text, catalogue.cues(name, code))
            if len(seen) > max(len(found), recognition().markets.cues_needed - 1 if name != default else 0):
                best, found = name, seen
    if not best:
        return Guess("")
    reasons = tuple(f"“{cue}”" for cue in found[:5])
    return Guess(best, reasons or (f"the usual market for language '{code}'",))


@lru_cache(maxsize=16)  # a file is asked about as a whole and as the one leaflet that it is
def _cues(text: str, cues: Sequence[str]) -> Sequence[str]:
    """The cues that a text has; # stands for a digit."""
    return [cue for cue in cues if (_numbers(cue).search(text) if "#" in cue else wording_key(cue) in text)]


@lru_cache
def _numbers(cue: str) -> re.Pattern[str]:
    """The cue "PL #####/####" as words of a text."""
    key = wording_key(cue.replace("#", "0")).strip()
    return re.compile(rf"(?<!\S){re.escape(key).replace('0', '[0-9]')}(?!\S)")


def require(market_code: str, language_code: str) -> None:
    """Raise a UsageError that names the choices when a market has no wording in a language."""
    known = languages(market_code)
    if language_code not in known:
        raise UsageError(
            f"market '{market_code}' has no wording in language '{language_code}': choose {', '.join(known)}"
        )
