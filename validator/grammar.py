"""How a language writes numbers, units, doses and frequencies: data, and the tokenizer that applies it.

A `Grammar` is read from `law/languages/<language>.yaml` and `law/units.yaml`. Its tokenizer turns folded
text into tokens in linear time: figures become exact decimals, runs of words become the kinds that the
data gives them. What the tokens mean together is found in `facts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from validator.document.text import fold_wording
from validator.lawfile import load_law
from validator.resources import of_law


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Unit(_Record):
    """A unit: its family, its worth in the family's base unit, the symbols all languages share."""

    family: str
    factor: Decimal
    symbols: tuple[str, ...] = ()


class UnitFile(_Record):
    """`law/units.yaml`."""

    units: Mapping[str, Unit]


class Numbers(_Record):
    """The decimal sign, the signs between thousands, and numbers as words."""

    decimal: str
    thousands: tuple[str, ...]
    words: Mapping[str, Decimal]


class FrequencyWords(_Record):
    """Words of frequency definitions.

    `order` says which figure of a share stands first: "1 in 10 people" (part-first) or
    "10 hastanın 1'i" (whole-first). The other keys are kinds of tokens.
    """

    order: Literal["part-first", "whole-first"]
    labels: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    of: tuple[str, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]
    at_least: tuple[str, ...]
    up_to: tuple[str, ...]
    to: tuple[str, ...]
    or_more: tuple[str, ...]
    join: tuple[str, ...]
    people: tuple[str, ...]

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
    )


class GrammarFile(_Record):
    """`law/languages/<language>.yaml`: `units`, `each` and `intakes` by key, `dosing` by kind of token.

    `seen` says whether its words were met in real leaflets; from memory they lead to no more than review.
    `elision`: an apostrophe parts two words ("d'une", "all'ora"); else what follows it is an ending.
    """

    language: str
    seen: Literal["leaflets", "memory"]
    elision: bool = False
    numbers: Numbers
    units: Mapping[str, tuple[str, ...]]
    million: tuple[str, ...] = ()
    dosing: Mapping[str, tuple[str, ...]]
    each: Mapping[str, tuple[str, ...]]
    intakes: Mapping[str, Decimal]
    frequency: FrequencyWords

    @property
    def piece(self) -> re.Pattern[str]:
        """What a figure, a word or a sign is in this language."""
        return _PIECE_ELIDED if self.elision else _PIECE


class Number(NamedTuple):
    """A figure: its value, the worth of its last written digit, and whether it can be read one way only.

    `regular` is False where its separators are not those of the language.
    """

    value: Decimal
    step: Decimal
    sure: bool = True
    regular: bool = True


class Token(NamedTuple):
    """A figure ("num"), a sign (the sign itself), a run of words with a kind of its own, or a "word"."""

    kind: str
    value: Any
    start: int
    end: int


def _piece(word: str) -> re.Pattern[str]:
    return re.compile(
        r"(?P<num>(?<![\w.,])(?<!\d')\d+(?:[.,']\d+)*(?:[ \u202f]\d{3}(?!\d))*)(?P<ending>[':][^\W\d_]+)?"
        r"|(?P<half>[½¼¾])"
        rf"|(?P<word>m2\b|{word})"
        r"|(?P<digits>\d+)"
        r"|(?P<sign>[^\s\w])"
    )


_PIECE = _piece(r"[^\W\d_]+(?:'[^\W\d_]+)*(?::[^\W\d_]{1,4}(?![^\W\d_]))?")
_PIECE_ELIDED = _piece(r"[^\W\d_]+'?")  # "d'une" is two words
_LONGEST_FIGURE = 20  # characters; longer runs of digits are codes, not amounts
_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_ENDS_SENTENCE = re.compile(r"(?<!\bi\.e)(?<!\be\.g)[.;!?](?=\s+\W*(?:[^\W\d_]|\d)|\s*$)")

Table = dict[str, list[tuple[tuple[str, ...], str, Any]]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar of a language; `dosing` and `frequency` are its two vocabularies."""

    data: GrammarFile
    units: Mapping[str, Unit]
    dosing: Table
    frequency: Table

    def tokens(self, folded: str, table: Table) -> list[Token]:
        """The tokens of a folded text, in order, with their offsets."""
        return list(_merge(list(self._pieces(folded)), table))

    def _pieces(self, folded: str) -> Iterator[Token]:
        for match in self.data.piece.finditer(folded):
            kind, text = match.lastgroup, match.group()
            if kind in ("num", "ending") and len(match.group("num")) <= _LONGEST_FIGURE:
                yield Token("num", self.number(match.group("num")), match.start(), match.end())
            elif kind == "half":
                yield Token("num", Number(_HALVES[text], Decimal("0.01")), match.start(), match.end())
            elif kind in ("num", "ending", "digits"):
                yield Token("word", text, match.start(), match.end())
            else:
                yield Token("word" if kind == "word" else text, text, match.start(), match.end())

    def number(self, written: str) -> Number:
        """The value of a figure as this language writes it; two-way readings are marked, never guessed."""
        numbers = self.data.numbers
        text = written.replace("\u202f", " ")
        separators = [char for char in text if not char.isdigit()]
        if not separators:
            return Number(Decimal(text), Decimal(1))
        grouped = _GROUPED.fullmatch(text) is not None and text[0] != "0" and len(set(separators)) == 1
        if grouped and separators[0] in numbers.thousands:
            # A blank between figures may also part two of them ("take 2 500 mg tablets").
            plain = Decimal("".join(char for char in text if char.isdigit()))
            return Number(plain, Decimal(1), sure=separators[0] != " ")
        last = text.rfind(numbers.decimal)
        head, tail = (text[:last], text[last + 1 :]) if last >= 0 else (text, "")
        whole = "".join(char for char in head if char.isdigit())
        odd = any(char not in numbers.thousands for char in head if not char.isdigit()) or not tail.isdigit()
        if (odd or not whole) and _DECIMAL.fullmatch(text) and not grouped:
            # "0.1" where a comma parts decimals: thousands come in threes, so it can be read one way.
            places = len(re.split("[.,]", text)[1])
            return Number(Decimal(text.replace(",", ".")), Decimal(1).scaleb(-places), regular=False)
        if odd or not whole:
            joined = "".join(char for char in text if char.isdigit())
            return Number(Decimal(joined), Decimal(1), sure=False, regular=False)
        # "1.000" in a language with a decimal point is as likely a thousand of another language.
        doubtful = grouped and separators[0] == numbers.decimal
        value = Decimal(f"{whole}.{tail}")
        return Number(value, Decimal(1).scaleb(-len(tail)), sure=not doubtful, regular=not doubtful)


def _merge(pieces: list[Token], table: Table) -> Iterator[Token]:
    """Pieces with every run of words that the table knows put together, the longest first."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        found = _longest(pieces, at, table) if piece.kind != "num" else None
        if found is None:
            yield piece
            at += 1
            continue
        length, kind, value = found
        yield Token(kind, value, piece.start, pieces[at + length - 1].end)
        at += length


def _longest(pieces: list[Token], at: int, table: Table) -> tuple[int, str, Any] | None:
    for run, kind, value in table.get(_word(pieces[at]), ()):
        if len(run) == 1 or all(
            at + offset < len(pieces) and _word(pieces[at + offset], offset) == word
            for offset, word in enumerate(run)
        ):
            return len(run), kind, value
    return None


def _word(piece: Token, offset: int = 1) -> str:
    """What the tables know a piece by; an ending after an apostrophe or a colon ("mg:n") does not count."""
    if piece.kind == "num":
        return str(piece.value.value)
    text: str = piece.value
    return re.split("[':]", text, maxsplit=1)[0] if piece.kind == "word" else text


def sentence_ends(folded: str, text: str) -> list[int]:
    """Where sentences end: after a full stop or semicolon that no small letter follows."""
    return [
        match.end()
        for match in _ENDS_SENTENCE.finditer(folded)
        if not text[match.end() :].lstrip()[:1].islower()
    ]


def _table(entries: Iterable[tuple[str, str, Any]], piece: re.Pattern[str]) -> Table:
    table: Table = {}
    for phrase, kind, value in entries:
        run = tuple(match.group().strip("'") for match in piece.finditer(fold_wording(phrase)))
        table.setdefault(run[0], []).append((run, kind, value))
    for runs in table.values():
        runs.sort(key=lambda entry: -len(entry[0]))
    return table


def _dosing(data: GrammarFile, units: Mapping[str, Unit]) -> Iterator[tuple[str, str, Any]]:
    for key, phrases in data.each.items():
        yield from ((phrase, "each", key) for phrase in phrases)
    for kind, phrases in data.dosing.items():
        yield from ((phrase, kind, phrase) for phrase in phrases)
    for phrase, times in data.intakes.items():
        yield phrase, "intake", times
    for key, unit in units.items():
        yield from ((phrase, "unit", key) for phrase in (*unit.symbols, *data.units.get(key, ())))
    yield from ((phrase, "million", phrase) for phrase in data.million)
    yield from _number_words(data)


def _number_words(data: GrammarFile) -> Iterator[tuple[str, str, Any]]:
    for word, value in data.numbers.words.items():
        yield word, "number-word", Number(value, Decimal(1))


def _frequency(data: GrammarFile) -> Iterator[tuple[str, str, Any]]:
    words = data.frequency
    for label, phrases in words.labels.items():
        yield from ((phrase, "label", label) for phrase in phrases)
    for kind in ("unknown", "of", "more", "less", "at_least", "up_to", "to", "or_more", "join", "people"):
        yield from ((phrase, kind.replace("_", "-"), phrase) for phrase in getattr(words, kind))
    yield from _number_words(data)


@of_law
def unit_table() -> Mapping[str, Unit]:
    """All units by key."""
    return load_law("units.yaml", UnitFile).units


@of_law
def grammar(language: str) -> Grammar:
    """The compiled grammar of a language; a ConfigurationError names what is wrong in its file."""
    data = load_law(f"languages/{language}.yaml", GrammarFile)
    units = unit_table()
    dosing = _table(_dosing(data, units), data.piece)
    return Grammar(data, units, dosing, _table(_frequency(data), data.piece))
