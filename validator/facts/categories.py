"""The names of frequency categories in a line or cell: what they head, and where what they head begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from validator.document.blocks import Block
from validator.document.quantities import FrequencyDefinition
from validator.document.text import fold
from validator.grammar import Grammar, Token

_NAME = 8  # words of a line that names a category and nothing else, its definition left out
_TAIL = 6  # words that may end a definition after its figures ("... of patients treated")
_NEAR = 150  # characters in which they stand
_TAIL_END = re.compile(r"\)\s*:?|:")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_COLON = re.compile(r"[\s\d*†‡§#]*(?:\([^()]*\))?\s*:")  # after a mark of a footnote, or a definition
_FULL_STOP = re.compile(r"[^().:]*\)?\s*\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Head:
    """A category that heads effects: where its name begins, and where its effects do.

    `label` is "" where more than one may be meant.
    """

    label: str
    start: int
    end: int


class Categories:
    """Finds the categories in a section; `explained` are the blocks that only say what they mean."""

    def __init__(self, grammar: Grammar, definitions: Iterable[FrequencyDefinition]) -> None:
        self._grammar = grammar
        self._defined: dict[int, dict[int, FrequencyDefinition]] = {}
        self.explained: set[int] = set()
        for definition in definitions:
            self._defined.setdefault(definition.span.block, {})[definition.span.start] = definition
            if definition.legend:
                self.explained.add(definition.span.block)
            self.explained.add(definition.span.last)

    def heads(self, index: int, block: Block) -> list[Head]:
        """The categories of a line that head effects; none if other words stand before the first.

        A line that names one and no effect may have some ("Side effects that are common (up to 1 in 10):").
        """
        text = block.text
        defined = self._defined.get(index, {})
        if heads := self.within(text, 0, len(text), defined):
            before, rest = text[: heads[0].start], text[heads[-1].end :]
            named = defined and len(before.split()) <= _NAME and not _lettered(rest)
            return heads if named or not _lettered(before) else []
        labels = [token for token in self._tokens(text) if token.kind == "label"]
        if len(labels) != 1 or _lettered(text[: labels[0].start]) or len(text.split()) > _NAME:
            return []
        marked = block.kind == "heading" or block.strong or self.alone(text)
        return [Head(labels[0].value, labels[0].start, len(text))] if marked else []

    def within(
        self, text: str, start: int, end: int, defined: Mapping[int, FrequencyDefinition] | None = None
    ) -> list[Head]:
        """The categories in a part of a text that are defined there, or have a colon after them."""
        found: list[Head] = []
        free = False  # a category before that is neither: it may be part of a range, or of an effect
        for token in self._tokens(text[start:end]):
            if token.kind != "label":
                continue
            first = start + token.start
            if defined and first in defined:
                found.append(Head(token.value, first, _after(text, defined[first])))
                free = False
                continue
            inside = text.find(":", first, start + token.end)  # the tokenizer takes it for one in a word
            after = _COLON.match(text, inside if inside >= 0 else start + token.end, end)
            if after:
                sure = not free or text[first].isupper() or text[max(first - 2, 0) : first] in (". ", "; ")
                found.append(Head(token.value if sure else "", first, after.end()))
            free = not after
        return found

    def alone(self, text: str) -> list[str]:
        """The categories of a text that names nothing else, figures and brackets left out."""
        bare = _BRACKET.sub("", text)
        tokens = self._tokens(bare)
        if any(token.kind != "label" and _lettered(bare[token.start : token.end]) for token in tokens):
            return []
        return [token.value for token in tokens if token.kind == "label"]

    def remark(self, text: str) -> bool:
        """Whether a sentence names a category ("Vomiting was uncommon in the elderly.")."""
        return text.rstrip().endswith(".") and any(token.kind == "label" for token in self._tokens(text))

    def _tokens(self, text: str) -> Sequence[Token]:
        folded = fold(text)
        known = self._grammar.names_category(folded)
        return self._grammar.tokens(folded, self._grammar.frequency) if known else ()


def _after(text: str, definition: FrequencyDefinition) -> int:
    """Where the effects begin after a definition: after its bracket, its colon or its last words."""
    end = definition.span.end if definition.span.last < 0 else len(text)
    near = end + _NEAR
    if _FULL_STOP.match(text, end, near):
        return len(text)  # the sentence that explains the categories is over
    tail = _TAIL_END.search(text, end, near)
    if tail and len(text[end : tail.start()].split()) <= _TAIL:
        colon = re.compile(r"\s*:").match(text, tail.end())
        return colon.end() if colon else tail.end()
    return len(text) if len(text[end:near].split()) <= _TAIL else end


def _lettered(text: str) -> bool:
    return any(map(str.isalpha, text))
