"""Dose statements: which quantities are doses, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice

from validator.document.quantities import DoseStatement, Intake, Quantity, Role
from validator.facts.passage import Passage
from validator.grammar import Token

_DOSE_FAMILIES = frozenset(("mass", "volume", "amount", "activity", "units", "radioactivity", "count"))
BODY_UNITS = frozenset(("kg", "lb"))
_ROLES: tuple[Role, ...] = ("start", "usual", "total", "maximum", "example")
_MOST = 1000  # dose statements of one leaflet; real ones have fewer than 200
_ROLE_REACH = 8  # tokens over which "starting dose" or "maximum" belongs to the amount after it
_STRENGTH_REACH = 3  # words between tablets and their strength ("2 tablets containing 20 mg")
_JOINING = frozenset(("word", "per", "every", "filler", "to", "contains"))
_LEAD_REACH = 3  # words between an intake and the amount that it leads to
_OPENED = re.compile(r"\([^()\d]{0,12}$")  # "(", "(i.e.", "(das sind"
_DIVISORS = frozenset(("kg", "m2", "day", "week", "hour", "dose"))


def read(
    passages: Sequence[Passage], contexts: Mapping[int, Set[str]] | None = None
) -> tuple[DoseStatement, ...]:
    """The dose statements of some passages, in reading order.

    `contexts` are the populations that the heading over a block names.
    """
    above = contexts or {}
    doses = (dose for passage in passages for dose in _doses(passage, above.get(passage.block, frozenset())))
    return tuple(islice(doses, _MOST))


def is_dose(quantity: Quantity) -> bool:
    """Whether a quantity can be an amount of the medicine: no weight of a person, no time, no strength."""
    if quantity.family not in _DOSE_FAMILIES or quantity.unit in BODY_UNITS:
        return False
    return not quantity.per or quantity.per[0] in _DIVISORS


def _doses(passage: Passage, above: Set[str]) -> Iterator[DoseStatement]:
    roles: dict[int, Role] = {}
    strengths = [_strength_of(passage, q) for q in passage.quantities if q.family == "count"]
    for position, quantity in enumerate(passage.quantities):
        if not is_dose(quantity) or quantity.unit == "dose" or quantity in strengths:
            continue
        in_bracket = passage.text[: quantity.span.start].rstrip().endswith("(")
        named = role_of(passage, quantity)
        said = _ROLES[_ROLES.index(named.kind)] if named else ""
        said = said or (roles.get(position - 1, "") if in_bracket else "")
        roles[position] = said or ("total" if _sums_up(passage, quantity) else "")
        counts = quantity.family == "count"
        units = None if counts else _beside(passage, position, _is_number_of_units)
        yield DoseStatement(
            _of_a_day(passage, quantity, named),
            passage.sentence(quantity.span.start),
            roles[position],
            intake_of(passage, quantity) or (intake_of(passage, units) if units else None),
            units,
            _strength_of(passage, quantity)
            if counts
            else _strength_of(passage, units) or _beside(passage, position, _is_strength),
            None if quantity.family in ("volume", "count") else _beside(passage, position, _is_volume),
            tuple(sorted(passage.populations(quantity.span.start) or above)),
        )


def _sums_up(passage: Passage, quantity: Quantity) -> bool:
    """Whether an amount a day in brackets sums up the dose before them: "10 mg twice a day (20 mg a day)"."""
    return quantity.per == ("day",) and bool(_OPENED.search(passage.text[: quantity.span.start]))


def _is_number_of_units(quantity: Quantity) -> bool:
    return quantity.family == "count" and not set(quantity.per) - {"day"} and quantity.unit != "dose"


def _is_volume(quantity: Quantity) -> bool:
    return quantity.family == "volume" and not quantity.per


def _is_strength(quantity: Quantity) -> bool:
    return bool(quantity.per) and quantity.per[0] not in _DIVISORS


def _strength_of(passage: Passage, units: Quantity | None) -> Quantity | None:
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
    if after is None or after.family != "mass" or after.per or not after.exact:
        return None
    start, end = (passage.token_at(offset) for offset in (units.span.end, after.span.start))
    between = passage.tokens[start:end]
    near = len(between) <= _STRENGTH_REACH and all(token.kind in _JOINING for token in between)
    return after if near else None


def _adjoin(passage: Passage, one: Quantity, other: Quantity) -> bool:
    return passage.token_at(other.span.start) - passage.token_at(one.span.end) == 0


def _of_a_day(passage: Passage, quantity: Quantity, role: Token | None) -> Quantity:
    """The amount, a day's if the words of its role say so: "the maximum daily dose is 40 mg"."""
    daily = role and not quantity.per and role.kind in ("total", "maximum") and passage.is_daily(role)
    return replace(quantity, per=("day",)) if daily else quantity


def role_of(passage: Passage, quantity: Quantity) -> Token | None:
    """The nearest of the words before it in the sentence that give an amount its role.

    A maximum or a total may also be said right after it: "20 mg at most", "60 mg in total".
    """
    at = passage.token_at(quantity.span.start)
    start = passage.sentence_start(quantity.span.start)
    usual = None
    for before in range(at - 1, max(-1, at - 1 - _ROLE_REACH), -1):
        token = passage.tokens[before]
        if token.start < start or token.kind == "num" or (usual and token.kind not in (*_ROLES, "word")):
            break
        if token.kind in _ROLES and token.kind != "usual":
            return _joined(passage.tokens[before - 1], token) if before else token
        if token.kind == "usual":  # its verb may follow another role: "die maximale Dosis beträgt"
            usual = usual or token
    if usual:
        return usual
    after = passage.token_at(quantity.span.end)
    following = passage.tokens[after : after + 2]
    said = following and following[0].kind in ("maximum", "total")
    return following[0] if said and all(token.kind != "num" for token in following) else None


def _joined(before: Token, role: Token) -> Token:
    """The role, or the maximum that it says together with the words before it ("maximum daily dose")."""
    if role.kind == "total" and before.kind == "maximum":
        return Token("maximum", f"{before.value} {role.value}", before.start, role.end)
    return role


def intake_of(passage: Passage, quantity: Quantity) -> Intake | None:
    """How often the amount is taken: stated next after it, else the only one of the sentence."""
    sentence = passage.sentence(quantity.span.start)
    near = [i for i in passage.intakes if passage.sentence(i.span.start) == sentence]
    after = [i for i in near if i.span.start >= quantity.span.end]
    own = _strength_of(passage, quantity) if quantity.family == "count" else None
    doses = [
        q
        for q in passage.quantities
        if is_dose(q) and q is not own and passage.sentence(q.span.start) == sentence
    ]
    for intake in after[:1]:
        between = [q for q in doses if quantity.span.end <= q.span.start < intake.span.start]
        if all(_in_bracket(passage, quantity, q) for q in between):
            return intake
    before = [i for i in near if not passage.text[i.span.end : quantity.span.start].strip()]
    if before and before[-1].span.end <= quantity.span.start:
        return before[-1]
    first = min(quantity.span.start, own.span.start) if own else quantity.span.start
    if near and _leads(passage, near[-1], first):  # "three times a day take 200 mg"
        return near[-1]
    return near[0] if len(near) == 1 and len(doses) == 1 else None


def _leads(passage: Passage, intake: Intake, offset: int) -> bool:
    """Whether an intake stands before an offset with a word or two between."""
    start, end = passage.token_at(intake.span.end), passage.token_at(offset)
    between = passage.tokens[start:end]
    return start <= end <= start + _LEAD_REACH and all(token.kind in ("word", "filler") for token in between)


def _in_bracket(passage: Passage, quantity: Quantity, other: Quantity) -> bool:
    """Whether another amount stands in a bracket that opens after an amount: it says the same again."""
    between = passage.text[quantity.span.end : other.span.start]
    return "(" in between and ")" not in between


def _beside(passage: Passage, position: int, wanted: Callable[[Quantity], bool]) -> Quantity | None:
    """A quantity of some kind beside an amount in brackets: "2 tablets (20 mg)", "20 mg (two tablets)"."""
    for other in (position - 1, position + 1, position - 2, position + 2):
        if 0 <= other < len(passage.quantities):
            quantity = passage.quantities[other]
            if wanted(quantity) and _side_by_side(passage, passage.quantities[position], quantity):
                return quantity
    return None


def _side_by_side(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether nothing but a bracket and a word or two stands between two quantities.

    The strength of what is counted does not part them: "2 tablets of 10 mg (20 mg)".
    """
    first, second = sorted((one, other), key=lambda quantity: quantity.span.start)
    start, end = first.span.end, second.span.start
    if first.family == "count" and (strength := _strength_of(passage, first)):
        start = max(start, strength.span.end)
    if second.family == "count" and (strength := _strength_of(passage, second)):
        end = min(end, strength.span.start)
    between = passage.text[start:end]
    # "Your dose is 150 mg: take two tablets of 75 mg": the strength says that it is the same dose again.
    announced = ": " in between and second.family == "count" and end < second.span.end
    opened = "(" in between or (announced and _strength_of(passage, second) is not None)
    opened = opened or (_is_summed(passage, end) and _strength_of(passage, first) is not None)
    return opened and len(between.split()) <= 3 and not any(char.isdigit() for char in between)


def _is_summed(passage: Passage, offset: int) -> bool:
    """Whether the words right before an offset sum up: "three tablets of 5 mg, which is 15 mg"."""
    at = passage.token_at(offset) - 1
    at -= at > 0 and passage.tokens[at].kind == "."  # "i.e."
    return at >= 0 and passage.tokens[at].kind == "total"
