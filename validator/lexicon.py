"""A language pack made ready for matching: phrases compiled on first use, headings looked up by words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from validator.catalogue import Concept, HeadingWording, LanguagePack, Wording, language_pack, profile
from validator.document.text import words
from validator.grammar import Grammar, grammar
from validator.records import Profile
from validator.resources import of_law
from validator.statements import SLOT_WORDS, Phrase, phrases

_FUZZY = 88  # token-set likeness from which a short line is a misspelt heading; below, real text follows
_GLUED = 8  # letters from which a heading is known by them alone, without the blanks


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """Which template heading some words are: its id, whether by the template's own words, and the name slot.

    `words` is how many words the heading takes up; `quality` is "template", "accepted" or "fuzzy";
    `bounded` says that words of the template end it, so that its end is certain.
    """

    id: str
    quality: str
    words: int
    bounded: bool = False


@lru_cache(maxsize=1024)  # a line is asked about by headings of every kind
def _vocabulary(line: str) -> frozenset[str]:
    return frozenset(line.split())


class Headings:
    """Template headings of one kind (main sections or sub-headings), found in the words of a line."""

    def __init__(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """`entries` are (id, quality, bracket notation); the template's own words come first."""
        self._entries = [(key, quality, Phrase(text)) for key, quality, text in entries]

        self._last: tuple[str, tuple[int, ...]] = ("", ())
        self._patterns: dict[tuple[tuple[int, ...], str], re.Pattern[str]] = {}

    @cached_property
    def _free(self) -> tuple[int, ...]:
        """The numbers of the headings that any word may begin."""
        return tuple(number for number, (_, _, phrase) in enumerate(self._entries) if not phrase.openings)

    @cached_property
    def _opened(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the headings that a word may begin."""
        found: dict[str, tuple[int, ...]] = {}
        for number, (_, _, phrase) in enumerate(self._entries):
            for word in phrase.openings:
                found[word] = (*found.get(word, ()), number)
        return found

    @cached_property
    def _needed(self) -> Sequence[tuple[int, frozenset[str]]]:
        """The headings that any word may begin, each with the words that all of them must be there."""
        return [(number, self._entries[number][2].needed) for number in self._free]

    @cached_property
    def _keywords(self) -> frozenset[str]:
        """Words of which a heading that any word may begin holds one; empty if some holds none for sure."""
        each = [self._entries[number][2].keywords for number in self._free]
        return frozenset().union(*each) if all(each) else frozenset()

    def _candidates(self, line: str) -> tuple[int, ...]:
        """The numbers of the headings that a line may begin with, the template's own words first."""
        if line is not self._last[0]:  # a line is asked about several times in a row
            self._last = (line, self._begun(line))
        return self._last[1]

    def _begun(self, line: str) -> tuple[int, ...]:
        named = self._opened.get(line[1 : line.find(" ", 1)], ())
        if not self._free:
            return named
        held = _vocabulary(line)
        if self._keywords and self._keywords.isdisjoint(held):
            return named
        free = [number for number, needed in self._needed if needed <= held]
        return tuple(sorted((*named, *free))) if free else named

    @cached_property
    def closed(self) -> frozenset[str] | None:
        """The words of which one begins every heading; None if any word may begin some of them."""
        return None if self._free else frozenset(self._opened)

    def possible(self, line: str) -> bool:
        """A quick look: whether a line may begin with a heading."""
        return bool(self._candidates(line))

    def _find(self, line: str, end: str) -> tuple[str, str, int, bool] | None:
        """The heading that a line begins with, up to what `end` matches, as the fields of its match."""
        numbers = self._candidates(line)
        if not numbers:
            return None
        pattern = self._patterns.get((numbers, end))
        if pattern is None:  # one alternation anchored at the line's start: many look-ups in one
            each = (f"({self._entries[number][2].regex}{end})" for number in numbers)
            pattern = self._patterns[numbers, end] = re.compile("|".join(each))
        found = pattern.match(line)
        if found is None or found.lastindex is None:
            return None
        key, quality, phrase = self._entries[numbers[found.lastindex - 1]]
        return key, quality, found.group().count(" "), phrase.bounded

    def match(self, line: str) -> HeadingMatch | None:
        """The heading that begins a line of word text (blanks at both ends), if any."""
        found = self._find(line, "(?= )")
        return HeadingMatch(*found) if found else None

    def whole(self, line: str) -> HeadingMatch | None:
        """The heading that a whole line is; a slot may stretch to its end."""
        found = self._find(line, " $")
        return HeadingMatch(found[0], found[1], line.count(" ") - 1) if found else None

    def inside(self, line: str) -> list[str]:
        """The ids of the headings that a line of word text holds, in the order in which they stand."""
        first: dict[str, int] = {}
        for key, _, phrase in self._entries:
            if found := phrase.find(line, 0, len(line)):
                first[key] = min(found[0], first.get(key, found[0]))
        return sorted(first, key=lambda key: first[key])

    def glued(self, line: str) -> HeadingMatch | None:
        """The heading that begins a line whose words run together ("How to takeVelorin")."""
        joined = line.replace(" ", "")
        for key, _, phrase in self._entries:
            plain = phrase.plain.replace(" ", "")
            if len(plain) >= _GLUED and joined.startswith(plain):
                return HeadingMatch(key, "fuzzy", line.count(" ") - 1)
        return None

    def fuzzy(self, line: str) -> HeadingMatch | None:
        """The heading that a line resembles in spite of typing slips and added names."""
        from rapidfuzz import fuzz

        length = line.count(" ") - 1
        best = max(
            (
                (fuzz.token_set_ratio(line, phrase.plain), -index)
                for index, (_, _, phrase) in enumerate(self._entries)
                if len(phrase.plain) > 12 and phrase.plain.count(" ") >= 2
                if -2 <= length - phrase.plain.count(" ") - 1 <= SLOT_WORDS
            ),
            default=(0, 0),
        )
        if best[0] < _FUZZY:
            return None
        return HeadingMatch(self._entries[-best[1]][0], "fuzzy", length)


class Lexicon:
    """The wording of one market in one language, compiled once a process."""

    def __init__(self, law: Profile, pack: LanguagePack, words_of_language: Grammar) -> None:
        self.profile = law
        self.pack = pack
        self.grammar = words_of_language
        self._phrases: dict[str, tuple[Phrase, ...]] = {}
        self._subheadings: dict[str, Headings | None] = {}

    def phrases(self, notation: str) -> tuple[Phrase, ...]:
        """The compiled sentences of a wording."""
        found = self._phrases.get(notation)
        if found is None:
            found = self._phrases[notation] = phrases(notation)
        return found

    def statement(self, key: str) -> Wording | Concept | None:
        """The wording of a statement, or of a concept as "concept:<key>"."""
        if key.startswith("concept:"):
            return self.pack.concepts.get(key.removeprefix("concept:"))
        return self.pack.statements.get(key)

    def forms(self, key: str) -> tuple[str, ...]:
        """Every form by which a statement may be known; none if the market does not have it."""
        wording = self.pack.statements.get(key)
        return (wording.text, *wording.accepted, *wording.signals) if wording else ()

    def signals(self, key: str) -> tuple[str, ...]:
        """The loose patterns of a statement; none if the market does not have it."""
        wording = self.pack.statements.get(key)
        return wording.signals if wording else ()

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids of the template's main sections, in its order."""
        return tuple(plan.id for plan in self.profile.sections)

    @cached_property
    def sections(self) -> Headings:
        """The main headings."""
        return Headings(_variants(self.pack.sections))

    def subheadings(self, section: str) -> Headings | None:
        """The sub-headings of a section, None if the template has none there."""
        if section not in self._subheadings:
            own = {key: entry for key, entry in self.pack.subheadings.items() if entry.section == section}
            self._subheadings[section] = Headings(_variants(own)) if own else None
        return self._subheadings[section]

    @cached_property
    def titles(self) -> Headings:
        """The leaflet's title, the title of the contents list and its closing line."""
        entries = {"title": self.pack.title}
        if self.pack.contents_title:
            entries["contents"] = self.pack.contents_title
        if self.pack.contents_end:
            entries["contents-end"] = self.pack.contents_end
        return Headings(_variants(entries))

    @cached_property
    def harmless(self) -> frozenset[str]:
        """Words that may differ without changing what a statement says."""
        return frozenset(word for entry in self.pack.harmless for word in words(entry))

    def heading_text(self, section: str) -> str:
        """The template's heading of a section, in bracket notation, with its number."""
        number = next((plan.number for plan in self.profile.sections if plan.id == section), None)
        heading = self.pack.sections.get(section)
        text = heading.text if heading else section
        return f"{number}. {text}" if number else text


def _variants(entries: Mapping[str, HeadingWording]) -> list[tuple[str, str, str]]:
    found = []
    for key, entry in entries.items():
        found.append((key, "template", entry.text))
        found.extend((key, "accepted", text) for text in entry.accepted)
    return found


@of_law
def lexicon(market: str, language: str, template: str = "") -> Lexicon:
    """The compiled wording of a market in a language; UsageError names what there is."""
    return Lexicon(profile(market, template), language_pack(market, language, template), grammar(language))
