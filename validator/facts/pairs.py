"""Volumes told beside one another: "1 ml (20 drops)", "5 ml hold 20 mg, so that 10 ml hold 40 mg"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from validator.document.quantities import Portion, Quantity
from validator.facts.contents import Held
from validator.facts.sentences import Sentence

_DROP_REACH = 24  # characters between a number of drops and the volume that they make
_TWO_PAIRS = 4


def ml_of_a_drop(sentence: Sentence) -> Decimal | None:
    """How many ml a drop has, where a sentence tells it: "1 ml (20 drops)"."""
    for one, other in pairwise(sentence.quantities):
        drops, volume = (one, other) if one.unit == "drop" else (other, one)
        between = sentence.passage.text[one.span.end : other.span.start]
        plain = drops.unit == "drop" and volume.unit == "ml" and drops.exact and volume.exact and drops.low
        if plain and len(between) <= _DROP_REACH and not volume.per:
            return volume.low / drops.low
    return None


def second_pair(found: Held) -> Portion | None:
    """The second of two volumes with an amount each: "5 ml hold 20 mg, so that 10 ml hold 40 mg".

    The second pair may be told the other way round, if words say that it follows: "so for 40 mg take 10 ml".
    """
    both = sorted((*found.volumes, *found.amounts), key=lambda q: q.span.start)
    turns = [q.family == "volume" for q in both]
    if len(both) != _TWO_PAIRS or turns[0] == turns[1] or turns[2] == turns[3]:
        return None
    if turns[:2] != turns[2:] and not _follows_from(found.sentence, both[1], both[2]):
        return None
    plain = all(q.exact and q.sure and q.low and not q.per for q in both)
    if not plain or found.contents or found.sentence.says("thinned"):
        return None
    volumes, amounts = found.volumes, found.amounts
    if amounts[0].family != amounts[1].family:
        return None
    content = replace(amounts[0], per=(volumes[0].unit,), per_amount=volumes[0].low)
    return Portion(amounts[1], volumes[1], (content,), liquid=True)


def _follows_from(sentence: Sentence, first: Quantity, second: Quantity) -> bool:
    """Whether the content of a sentence is told before its second figure, and what follows after it."""
    passage, start, stop = sentence.passage, first.span.end, second.span.start
    at, last = passage.token_at(sentence.start), passage.token_at(stop)
    told = any(token.kind == "contains" for token in passage.tokens[at:last])
    return told and passage.says("thus", start, stop)
