"""A block of text with the figures that were read from it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from validator.document.quantities import Intake, Quantity
from validator.document.text import fold_wording
from validator.grammar import Grammar, Token
from validator.grammarfile import Cue

_CLAUSE = 6  # tokens before a maximum in which its sentence says that it is that of a day


@dataclass(frozen=True, slots=True)
class Passage:
    """One block with figures: its tokens, and what was read from them; offsets are those of the block."""

    block: int
    text: str
    tokens: Sequence[Token]
    ends: Sequence[int]
    quantities: tuple[Quantity, ...]
    intakes: tuple[Intake, ...]
    grammar: Grammar
    folded: str

    def is_daily(self, token: Token) -> bool:
        """Whether the words for a total or a maximum, or those beside them, say that it is that of a day."""
        parts = [fold_wording(part) for part in self.grammar.data.daily]
        words = fold_wording(str(token.value))
        at = self.token_at(token.start)
        near = (*self._clause_before(at), *self.tokens[at : at + 3])
        beside = " ".join(("", *(self._word(token) for token in near if token.kind != "num")))
        return any(part in words or f" {part}" in beside for part in parts)

    def _clause_before(self, at: int) -> Sequence[Token]:
        """The tokens before one, back to a figure or a sign."""
        start = at
        while start > max(0, at - _CLAUSE) and self.tokens[start - 1].kind not in (
            "num",
            "number-word",
            ".",
            ";",
        ):
            start -= 1
        return self.tokens[start:at]

    def says(self, cue: Cue, start: int, end: int) -> bool:
        """Whether one of the words of a cue stands between two offsets."""
        pattern = self.grammar.cues.get(cue)
        return pattern is not None and pattern.search(self.folded, start, end) is not None

    def denies(self, start: int, end: int) -> bool:
        """Whether a negation stands between two offsets, as a word or as the ending of a verb."""
        if self.says("not", start, end):
            return True
        endings = tuple(map(fold_wording, self.grammar.data.force.negative_endings))
        tokens = self.tokens[self.token_at(start) : self.token_at(end)] if endings else ()
        return any(token.kind == "word" and token.value.endswith(endings) for token in tokens)

    def first_said(self, cue: Cue, start: int, end: int) -> tuple[int, int] | None:
        """Where the first words of a cue between two offsets begin and end."""
        pattern = self.grammar.cues.get(cue)
        match = pattern.search(self.folded, start, end) if pattern else None
        return match.span() if match else None

    def last_said(self, cue: Cue, start: int, end: int) -> tuple[int, int] | None:
        """Where the last words of a cue between two offsets begin and end."""
        pattern = self.grammar.cues.get(cue)
        found = pattern.finditer(self.folded, start, end) if pattern else ()
        return max((match.span() for match in found), default=None)

    def is_daily_dose(self, at: int) -> bool:
        """Whether the token is a "dose" beside a word for "daily", in any of their cases: "dawkę dobową"."""
        if self.tokens[at].kind == "word":
            return self._is_compound(self._word(self.tokens[at]))
        if self.tokens[at].kind != "unit" or self.tokens[at].value != "dose":
            return False
        parts = tuple(fold_wording(part) for part in self.grammar.data.daily)
        beside = (*self.tokens[max(0, at - 1) : at], *self.tokens[at + 1 : at + 2])
        return any(token.kind in ("word", "each") and self._word(token).startswith(parts) for token in beside)

    def _is_compound(self, word: str) -> bool:
        """Whether one word names the dose of a day: "Tagesdosis", "døgndosen"."""
        parts = tuple(fold_wording(part) for part in self.grammar.data.daily)
        doses = tuple(fold_wording(dose) for dose in self.grammar.data.units["dose"])
        return word.startswith(parts) and word.endswith(doses) and word not in doses

    def _word(self, token: Token) -> str:
        """The words of a token as the text has them."""
        return fold_wording(self.text[token.start : token.end])

    def populations(self, offset: int) -> frozenset[str]:
        """Whom the sentence is about that holds an offset."""
        number = self.sentence(offset)
        stop = self.ends[number] if number < len(self.ends) else len(self.text)
        return self.grammar.populations(self.folded[self.sentence_start(offset) : stop])

    def sentence(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self.ends, offset)

    def sentence_start(self, offset: int) -> int:
        """Where the sentence begins that holds an offset."""
        number = self.sentence(offset)
        return self.ends[number - 1] if number else 0

    def token_at(self, offset: int) -> int:
        """The number of the first token that begins at an offset or later."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)
