"""How a language writes numbers, units, doses and frequencies: data, and the tokenizer that applies it.

A `Grammar` is read from `law/languages/<language>.yaml` and `law/units.yaml`. Its tokenizer turns folded
text into tokens in linear time: figures become exact decimals, runs of words become the kinds that the
data gives them. What the tokens mean together is found in `facts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from validator import wordforms
from validator.document.text import fold_wording
from validator.grammarfile import Cue, GrammarFile, Unit, grammar_file, unit_table
from validator.resources import of_law


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
        rf"(?P<word>m2\b|(?![½¼¾]){word})|(?P<half>[½¼¾])"  # most pieces are words
        r"|(?P<num>(?<![\w.,])(?<!\d')\d+(?:[.,']\d+)*(?:[ \u202f]\d{3}(?!\d))*)(?P<ending>[':][^\W\d_]+)?"
        r"|(?P<digits>\d+)"
        r"|(?P<sign>[^\s\w])"
    )


_PIECE = _piece(r"[^\W\d_]+(?:'[^\W\d_]+)*(?::[^\W\d_]{1,4}(?![^\W\d_]))?")
_PIECE_ELIDED = _piece(r"[^\W\d_]+'?")  # "d'une" is two words
_LONGEST_FIGURE = 20  # characters; longer runs of digits are codes, not amounts
_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_ENDS_SENTENCE = re.compile(
    r"[.;!?](?<!\b\w\.\w\.)(?<!\b\w\. \w\.)(?<!\bdvs\.)(?<!\bca\.)(?<!\btj\.)(?<!\bbzw\.)(?<!\bpr\.)"
    r"(?=\s+\W*(?:[^\W\d_]|\d)|\s*$)"
)

_BLANKS = re.compile(r"\s*")
_ENDING = re.compile("[':]")
_new = tuple.__new__  # a fifth of the time of a leaflet's figures went into the checks of `Token()`

Table = dict[str, list[tuple[list[str], str, Any]]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar of a language; `dosing` and `frequency` are its two vocabularies."""

    data: GrammarFile
    units: Mapping[str, Unit]
    piece: re.Pattern[str]
    dosing: Table
    frequency: Table
    beginnings: re.Pattern[str]
    label: re.Pattern[str]
    of_word: Callable[[str], tuple[str, str] | None]
    cues: Mapping[Cue, re.Pattern[str]]
    numerals: re.Pattern[str]

    def dosed(self, folded: str) -> list[Token]:
        """The tokens of a folded text about doses; words of no table are known by how they begin."""
        tokens = self.tokens(folded, self.dosing)
        for at, token in enumerate(tokens):
            if token.kind == "word" and (known := self.of_word(token.value)):
                tokens[at] = _new(Token, (*known, *token[2:]))
        return tokens

    def names_category(self, folded: str) -> bool:
        """Whether a folded text may name a frequency category: without, it need not be taken apart."""
        return self.label.search(folded) is not None

    def counts(self, folded: str) -> bool:
        """Whether a folded text holds a word for more than one: "two", "twice"."""
        return self.numerals.search(folded) is not None

    def populations(self, folded: str) -> frozenset[str]:
        """Whom a folded text is about: "children", "adults", "elderly", "kidney", "liver"."""
        return frozenset(match.lastgroup or "" for match in self.beginnings.finditer(folded))

    def tokens(self, folded: str, table: Table) -> list[Token]:
        """The tokens of a folded text, in order, with their offsets.

        Every run of pieces that the table knows is one token, the longest first.
        """
        pieces, keys = self._pieces(folded)
        found: list[Token] = []
        done = 0  # pieces before it are found
        for at in [at for at, key in enumerate(keys) if key in table]:
            first = pieces[at]
            if at < done:
                continue
            for run, kind, value in table[keys[at]]:
                if (len(run) == 1 and first.kind != "num") or keys[at : at + len(run)] == run:
                    found += pieces[done:at]
                    done = at + len(run)
                    found.append(_new(Token, (kind, value, first.start, pieces[done - 1].end)))
                    break
        return found + pieces[done:]

    def _pieces(self, folded: str) -> tuple[list[Token], list[str]]:
        """Words, figures and signs, and what the tables know each by.

        A word's ending after an apostrophe or a colon ("mg:n") does not count for the tables.
        """
        pieces: list[Token] = []
        keys: list[str] = []
        ending = "'" in folded or ":" in folded
        for match in self.piece.finditer(folded):
            kind = match.lastgroup
            start, end = match.span()
            text = folded[start:end]
            if kind == "word":
                pieces.append(_new(Token, ("word", text, start, end)))
                keys.append(_ENDING.split(text, 1)[0] if ending and not text.isalpha() else text)
            elif kind == "sign":
                pieces.append(_new(Token, (text, text, start, end)))
                keys.append(text)
            else:
                piece, key = self._figure(match)
                pieces.append(piece)
                keys.append(key)
        return pieces, keys

    def _figure(self, match: re.Match[str]) -> tuple[Token, str]:
        """A figure, or a run of digits too long or too odd to be one."""
        text, (start, end) = match.group(), match.span()
        number: Number | None = None
        if match.lastgroup == "half":
            number = Number(_HALVES[text], Decimal("0.01"))
        elif match.lastgroup != "digits" and len(match.group("num")) <= _LONGEST_FIGURE:
            number = self.number(match.group("num"))
        if number is None:
            return Token("word", text, start, end), _ENDING.split(text, 1)[0]
        return Token("num", number, start, end), str(number.value)

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


def sentence_ends(folded: str, text: str) -> list[int]:
    """Where sentences end: after a full stop or semicolon that no small letter follows."""
    ends = [match.end() for match in _ENDS_SENTENCE.finditer(folded)]
    after = ((end, _BLANKS.match(text, end)) for end in ends)
    return [end for end, blanks in after if not (blanks and text[blanks.end() : blanks.end() + 1].islower())]


def _table(entries: Iterable[tuple[str, str, Any]], piece: re.Pattern[str]) -> Table:
    table: Table = {}
    for phrase, kind, value in entries:
        run = [match.group().strip("'") or "'" for match in piece.finditer(fold_wording(phrase))]
        table.setdefault(run[0], []).append((run, kind, value))
    for runs in table.values():
        runs.sort(key=lambda entry: -len(entry[0]))
    return table


def _dosing(data: GrammarFile, units: Mapping[str, Unit]) -> Iterator[tuple[str, str, Any]]:
    for key, phrases in data.each.items():
        yield from ((phrase, "each", key) for phrase in phrases)
    for key, phrases in data.alternate.items():
        yield from ((phrase, "alternate", key) for phrase in phrases)
    for key, phrases in data.intervals.items():
        yield from ((phrase, "at-intervals", key) for phrase in phrases)
    for kind, phrases in data.dosing.items():
        yield from ((phrase, kind, phrase) for phrase in phrases)
    for phrase, times in data.intakes.items():
        yield phrase, "intake", times
    for phrase, times in data.day_parts.items():
        yield phrase, "day-parts", times
    for key, unit in units.items():
        yield from ((phrase, "unit", key) for phrase in (*unit.symbols, *data.units.get(key, ())))
    yield from ((phrase, "million", phrase) for phrase in data.million)
    yield from ((phrase, "plus-half", phrase) for phrase in data.numbers.plus_half)
    yield from _number_words(data)


def _number_words(data: GrammarFile) -> Iterator[tuple[str, str, Any]]:
    for word, value in data.numbers.words.items():
        yield word, "number-word", Number(value, Decimal(1))


def _numerals(data: GrammarFile) -> list[str]:
    """The words of a language for numbers above one, and for intakes that are more than one."""
    words = {**data.numbers.words, **data.intakes}
    return [word for word, value in words.items() if value > 1]


def _frequency(data: GrammarFile) -> Iterator[tuple[str, str, Any]]:
    words = data.frequency
    for label, phrases in words.labels.items():
        yield from ((phrase, "label", label) for phrase in phrases)
    for kind in ("unknown", "of", "more", "less", "at_least", "up_to", "to", "or_more", "join", "people"):
        yield from ((phrase, kind.replace("_", "-"), phrase) for phrase in getattr(words, kind))
    yield from _number_words(data)


@of_law
def grammar(language: str) -> Grammar:
    """The compiled grammar of a language; a ConfigurationError names what is wrong in its file."""
    data = grammar_file(language)
    units = unit_table()
    piece = _PIECE_ELIDED if data.elision else _PIECE
    return Grammar(
        data,
        units,
        piece,
        _table(_dosing(data, units), piece),
        _table(_frequency(data), piece),
        wordforms.beginnings(data.populations),
        wordforms.labels(data),
        wordforms.known(data, units),
        {cue: wordforms.cue(phrases) for cue, phrases in data.cues.items()},
        wordforms.cue(_numerals(data)),
    )
