"""The strength of what is counted: the 20 mg of "2 tablets of 20 mg", the 40 mg of "2 tablets (80 mg)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from validator.document.quantities import Quantity
from validator.facts.passage import Passage
from validator.grammar import Token

JOINING = frozenset(("word", "per", "every", "filler", "to", "contains"))
"""Kinds of tokens that may join what is counted and its strength."""
_STRENGTH_REACH = 3  # words between tablets and their strength ("2 tablets containing 20 mg")
_EACH_AFTER = 20  # characters after an amount in which "each" may stand before the bracket closes
_PERIOD_REACH = 3  # tokens after an amount in which a week or a month may be named
_LONGER = frozenset(("week", "month", "year"))
_DAYS = frozenset(("day", *_LONGER))
_SMALL = 3  # letters
_OF_ONE = ((), ("dose",), ("day",))  # "2 tablets of 20 mg a day" are two tablets a day


def strength_of(passage: Passage, units: Quantity | None) -> Quantity | None:
    """The strength that a number of tablets carries with it: the 20 mg of "2 tablets of 20 mg"."""
    if units is None:
        return None
    inside = (q for q in passage.quantities if units.span.start < q.span.start < units.span.end)
    if within := next(inside, None):
        return within
    position = passage.quantities.index(units) + 1
    ahead = passage.quantities[position - 2] if position > 1 else None
    if ahead and ahead.per == (units.unit,) and _adjoin(passage, ahead, units):
        return ahead
    after = passage.quantities[position] if position < len(passage.quantities) else None
    if after is None or after.family != "mass" or after.per not in _OF_ONE or not after.exact:
        return None
    if "\t" in passage.text[units.span.end : after.span.start]:
        return None  # the next cell
    if units.unit == "drop" and units.low != 1:
        return None  # "20 drops contain 50 mg"
    start, end = (passage.token_at(offset) for offset in (units.span.end, after.span.start))
    between = passage.tokens[start:end]
    if between and between[0].kind == "," and _says_each(passage, between):
        between = [t for t in between[1:] if t.kind != "number-word"]  # "two tablets, each (one) of 680 mg"
    near = len(between) <= _STRENGTH_REACH and all(token.kind in JOINING for token in between)
    follows = passage.says("thus", units.span.end, after.span.start)  # "half a tablet gives you 5 mg"
    return after if (near and not follows) or _is_of_each(passage, units, after) else None


def _says_each(passage: Passage, tokens: Sequence[Token]) -> bool:
    """Whether some tokens say that what follows is told of each."""
    told = any(token.kind in ("per", "every", "each") for token in tokens[1:])
    return told or passage.says("each-of", tokens[0].start, tokens[-1].end)


def _is_of_each(passage: Passage, units: Quantity, amount: Quantity) -> bool:
    """Whether the amount in a bracket after some tablets is that of each: "2 tablets (each 250 mg)"."""
    start, stop = units.span.end, amount.span.end
    opened, close = (
        passage.text[start:stop].strip()[:1] == "(",
        passage.text.find(")", start, stop + _EACH_AFTER),
    )
    lead = [t.kind for t in passage.tokens[passage.token_at(start) : passage.token_at(amount.span.start)]]
    each = lead[-1:] in (["per"], ["every"], ["each"]) or passage.text[start : amount.span.start].split()[
        -1:
    ] in (
        ["(à"],
        ["(á"],
    )
    return opened and close >= stop and (each or passage.says("each-of", start, close))


def is_counted_a_day(passage: Passage, quantity: Quantity) -> bool:
    """Whether a number of tablets is that of a day, said after it or after its strength."""
    strength = strength_of(passage, quantity) if quantity.family == "count" else None
    return quantity.per == ("day",) or (strength is not None and strength.per == ("day",))


def is_of_longer(passage: Passage, after: int) -> bool:
    """Whether the words right behind an amount make it that of a week or a month."""
    near = passage.tokens[after : after + _PERIOD_REACH]
    at = next((n for n, token in enumerate(near) if not _is_small(token)), None)
    if at is None:
        return False
    if near[at].kind in ("num", "number-word"):  # "14 tablets in 4 weeks"
        times = passage.tokens[after + at + 1 : after + at + 2]
        return near[at].value.value > 1 and any(t.kind == "unit" and t.value in _DAYS for t in times)
    return near[at].kind in ("unit", "each") and near[at].value in _LONGER


def _is_small(token: Token) -> bool:
    """Whether a token is a preposition or an article: "30 Tabletten im Monat"."""
    return token.kind in ("per", "every", "filler") or (token.kind == "word" and len(token.value) <= _SMALL)


def _adjoin(passage: Passage, one: Quantity, other: Quantity) -> bool:
    return passage.token_at(other.span.start) - passage.token_at(one.span.end) == 0


def of_one(group: Sequence[Quantity]) -> Quantity | None:
    """What one tablet holds where an amount says their number again: the 40 mg of "2 tablets (80 mg)"."""
    count = next((q for q in group if q.family == "count" and q.low), None)
    amount = next((q for q in group if q.family != "count"), None)
    return replace(amount, per=(count.unit,), per_amount=count.low) if count and amount else None
