"""Frequency categories: what each is defined to mean, as an interval, and where it heads side effects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from validator.document.location import Span
from validator.document.quantities import FrequencyDefinition, FrequencyUse, Interval
from validator.document.text import fold
from validator.facts.shares import COMPARE, Order, Share, share
from validator.grammar import Grammar, Token

_LABEL_TO_SHARE = (
    12  # tokens between a category and its definition ("... side effects (these may affect ...")
)
_HEAD_TOKENS = 8  # a label that heads effects stands within these tokens of its block's start
_LEAD = 25  # tokens of a line that introduces a list of effects
_OPENING = 6  # tokens before the figures of a definition in a paragraph of its own ("(may affect up to ...")
_LIST = 3  # so many definitions in a row, with nothing between them, are a legend and head no effects
_END_OF_DEFINITION = re.compile(r"\)\s*:?|:|[.;](?=\s|$)|[–—]")
_TAIL_WORDS = 6  # words that may end a definition without any sign after them
_SHARE_TO_LABEL = 14  # tokens over which a category in brackets names the share before it
_SENTENCE = 400  # characters before and after a category that are looked at as its sentence
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"[.;:!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A definition or a heading of a category, and where the words after it begin."""

    label: str
    block: int
    start: int
    end: int
    definition: FrequencyDefinition | None
    lead: bool = False  # it stands in a line that introduces a list, which counts if the category is defined
    last: bool = (
        False  # it ends a short line ("Effets indésirables fréquents"), which the next one must define
    )


def read(
    texts: Sequence[tuple[int, str]], grammar: Grammar, headings: Set[int]
) -> tuple[tuple[FrequencyDefinition, ...], tuple[FrequencyUse, ...]]:
    """The definitions and the uses of frequency categories in the blocks about side effects.

    `headings` are the numbers of blocks that the format emphasises.
    """
    entries = [entry for index, text in texts for entry in _entries(index, text, grammar, index in headings)]
    entries = list(_completed(entries, texts, grammar))
    defined = {entry.label for entry in entries if entry.definition}
    entries = [entry for entry in entries if not entry.lead or entry.label in defined]
    by_block = dict(texts)
    order = {block: position for position, block in enumerate(by_block)}
    legend = _legend(entries, order, by_block)
    definitions = tuple(
        replace(entry.definition, legend=position in legend)
        for position, entry in enumerate(entries)
        if entry.definition
    )
    return definitions, tuple(_uses(entries, order, by_block, legend))


def _entries(index: int, text: str, grammar: Grammar, strong: bool) -> list[_Entry]:
    folded = fold(text)
    if not grammar.names_category(folded):
        return []
    tokens = grammar.tokens(folded, grammar.frequency)
    labels = [at for at, token in enumerate(tokens) if token.kind == "label"]
    found: list[_Entry] = []
    used = 0
    for position, at in enumerate(labels):
        if at < used:
            continue
        stop = labels[position + 1] if position + 1 < len(labels) else len(tokens)
        entry, used = _entry(index, text, tokens, at, stop, grammar, strong, used)
        if entry is None and found and found[-1].definition and _ends_list(text, tokens, at):
            entry = _defined(index, tokens[at], tokens[at].end, None, ())
        if entry is None and len(labels) == 1 and len(tokens) <= _LEAD and text.rstrip().endswith(":"):
            label = tokens[at]
            entry = _Entry(label.value, index, label.start, len(text), None, lead=True)
        if entry is None and len(tokens) <= _HEAD_TOKENS and not _lettered(text[tokens[at].end :]):
            entry = _Entry(tokens[at].value, index, tokens[at].start, tokens[at].end, None, last=True)
        if entry:
            found.append(entry)
    return found


def _completed(
    entries: Sequence[_Entry], texts: Sequence[tuple[int, str]], grammar: Grammar
) -> Iterator[_Entry]:
    """Entries with the definitions that stand in the paragraph after a heading."""
    after = {first[0]: second for first, second in pairwise(texts)}
    for entry in entries:
        following = after.get(entry.block)
        if entry.definition or entry.lead or following is None:
            if not entry.last:
                yield entry
            continue
        index, text = following
        tokens = grammar.tokens(fold(text), grammar.frequency)
        opening = range(min(_OPENING, len(tokens)))
        found = None
        if not any(token.kind == "label" for token in tokens):
            order = grammar.data.frequency.order
            shares = (share(tokens, at, len(tokens), order) for at in opening)
            found = next((stated for stated in shares if stated), None)
        if found is None:
            if not entry.last:
                yield entry
            continue
        span = Span(entry.block, entry.start, tokens[found.stop - 1].end, index)
        written = tuple(Span(index, start, end) for start, end in found.irregular)
        yield replace(
            entry,
            definition=FrequencyDefinition(entry.label, span, found.interval, written, found.broken),
        )


def _entry(
    index: int,
    text: str,
    tokens: Sequence[Token],
    at: int,
    stop: int,
    grammar: Grammar,
    strong: bool,
    after: int,
) -> tuple[_Entry | None, int]:
    """The entry of one label, and the token after it; `after` is the token after the entry before it."""
    label = tokens[at]
    order = grammar.data.frequency.order
    for ahead in range(at + 1, min(stop, at + 1 + _LABEL_TO_SHARE)):
        if tokens[ahead].kind == "unknown":
            return _defined(index, label, tokens[ahead].end, None, ()), ahead + 1
        if order == "whole-first" and tokens[ahead].kind in COMPARE and _is_figure(tokens[ahead - 1]):
            return _defined(index, label, tokens[ahead].end, None, (), True), ahead + 1
        if found := share(tokens, ahead, stop, order):
            written = tuple(Span(index, start, end) for start, end in found.irregular)
            end = tokens[found.stop - 1].end
            return _defined(index, label, end, found.interval, written, found.broken), found.stop
        if _lost_whole(tokens, ahead, stop):
            return _defined(index, label, tokens[ahead + 1].end, None, (), True), ahead + 2
        if tokens[ahead].kind in (".", ";") and text[tokens[ahead].end :][:1].isspace():
            break
    if before := _share_before(tokens, at, after, order):
        span = Span(index, tokens[before[0]].start, tokens[at + 1].end)
        written = tuple(Span(index, *figure) for figure in before[1].irregular)
        definition = FrequencyDefinition(label.value, span, before[1].interval, written, before[1].broken)
        return _Entry(label.value, index, label.start, label.end, definition), at + 2
    if _heads(text, tokens, at, strong):
        return _Entry(label.value, index, label.start, label.end, None), at + 1
    return None, at + 1


def _share_before(tokens: Sequence[Token], at: int, after: int, order: Order) -> tuple[int, Share] | None:
    """The share that a category in brackets names ("up to 1 in 10 people (common)"), and its first token."""
    bracketed = tokens[at - 1].kind == "(" and at + 1 < len(tokens) and tokens[at + 1].kind == ")"
    for first in range(max(after, at - _SHARE_TO_LABEL), at) if at and bracketed else ():
        if found := share(tokens, first, at, order):
            return first, found
    return None


def _lost_whole(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Whether a share has lost its second figure: "more than 1 in people"; "< 18 years" is none.

    Nor is "fewer than 10 people" one, but "up to 1 person" says nothing.
    """
    if tokens[at].kind not in COMPARE or at + 1 >= stop or not _is_figure(tokens[at + 1]):
        return False
    following = [token.kind for token in tokens[at + 2 : min(at + 5, stop)]]
    single = tokens[at + 1].value.value == 1 and following[:1] == ["people"]
    return "of" in following or (single and following[1:2] in ([")"], ["."], []))


def _is_figure(token: Token) -> bool:
    """Whether a token is a figure: before "less", one whose whole was not read ("l.000 …1’inden az")."""
    return token.kind in ("num", "number-word")


def _ends_list(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether a list of definitions ends in "not known", which it does not explain."""
    return tokens[at].value == "not-known" and not _lettered(text[tokens[at].end :])


def _defined(
    index: int,
    label: Token,
    end: int,
    interval: Interval | None,
    written: tuple[Span, ...],
    broken: bool = False,
) -> _Entry:
    if label.value == "not-known":
        interval = None
    span = Span(index, label.start, end)
    return _Entry(
        label.value,
        index,
        label.start,
        end,
        FrequencyDefinition(label.value, span, interval, written, broken),
    )


def _heads(text: str, tokens: Sequence[Token], at: int, strong: bool) -> bool:
    """Whether a label without definition heads effects: first in its block, and marked as a heading."""
    if at > 1 or any(token.kind == "word" for token in tokens[:at]):
        return False
    rest = text[tokens[at].end :]
    few = len(tokens) - at <= _HEAD_TOKENS
    return (few and (strong or rest.rstrip().endswith(":") or not rest.strip())) or rest.lstrip().startswith(
        ":"
    )


def _uses(
    entries: Sequence[_Entry], order: dict[int, int], texts: dict[int, str], legend: Set[int]
) -> Iterator[FrequencyUse]:
    blocks = list(texts)
    for position, entry in enumerate(entries):
        following = entries[position + 1] if position + 1 < len(entries) else None
        stop = following.start if following and following.block == entry.block else None
        rest = _effects(texts[entry.block][entry.end : stop]) or _in_sentence(texts[entry.block], entry)
        next_at = order[following.block] if following else len(blocks)
        between = any(texts[blocks[at]].strip() for at in range(order[entry.block] + 1, next_at))
        if following and stop is None:  # effects may share a paragraph with the next category
            between = between or _lettered(texts[following.block][: following.start])
        before = texts[entry.block][: entry.start]
        beside = "\t" in before and _lettered(before)  # a table of effects, each with its frequency
        listed = rest or beside or (between and stop is None and position not in legend)
        yield FrequencyUse(entry.label, Span(entry.block, entry.start, entry.end), listed)


def _in_sentence(text: str, entry: _Entry) -> bool:
    """Whether a sentence that is more than a definition holds it: "Headache is common (up to 1 in 10)."."""
    if not entry.definition:
        return False
    before = _SENTENCE_END.split(text[max(0, entry.start - _SENTENCE) : entry.start])[-1]
    rest = text[entry.end : entry.end + _SENTENCE]
    end = _SENTENCE_END.search(rest)
    return _lettered(before) and end is not None and end[0] != ":" and ":" not in rest[: end.start()]


def _legend(entries: Sequence[_Entry], order: dict[int, int], texts: dict[int, str]) -> set[int]:
    """The entries of lists that only say what the categories mean."""
    runs: list[list[int]] = []
    for position, entry in enumerate(entries):
        before = entries[position - 1] if position else None
        follows = before is not None and 0 <= order[entry.block] - order[before.block] <= 1
        following = entries[position + 1] if position + 1 < len(entries) else None
        stop = following.start if following and following.block == entry.block else None
        bare = not _effects(texts[entry.block][entry.end : stop])
        first = follows and before is not None and before.block == entry.block
        lead = texts[entry.block][: entry.start].rstrip()
        if entry.definition and bare and (first or lead.endswith(":") or not _lettered(lead)):
            if runs and follows and runs[-1][-1] == position - 1:
                runs[-1].append(position)
            else:
                runs.append([position])
    return {position for run in runs if len(run) >= _LIST for position in run}


def _lettered(text: str) -> bool:
    return _LETTER.search(text) is not None


def _effects(rest: str) -> bool:
    """Whether the words after a definition name an effect: more than the tail of its own sentence.

    Where converters lost the line breaks, an effect begins with a capital letter in the middle.
    """
    tail = _END_OF_DEFINITION.search(rest)
    if tail and len(rest[: tail.start()].split()) > _TAIL_WORDS:
        return True
    named = (rest[tail.end() :] if tail else rest).split()
    capital = tail is None and any(word[0].isupper() for word in named[2:])
    after_comma = (rest[: tail.start()] if tail else rest).partition(",")[2]  # "people, are hives"
    few = 0 if tail or capital else _TAIL_WORDS
    return _lettered(after_comma) or len(list(islice(filter(_lettered, named), few + 1))) > few
