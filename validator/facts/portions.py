"""Amounts beside the volume or the number of tablets that holds them, in whatever words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from validator.document.location import Span
from validator.document.quantities import Portion, Quantity
from validator.facts import grids
from validator.facts.contents import AMOUNTS, VOLUMES, Held, bare_units, held
from validator.facts.doses import BODY_UNITS
from validator.facts.pairs import ml_of_a_drop, second_pair
from validator.facts.passage import Passage
from validator.facts.roles import role_of
from validator.facts.sentences import Sentence, sentences
from validator.grammarfile import Cue

_MOST = 1000  # of one leaflet; real ones have a few
_REACH = 2  # blocks back in which a content is looked for
_APART = 16  # tokens between an amount and the tablets that give it
_PARTING = frozenset(("and", "to", "below", "above", "minimum", "or", ";"))
_STEP_CUES: tuple[Cue, ...] = ("if", "change", "either", "rest", "first", "lower")
_STEPS = frozenset((",", "num", "unit", "each", "day-time"))
_SAID_AFTER = 3  # tokens after both in which the verb may stand
_BESIDE = 5  # tokens between a dose and the tablets that it is: "which is", "that is to say"
_LEAST_LOOSE = 2  # "one" may be an article


def read(passages: Sequence[Passage], rows: Sequence[Passage] = ()) -> tuple[Portion, ...]:
    """The portions of some passages, in reading order, and those that the heads of their tables tie."""
    tied = grids.portions(rows)
    own = {portion.amount.span for portion in tied}
    return (*tied, *(p for p in islice(_portions(passages), _MOST) if p.amount.span not in own))


class _Declared(NamedTuple):
    """What something holds, and in which block it is told."""

    block: int
    content: Quantity


def _portions(passages: Sequence[Passage]) -> Iterator[Portion]:
    declared: list[_Declared] = []
    drop: Decimal | None = None
    for passage in passages:
        if not any(q.family in AMOUNTS and q.unit not in BODY_UNITS for q in passage.quantities):
            continue
        before: Held | None = None
        pairs: list[Quantity] = []
        for sentence in sentences(passage):
            found = held(sentence)
            told = [d.content for d in declared if passage.block - d.block <= _REACH][::-1]
            drop = ml_of_a_drop(sentence) or drop
            if portion := _portion(found, before, told, pairs, drop):
                yield portion
                if portion.liquid and portion.measure.family == "volume" and portion.amount.exact:
                    pairs.append(_as_content(portion))
                    if portion.told or _is_beside(passage, portion) or _holds(passage, portion):
                        declared.append(_Declared(passage.block, pairs[-1]))
            declared += [_Declared(passage.block, content) for content in found.contents]
            before = found


def _is_beside(passage: Passage, portion: Portion) -> bool:
    """Whether an amount stands in a bracket right behind its volume, or the volume behind it."""
    return _are_bracketed(passage, portion.amount, portion.measure)


def _are_bracketed(passage: Passage, one: Quantity, other: Quantity) -> bool:
    first, second = sorted((one.span, other.span))
    return first.block == second.block and passage.text[first.end : second.start].strip() == "("


def _holds(passage: Passage, portion: Portion) -> bool:
    """Whether a verb between a volume and an amount says that it holds it: "1 ml (20 drops) contains"."""
    first, second = portion.measure.span, portion.amount.span
    between = passage.tokens[passage.token_at(first.end) : passage.token_at(second.start)]
    return first.block == second.block and any(token.kind == "contains" for token in between)


def _as_content(portion: Portion) -> Quantity:
    """What a volume holds that stands beside an amount."""
    measure = portion.measure
    return replace(portion.amount, per=(measure.unit,), per_amount=measure.low)


def _portion(
    found: Held,
    before: Held | None,
    told: Sequence[Quantity],
    pairs: Sequence[Quantity],
    drop: Decimal | None,
) -> Portion | None:
    """The one amount of a sentence with its one volume or number of units."""
    near = before if before and before.sentence.number == found.sentence.number - 1 else None
    amounts = found.amounts or found.contained or (_asked(found, near) if near else ())
    if not found.by_weight and (pair := second_pair(found)):
        return pair
    if found.contained and near and (told_before := _told_before(found, near)):
        return told_before
    if found.by_weight or len(amounts) != 1:
        return None
    amount = amounts[0]
    volumes, counts = found.volumes, found.counts
    thus = found.sentence.says("thus")
    if (
        not volumes
        and not counts
        and near
        and not near.amounts
        and not near.by_weight
        and (thus or found.contents)
    ):
        volumes, counts = near.volumes, near.counts
    if len(volumes) == 1 and near and _is_mixture(volumes[0], near.sentence):
        return None
    beside = volumes and _are_bracketed(found.sentence.passage, amount, volumes[0])
    thinned = found.sentence.says("thinned") and not beside  # "2.5 ml (20 mg) in a glass of water"
    if len(volumes) == 1 and not found.contained and not thinned:
        contents = _nearest(VOLUMES, amount, found.contents, told) or list(pairs)
        return _tied(found, amount, volumes[0], contents, counts)
    if volumes:
        return None
    measure = _counted(found, counts)
    if measure is None or not _together(found.sentence, amount, measure):
        return None
    if found.contained:
        tied = _tied(found, amount, measure, _nearest({measure.unit}, amount, (), told), ())
        return tied and replace(tied, either=True, told=False)
    contents = _nearest({measure.unit}, amount, found.contents, told)
    if not contents and measure.unit == "drop" and drop:
        liquid = _nearest(VOLUMES, amount, found.contents, told)
        contents = [
            replace(q, per=("drop",), per_amount=q.per_amount / drop) for q in liquid if q.per[0] == "ml"
        ]
    return _tied(found, amount, measure, contents, ())


def _asked(found: Held, near: Held) -> Sequence[Quantity]:
    """The amounts of the sentence before that are taken up: "Are you prescribed 60 mg? Draw up 15 ml." """
    if near.by_weight or near.volumes or near.counts:
        return ()
    refers = found.sentence.says("again") and any(token.value == "dose" for token in found.sentence.tokens)
    takes_up = near.sentence.is_question or found.sentence.says("thus") or refers
    return near.amounts if takes_up else ()


def _told_before(found: Held, near: Held) -> Portion | None:
    """The dose of the sentence before with what gives it: "The dose is 10 mg. Take two tablets of 5 mg." """
    amounts, counts, content = near.amounts, found.counts, found.contained[0]
    if (
        len(amounts) != 1
        or len(counts) != 1
        or near.volumes
        or near.counts
        or near.by_weight
        or near.contained
    ):
        return None
    passage, amount = found.sentence.passage, amounts[0]
    again = amount.base == content.base or not amount.exact or amount.family != content.family
    apart = any(found.sentence.says(cue) for cue in _STEP_CUES) and not near.sentence.is_question
    others = passage.populations(found.sentence.start) - passage.populations(near.sentence.start)
    if again or apart or others or {*amount.per} - {"day"} or _is_most(passage, amount):
        return None
    held_by_one = replace(content, per=(counts[0].unit,), per_amount=Decimal(1))
    tied = _tied(found, amount, counts[0], [held_by_one], ())
    return tied and replace(tied, told=False)


def _is_mixture(volume: Quantity, before: Sentence) -> bool:
    """Whether a volume is what the several of the sentence before it make together."""
    mixed = [q for q in before.quantities if q.family == "volume" and not q.per and q.exact]
    return len(mixed) > 1 and sum(q.base[0] for q in mixed) == volume.base[0]


def _nearest(
    units: frozenset[str] | set[str], amount: Quantity, own: Sequence[Quantity], told: Sequence[Quantity]
) -> list[Quantity]:
    """What one of some units holds by the sentence itself, else by the words before it."""
    fit = [q for q in own if q.per[0] in units and q.family == amount.family and q is not amount]
    return fit or [q for q in told if q.per[0] in units and q.family == amount.family]


def _tied(
    found: Held,
    amount: Quantity,
    measure: Quantity,
    contents: Sequence[Quantity],
    counts: Sequence[Quantity],
) -> Portion | None:
    """The two together, unless one of them only is a limit, or the measure is none."""
    passage = found.sentence.passage
    # "fill it up to the 5 ml mark" is no limit: the word must stand right before a volume
    limits = {measure.bound, amount.bound or ("maximum" if _is_most(passage, amount) else "")}
    if len(limits) > 1 or not measure.low or not amount.low or not (amount.sure and measure.sure):
        return None
    start, stop = found.sentence.start, found.sentence.stop
    intakes = [i.per_day for i in passage.intakes if start <= i.span.start < stop and i.per_day]
    if not intakes and "day" in amount.per:  # "20 drops three times a day; 1 ml holds 10 mg, so 30 mg a day"
        number = passage.sentence(start) - 1
        near = (i for i in passage.intakes if passage.sentence(i.span.start) == number)
        intakes = [intake.per_day for intake in near if intake.per_day]
    parts = [count.low for count in counts if count.low > 1]
    if found.sentence.says("both-sides"):  # "one drop in each eye twice a day, 0.2 mg a day for both eyes"
        intakes += [2 * often for often in (*intakes, Decimal(1))]
    parts += _cells(found, measure)
    told = _follows(passage, amount, measure)
    liquid = measure.family == "volume" or measure.unit in ("spoon", "drop")
    across = measure.span.start < start or measure.span.start >= stop
    often = any(intake != 1 for intake in intakes) or found.sentence.has("each")
    timed = len([token for token in found.sentence.tokens if token.kind == "day-time"])
    regular = across or often or timed > 1 or bool(timed and found.sentence.loose_numbers())
    if told and not amount.per and _are_beside(passage, amount, measure):
        intakes, regular = [], False  # "1 g, that is 2 tablets, up to four times a day"
    return Portion(amount, measure, tuple(contents), liquid, told, (*intakes, *parts), regular)


def _are_beside(passage: Passage, amount: Quantity, measure: Quantity) -> bool:
    """Whether no more than a few words stand between the amount of a dose and what follows from it."""
    if amount.span > measure.span:
        return False
    start, stop = passage.token_at(amount.span.end), passage.token_at(measure.span.start)
    ahead = passage.says("of-a-day", passage.sentence_start(amount.span.start), amount.span.start)
    return stop - start <= _BESIDE and not ahead


def _cells(found: Held, measure: Quantity) -> list[Decimal]:
    """In how many cells of a row the number of tablets stands: "16 mg | ½ tablet | ½ tablet"."""
    passage = found.sentence.passage
    again = [
        q for q in passage.quantities if (q.unit, q.low, q.high) == (measure.unit, measure.low, measure.high)
    ]
    return [Decimal(len(again))] if "\t" in passage.text and len(again) > 1 else []


def _follows(passage: Passage, amount: Quantity, measure: Quantity) -> bool:
    """Whether words between an amount and its measure, or right after them, say that one gives the other."""
    first, second = sorted((amount, measure), key=lambda q: q.span.start)
    start, stop = passage.token_at(first.span.end), passage.token_at(second.span.end) + _SAID_AFTER
    words = passage.tokens[start:stop]
    sentence = passage.sentence(second.span.start)
    near = [token for token in words if passage.sentence(token.start) == sentence]
    if any(token.kind == "total" for token in near):
        return True
    return bool(near) and passage.says("thus", first.span.end, near[-1].end)


def _is_most(passage: Passage, quantity: Quantity) -> bool:
    role = role_of(passage, quantity)
    return role is not None and role.kind == "maximum"


def _counted(found: Held, counts: Sequence[Quantity]) -> Quantity | None:
    """The number of units that a sentence names: with its unit, or "three of the 5 mg tablets"."""
    if len(counts) == 1:
        return counts[0]
    units = {*bare_units(found.sentence), *(q.per[0] for q in found.contents if q.per[0] not in VOLUMES)}
    loose = [token for _, token in found.sentence.loose_numbers() if token.value.value >= _LEAST_LOOSE]
    if counts or not found.contents or len(units) != 1 or len(loose) != 1 or loose[0].value.step != 1:
        return None
    if "\t" in found.sentence.passage.text or found.sentence.numbers_time(loose[0]):
        return None  # "week 4"; the first cell of a row may number the weeks
    token, value = loose[0], loose[0].value.value
    span = Span(found.sentence.passage.block, token.start, token.end)
    return Quantity(span, value, value, Decimal(1), units.pop(), "count", Decimal(1))


def _together(sentence: Sentence, amount: Quantity, measure: Quantity) -> bool:
    """Whether nothing between an amount and a number of tablets says that they are two things."""
    passage = sentence.passage
    first, second = sorted((amount, measure), key=lambda q: q.span.start)
    at = passage.token_at(amount.span.start)
    if at and passage.tokens[at - 1].kind == "/":  # "2 tablets of 5 mg/10 mg"
        return False
    between = passage.tokens[passage.token_at(first.span.end) : passage.token_at(second.span.start)]
    named = passage.says("taken-as", first.span.end, second.span.start)  # "40 mg, à savoir 4 comprimés"
    parting = _PARTING - {"to"} if named else _PARTING
    if len(between) > _APART or any(token.kind in parting for token in between):
        return False
    # "3 tablets on day 1, then 20 mg": an amount that comes later and follows from nothing is another one.
    if first is measure and any(token.kind in _STEPS and token.value != "dose" for token in between):
        opened = passage.text[: amount.span.start].rstrip().endswith("(") and not amount.per
        return _follows(passage, amount, measure) or opened
    return {*amount.per} <= {"day", "dose"}
