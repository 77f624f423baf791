"""What one millilitre, tablet, spoon or ampoule holds, where the text says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from validator.document.quantities import Quantity
from validator.facts.doses import BODY_UNITS, is_dose
from validator.facts.roles import is_other_form
from validator.facts.sentences import Sentence
from validator.facts.strengths import strength_of

AMOUNTS = frozenset(("mass", "amount", "activity", "units", "radioactivity"))
VOLUMES = frozenset(("ml", "l"))
_FILLED = frozenset(("pen", "vial", "spoon"))  # "for 375 mg fill the syringe" tells of no strength
_SOLID = frozenset(("tablet", "capsule", "sachet", "suppository"))
_BODY = frozenset(("kg", "m2"))
_LIMITS = frozenset(("hour", "week", "minute", *_BODY))


@dataclass(frozen=True, slots=True)
class Held:
    """The figures of a sentence by what they are: amounts, volumes, numbers of units, what is held.

    `contained` is the only amount where it follows a number of units: it may be the strength of one of them
    or what all hold ("two tablets containing 20 mg").
    """

    sentence: Sentence
    amounts: tuple[Quantity, ...]
    volumes: tuple[Quantity, ...]
    counts: tuple[Quantity, ...]
    contents: tuple[Quantity, ...]
    by_weight: bool
    contained: tuple[Quantity, ...] = ()


def held(sentence: Sentence) -> Held:
    """Sort the figures of a sentence; the same amount told twice counts once."""
    passage = sentence.passage
    counts = [q for q in sentence.quantities if q.family == "count" and q.unit != "dose" and _plain(q)]
    owned = {id(q): count.unit for count in counts if (q := strength_of(passage, count))}
    owned |= _of_a_bare_unit(sentence, counts)
    contents = [
        q if q.per else replace(q, per=(owned[id(q)],))
        for q in sentence.quantities
        if q.family in AMOUNTS and q.exact and q.sure and (id(q) in owned or _is_content(q))
    ]
    pairs = [pair for pair in pairwise(sentence.quantities) if is_other_form(passage, *pair)]
    forms = [q for pair in pairs for q in pair]
    contents += [replace(b, per=(owned[id(a)],)) for a, b in pairs if id(a) in owned and b.exact]
    amounts = [
        q
        for q in sentence.quantities
        if q.family in AMOUNTS and is_dose(q) and id(q) not in owned and not _LIMITS & {*q.per}
        if q not in forms
    ]
    containers = {(q.per[0], q.per_amount) for q in contents}
    volumes = [
        q
        for q in sentence.quantities
        if q.family == "volume" and not _BODY & {*q.per} and (q.unit, q.low) not in containers
    ]
    if volumes and not amounts and len(filled := [q for q in contents if q.per[0] in _FILLED]) == 1:
        amounts, contents = filled, [q for q in contents if q not in filled]
    if amounts and not contents and (unit := _bare_volume(sentence, amounts, bool(volumes))):
        amounts, contents = amounts[1:], [replace(amounts[0], per=(unit,))]
    rated = any(_BODY & {*q.per} for q in sentence.quantities)
    by_weight = rated or len([q for q in sentence.quantities if q.unit in BODY_UNITS]) > 1
    found = Held(sentence, _once(amounts), _once(volumes), _once(counts), tuple(contents), by_weight)
    if contained := _contained(found):
        return replace(found, contents=(), contained=contained)
    return replace(found, contents=(*found.contents, *_of_unit(found)))


def _contained(found: Held) -> tuple[Quantity, ...]:
    """The only amount of a sentence where words lead to it from a number of units, as a plain amount."""
    if len(found.counts) != 1 or len(found.contents) != 1 or found.amounts or found.volumes:
        return ()
    count, content = found.counts[0], found.contents[0]
    if count.low == 1 or content.per != (count.unit,) or content.span.start < count.span.end:
        return ()
    passage = found.sentence.passage
    between = passage.tokens[passage.token_at(count.span.end) : passage.token_at(content.span.start)]
    at = passage.token_at(content.span.end)
    said = any(token.kind in ("word", "contains") for token in (*between, *passage.tokens[at : at + 1]))
    return (replace(content, per=()),) if said else ()


def _of_a_bare_unit(sentence: Sentence, counts: list[Quantity]) -> dict[int, str]:
    """The strengths of units named without a number: the 5 mg of "of the tablets of 5 mg take three"."""
    masses = [q for q in sentence.quantities if q.family == "mass" and is_dose(q) and not q.per and q.exact]
    passage, found = sentence.passage, {}
    for quantity in masses if not counts else ():
        at = passage.token_at(quantity.span.start)
        near, lead = passage.tokens[at - 1 : at], passage.tokens[max(0, at - 2) : at - 1]
        joined = near and near[0].kind in ("word", "per", "filler", "to")
        unit = lead[0] if joined and lead and lead[0].kind == "unit" else near[0] if near else None
        if unit and unit.kind == "unit" and unit.value in _SOLID:
            found[id(quantity)] = str(unit.value)
    return found


def _bare_volume(sentence: Sentence, amounts: Sequence[Quantity], more: bool) -> str:
    """The volume without a number of which the first amount is told: "in every ml are 100 mg".

    In a sentence with `more` figures it stands behind that amount: "it has 2 mg per ml, so that 5 ml ...".
    """
    passage, first = sentence.passage, amounts[0]
    spans = [q.span for q in sentence.quantities]
    leads = ("per", "every", "each", *(("word",) if sentence.has("contains") else ()))
    found = [
        unit
        for lead, unit in pairwise(sentence.tokens)
        if unit.kind == "unit" and unit.value == "ml" and lead.kind in leads
        if not any(span.start <= unit.start < span.end for span in spans)
    ]
    if not found or first.per or not first.exact:
        return ""
    behind = passage.tokens[passage.token_at(first.span.end) : passage.token_at(found[0].start)]
    near = first.span.end <= found[0].start and all(t.kind in ("word", "filler", "per") for t in behind)
    return str(found[0].value) if near or (len(amounts) == 1 and not more) else ""


def _plain(quantity: Quantity) -> bool:
    return not {*quantity.per} - {"day"}


def _is_content(quantity: Quantity) -> bool:
    return bool(quantity.per) and not is_dose(quantity)


def _once(quantities: list[Quantity]) -> tuple[Quantity, ...]:
    found: dict[object, Quantity] = {}
    for quantity in quantities:
        found.setdefault(
            (quantity.base, quantity.family, quantity.unit if quantity.family == "count" else ""), quantity
        )
    return tuple(found.values())


def bare_units(sentence: Sentence) -> list[str]:
    """The units that a sentence names without a number, or with a "one"."""
    taken = [q.span for q in sentence.quantities if not (q.family == "count" and q.low == 1)]
    units = sentence.passage.grammar.units
    return [
        token.value
        for token in sentence.tokens
        if token.kind == "unit"
        and units[token.value].family == "count"
        and token.value != "dose"
        and not any(span.start <= token.start < span.end for span in taken)
    ]


def _of_unit(found: Held) -> Iterator[Quantity]:
    """What a unit holds that a sentence names alone: "each sachet contains 600 mg"."""
    names = {*bare_units(found.sentence)}
    if len(names) != 1 or any(count.low != 1 for count in found.counts):
        return
    unit = names.pop()
    liquid = [q for q in found.contents if q.per[0] in VOLUMES]
    alone = found.amounts[0] if len(found.amounts) == 1 and not liquid else None
    if (
        alone
        and alone.exact
        and alone.sure
        and not alone.per
        and (found.volumes or found.sentence.has("contains"))
    ):
        yield replace(alone, per=(unit,), per_amount=Decimal(1))
    elif len(liquid) == 1 and not found.amounts and _is_volume_of_unit(found.sentence, liquid[0]):
        yield replace(liquid[0], per=(unit,), per_amount=Decimal(1))


def _is_volume_of_unit(sentence: Sentence, content: Quantity) -> bool:
    """Whether the volume that a content is told for is written out, and so can be that of a unit."""
    return any(
        q.family == "volume" and q.unit == content.per[0] and q.low == content.per_amount
        for q in sentence.quantities
    )
