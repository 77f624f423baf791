"""Wording in the templates' own bracket notation, compiled to matchers over word text.

`Always <take> <use> this medicine exactly as your <doctor> <or pharmacist> has told you.`

* `<...>` is an option; adjoining options are alternatives, of which at least one stands there;
  a lone option may be left out
* `{...}` is a slot for up to twelve words; an ending glued to it (`{X}'i`) belongs to it
* `…` is a gap of up to 25 words, for loose patterns

Punctuation, case and the kind of quotes never decide: matching looks at words alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from validator.document.text import words
from validator.endings import named

SLOT_WORDS = 12
_NAME_WORDS = 6  # a sentence of running text names the medicine by its trade name alone
GAP_WORDS = 25
_SLOT = rf"(?: \S+){{1,{SLOT_WORDS}}}?"
_TOKEN = re.compile(r"<[^<>]*>|\{[^{}]*\}[^\s<>{}.,:;?!)]*|…|[^\s<>{}…]+")
_NAME_SLOT = re.compile(r"\{X\}[^\s<>{}.,:;?!)]*")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[^\s<]|<[^<>]*[.!?]>)")


@dataclass(frozen=True)
class Phrase:
    """One sentence of bracket notation, ready to be looked for in a `WordText`'s string.

    `source` is the sentence as written; `optional` says that all of it may be left out;
    `name_words` is the most that the slot {X} may hold.
    """

    source: str
    name_words: int = SLOT_WORDS

    @cached_property
    def _pattern(self) -> tuple[re.Pattern[str], tuple[str, ...], int]:
        regex = self.regex
        fixed = any(kind in ("word", "options") for kind, _ in _elements(self.source))
        return re.compile(regex + "(?= )" if fixed else ""), *_anchor(self.source, self.name_words)

    @cached_property
    def regex(self) -> str:
        """The phrase as a regular expression over word text; every word begins with a blank."""
        return _regex(self.source, self.name_words)

    @cached_property
    def plain(self) -> str:
        """The words to compare a near text with: first alternatives, no lone options, no slots."""
        return " ".join(_plain_words(self.source))

    @cached_property
    def free_words(self) -> frozenset[str]:
        """Words of the options: their presence or absence is never a difference."""
        inside = re.findall(r"<([^<>]*)>", self.source)
        return frozenset(word for option in inside for word in words(option))

    def name(self, line: str) -> tuple[int, int] | None:
        """Which words (ordinals, half-open) fill the slot {X} when a whole line is the phrase."""
        pattern = self._with_name
        if pattern is None or (found := pattern.match(line)) is None:
            return None
        return line.count(" ", 0, found.start(1)), line.count(" ", 0, found.end(1))

    @cached_property
    def _with_name(self) -> re.Pattern[str] | None:
        slot = _NAME_SLOT.search(self.source)
        if slot is None:
            return None
        before, after = self.source[: slot.start()], self.source[slot.end() :]
        return re.compile(f"{_regex(before)}({_SLOT}){_regex(after)} $")

    @cached_property
    def keywords(self) -> frozenset[str]:
        """Words of which a text must hold one if the phrase stands in it; empty if any text may do."""
        elements = _elements(self.source)
        if fixed := [content[0] for kind, content in elements if kind == "word"]:
            return frozenset([max(fixed, key=len)])
        options = [content for kind, content in elements if kind == "options" and len(content) > 1]
        return frozenset(option.split()[0] for option in options[0] if option) if options else frozenset()

    @cached_property
    def bounded(self) -> bool:
        """Whether a word ends it, no slot."""
        return [kind for kind, _ in _elements(self.source)][-1:] == ["word"]

    @cached_property
    def needed(self) -> frozenset[str]:
        """Words that a text must hold all if the phrase stands in it."""
        return frozenset(content[0] for kind, content in _elements(self.source) if kind == "word")

    @cached_property
    def openings(self) -> frozenset[str]:
        """The words with which it may begin; empty if any word may."""
        found: set[str] = set()
        for kind, content in _elements(self.source):
            if kind not in ("word", "options"):
                break
            found.update(option.split()[0] for option in content if option)
            if kind == "word" or (len(content) > 1 and any(content)):
                return frozenset(found)
        return frozenset()

    @property
    def optional(self) -> bool:
        """Whether the sentence is one lone option, which may be left out."""
        return not self.plain and "{" not in self.source

    def find(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The first place of the phrase in text[start:end] (word text with blanks at both ends)."""
        pattern, anchors, before = self._pattern
        if not pattern.pattern:
            return None
        if anchors:
            places = [at for anchor in anchors if (at := text.find(anchor, start, end)) >= 0]
            if not places:
                return None
            start = _words_before(text, min(places), before, start)
        found = pattern.search(text, start, end)
        return (found.start(), found.end()) if found else None


def phrases(notation: str) -> tuple[Phrase, ...]:
    """The sentences of a wording in bracket notation."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(notation):
        if not notation[end.end()].islower():  # "4. bölüm": a small letter begins no sentence
            found.append(notation[start : end.start()])
            start = end.end()
    return tuple(Phrase(part.strip(), _NAME_WORDS) for part in (*found, notation[start:]) if part.strip())


def paste(notation: str, product: str, oral: bool) -> str:
    """A wording as people paste it: the name filled in, options chosen, unknown slots left visible.

    Of `<take> <use>` the first is for medicines taken by mouth. Other adjoining options are read as
    one list without its extras ("doctor or pharmacist"); a lone option stays, unless it holds a slot.
    """
    if product:
        notation = named(notation, product)
    text: str = re.sub(r"<[^<>]*>(?:\s*<[^<>]*>)*", lambda match: _choose(match.group(), oral), notation)
    return re.sub(r"\s+([.,;:?!])", r"\1", re.sub(r" {2,}", " ", text)).strip()


def _choose(group: str, oral: bool) -> str:
    options: list[str] = re.findall(r"<([^<>]*)>", group)
    if len(options) == 1:
        return "" if "{" in options[0] else options[0]
    if "or" not in options and "and" not in options and "," not in options:
        return options[0] if oral or len(options) > 2 else options[1]
    listed = (option for option in options if option != "," and not _extra(option, options))
    return " ".join(listed)


def _extra(option: str, options: list[str]) -> bool:
    """Whether an option takes a joining word with it that stands alone beside it: <or> ... <or nurse>."""
    first, blank, _ = option.partition(" ")
    return bool(blank) and first in options


def _elements(source: str) -> list[tuple[str, list[str]]]:
    """Tokens grouped into ("word"|"options"|"name"|"slot"|"gap", words or alternatives)."""
    found: list[tuple[str, list[str]]] = []
    for token in _TOKEN.findall(source):
        if token.startswith("<"):
            if not found or found[-1][0] != "options":
                found.append(("options", []))
            found[-1][1].append(" ".join(words(token)))
        elif token.startswith("{"):
            found.append(("name" if token.startswith("{X}") else "slot", []))
        elif token == "…":
            found.append(("gap", []))
        else:
            found.extend(("word", [word]) for word in words(token))
    return found


def _regex(source: str, name_words: int = SLOT_WORDS) -> str:
    return "".join(
        " " + re.escape(content[0]) if kind == "word" else _loose(kind, content, name_words)
        for kind, content in _elements(source)
    )


def _anchor(source: str, name_words: int) -> tuple[tuple[str, ...], int]:
    """The longest run of fixed words, and how many words of the phrase stand before it at most.

    Where the run is absent the phrase cannot stand. A phrase without fixed words has its last alternatives
    for it, of which one must stand there.
    """
    runs, before = [("", 0)], 0
    choice: tuple[tuple[str, ...], int] = ((), 0)
    for kind, content in _elements(source):
        if kind == "word":
            words_of_run, first = runs[-1]
            runs[-1] = (f"{words_of_run} {content[0]}", first)
            before += 1
            continue
        if kind == "options" and len(content) > 1 and any(content):
            choice = (
                tuple(f" {option} " for option in content if option),
                before + _most_words(kind, content, 0),
            )
        before += _most_words(kind, content, name_words)
        runs.append(("", before))
    longest, before = max(runs, key=lambda run: len(run[0]))
    return ((longest,), before) if longest else choice


def _words_before(text: str, at: int, count: int, start: int) -> int:
    """The offset of so many words before an offset, none before `start`."""
    for _ in range(count):
        if (at := text.rfind(" ", start, at)) < 0:
            return start
    return at


def _most_words(kind: str, options: list[str], name_words: int) -> int:
    """How many words `_loose` takes at most."""
    known = {"slot": SLOT_WORDS, "name": name_words, "gap": GAP_WORDS}
    if kind in known:
        return known[kind]
    return (len(options) + 1) * max(len(option.split()) for option in options)


def _loose(kind: str, options: list[str], name_words: int) -> str:
    if kind == "slot":
        return _SLOT
    if kind == "name":
        return rf"(?: \S+){{1,{name_words}}}?"
    if kind == "gap":
        return rf"(?: \S+){{0,{GAP_WORDS}}}?"
    alternatives = "|".join(re.escape(option) for option in sorted(options, key=len, reverse=True) if option)
    if not alternatives:
        return ""
    least = 1 if len(options) > 1 else 0
    return rf"(?: (?:{alternatives})(?= )){{{least},{len(options) + 1}}}"


def _plain_words(source: str) -> list[str]:
    plain: list[str] = []
    for kind, content in _elements(source):
        if kind == "word" or (kind == "options" and len(content) > 1):
            plain.extend(content[0].split())
    return plain
