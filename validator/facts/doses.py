"""Dose statements: which quantities are doses, and what stands beside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice

from validator.document.quantities import DoseStatement, Intake, Quantity, Role
from validator.facts.passage import Passage
from validator.facts.roles import ROLES, is_of_next, is_other_form, is_told_by, role_of
from validator.facts.strengths import JOINING, is_counted_a_day, is_of_longer, strength_of
from validator.grammar import Token

_DOSE_FAMILIES = frozenset(("mass", "volume", "amount", "activity", "units", "radioactivity", "count"))
BODY_UNITS = frozenset(("kg", "lb"))
_MOST = 1000  # dose statements of one leaflet; real ones have fewer than 200
_AIM_REACH = 3  # tokens before an amount in which it is called a dose
_AIM_WORDS = 5  # tokens between that dose and the tablets or the volume that give it
_LEAD_REACH = 3  # words between an intake and the amount that it leads to
_DAY_REACH = 6  # tokens after a maximum in which it may be called that of a day
_DAY_HOURS = 24
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
    strengths = [strength_of(passage, q) for q in passage.quantities if _is_number_of_units(q)]
    timed = _timed(passage)
    for position, quantity in enumerate(passage.quantities):
        if not is_dose(quantity) or quantity.unit == "dose" or quantity in strengths:
            continue
        before = passage.quantities[position - 1] if position else None
        if before and (is_other_form(passage, before, quantity) or _is_second(passage, before, quantity)):
            continue
        in_bracket = passage.text[: quantity.span.start].rstrip().endswith("(")
        named = role_of(passage, quantity)
        said = ROLES[ROLES.index(named.kind)] if named else ""
        said = said or (roles.get(position - 1, "") if in_bracket else "")
        if said == "total" and _is_of_another_day(passage, position, named):
            said = "usual"
        roles[position] = said or ("total" if _sums_up(passage, quantity) else "")
        counts = quantity.family == "count"
        units = None if counts else _beside(passage, position, _is_number_of_units)
        if roles[position] == "total" and _sums_several(passage, position):
            units = None
        if any(is_other_form(passage, quantity, q) for q in passage.quantities[position + 1 : position + 2]):
            units = None  # the tablets may be named by either
        yield DoseStatement(
            of_a_day(passage, quantity, named),
            passage.sentence(quantity.span.start),
            roles[position],
            intake_of(passage, quantity) or (intake_of(passage, units) if units else None),
            units,
            strength_of(passage, quantity)
            if counts
            else strength_of(passage, units) or _beside(passage, position, _is_strength),
            None if quantity.family in ("volume", "count") else _beside(passage, position, _is_volume),
            tuple(sorted(passage.populations(quantity.span.start) or above)),
            quantity in timed,
            _is_lower(passage, quantity),
        )


def _is_second(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether an amount is that of the second substance of a strength: the 0.36 mg of "1.4 mg/0.36 mg"."""
    return passage.text[one.span.end : other.span.start].strip() == "/"


def _is_lower(passage: Passage, quantity: Quantity) -> bool:
    """Whether the words before an amount, after the one before it and outside brackets, call it lower."""
    start = passage.sentence_start(quantity.span.start)
    ahead = [q.span.end for q in passage.quantities if start <= q.span.start < quantity.span.start]
    start = max([start, *ahead])
    closed = passage.folded.rfind(")", start, quantity.span.start)
    return passage.says("lower", max(start, closed + 1), quantity.span.start)


def _is_of_another_day(passage: Passage, position: int, named: Token | None) -> bool:
    """Whether the dose that follows in a sentence is not what its first one, a day's dose, is made of."""
    quantity = passage.quantities[position]
    sentence = passage.sentence(quantity.span.start)
    doses = [q for q in passage.quantities if is_dose(q) and passage.sentence(q.span.start) == sentence]
    if named is None or named.start > quantity.span.start or doses[0] is not quantity or len(doses) == 1:
        return False
    return not is_told_by(passage, quantity, doses[1])


def _timed(passage: Passage) -> Sequence[Quantity]:
    """The amounts between which and their neighbours a time of the day stands ("in the morning")."""
    times = [token.start for token in passage.tokens if token.kind == "day-time"]
    if not times:
        return ()
    owned = [strength_of(passage, q) for q in passage.quantities if q.family == "count"]
    doses = [q for q in passage.quantities if is_dose(q) and q not in owned]
    unclear = _uncounted(passage)
    found = []
    for before, dose, after in zip([None, *doses], doses, [*doses[1:], None], strict=False):
        sentence = passage.sentence(dose.span.start)
        start = max(before.span.end if before else 0, passage.sentence_start(dose.span.start))
        first = bisect_left(times, start)
        near = first < len(times) and (after is None or times[first] < after.span.start)
        if near and passage.sentence(times[first]) == sentence and sentence not in unclear:
            found.append(dose)
    return found


def _uncounted(passage: Passage) -> Set[int]:
    """The sentences with a figure without a unit: the "2" of "1 tablet in the morning and 2 at night"."""
    read = sorted([q.span for q in passage.quantities] + [i.span for i in passage.intakes])
    starts = [span.start for span in read]
    found: set[int] = set()
    for at, token in enumerate(passage.tokens):
        if token.kind not in ("num", "number-word"):
            continue
        # "ein" may be any word, but not before a time of the day.
        following = passage.tokens[at + 1 : at + 3]
        article = token.kind == "number-word" and token.value.value == 1
        within = bisect_right(starts, token.start) - 1
        around = read[max(0, within - 1) : within + 1]  # a number of tablets may hold their strength
        counted = any(token.start < span.end for span in around)
        if not counted and not (article and all(near.kind != "day-time" for near in following)):
            found.add(passage.sentence(token.start))
    return found


def _sums_several(passage: Passage, position: int) -> bool:
    """Whether several numbers of tablets stand before a total in its sentence: it is that of none of them."""
    sentence = passage.sentence(passage.quantities[position].span.start)
    before = passage.quantities[:position]
    counted = [q for q in before if _is_number_of_units(q) and passage.sentence(q.span.start) == sentence]
    return len(counted) > 1


def _sums_up(passage: Passage, quantity: Quantity) -> bool:
    """Whether an amount a day in brackets sums up the dose before them: "10 mg twice a day (20 mg a day)"."""
    return quantity.per == ("day",) and bool(_OPENED.search(passage.text[: quantity.span.start]))


def _is_number_of_units(quantity: Quantity) -> bool:
    return quantity.family == "count" and not set(quantity.per) - {"day"} and quantity.unit != "dose"


def _is_volume(quantity: Quantity) -> bool:
    return quantity.family == "volume" and not quantity.per


def _is_strength(quantity: Quantity) -> bool:
    return bool(quantity.per) and quantity.per[0] not in _DIVISORS


def of_a_day(passage: Passage, quantity: Quantity, role: Token | None) -> Quantity:
    """The amount, a day's if the words of its role say so: "the maximum daily dose is 40 mg"."""
    after = passage.token_at(quantity.span.end)
    if not quantity.per and is_of_longer(passage, after):
        return quantity  # "at most 3 tablets a day on 10 days, i.e. 30 tablets a month"
    daily = role and not quantity.per and role.kind in ("total", "maximum") and passage.is_daily(role)
    named = not quantity.per and after < len(passage.tokens) and passage.is_daily_dose(after)
    daily = daily or named or is_counted_a_day(passage, quantity) or _is_most_a_day(passage, quantity, role)
    return replace(quantity, per=("day",)) if daily else quantity


def _is_most_a_day(passage: Passage, quantity: Quantity, role: Token | None) -> bool:
    """Whether a maximum is that of a day by the words after it: "no more than 4 tablets in any 24 hours"."""
    if role is None or role.kind != "maximum" or quantity.per:
        return False
    start = quantity.span.end
    after = passage.tokens[passage.token_at(start) :][:_DAY_REACH]
    stop = after[-1].end if after else start
    if any(start <= intake.span.start < stop for intake in passage.intakes):
        return False
    if any(
        q.unit == "hour" and q.low == _DAY_HOURS and start <= q.span.start < stop for q in passage.quantities
    ):
        return passage.sentence(after[-1].start) == passage.sentence(start)  # "in any 24 hours"
    said = passage.first_said("of-a-day", start, stop)
    return said is not None and passage.sentence(said[0]) == passage.sentence(start)


def intake_of(passage: Passage, quantity: Quantity) -> Intake | None:
    """How often the amount is taken: stated next after it, else the only one of the sentence."""
    sentence = passage.sentence(quantity.span.start)
    near = [i for i in passage.intakes if passage.sentence(i.span.start) == sentence]
    after = [i for i in near if i.span.start >= quantity.span.end]
    own = strength_of(passage, quantity) if quantity.family == "count" else None
    doses = [
        q
        for q in passage.quantities
        if is_dose(q) and q is not own and passage.sentence(q.span.start) == sentence
    ]
    for intake in after[:1]:
        if is_of_next(passage, quantity, intake, doses):
            break
        between = [q for q in doses if quantity.span.end <= q.span.start < intake.span.start]
        if all(_in_bracket(passage, quantity, q) for q in between):
            return intake
    first = min(quantity.span.start, own.span.start if own else quantity.span.start)
    before = [i for i in near if not passage.text[i.span.end : first].strip()]
    if before and before[-1].span.end <= first:
        return before[-1]
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
    if first.family == "count" and (strength := strength_of(passage, first)):
        start = max(start, strength.span.end)
    if second.family == "count" and (strength := strength_of(passage, second)):
        end = min(end, strength.span.start)
    between = passage.text[start:end]
    if _is_aim(passage, first, second, start, end):
        return True
    # "Your dose is 150 mg: take two tablets of 75 mg": the strength says that it is the same dose again.
    announced = ": " in between and second.family == "count" and end < second.span.end
    opened = "(" in between or (announced and strength_of(passage, second) is not None)
    told = first if first.family == "count" else second
    opened = opened or (_is_summed(passage, end) and strength_of(passage, told) is not None)
    return opened and len(between.split()) <= 3 and not any(char.isdigit() for char in between)


def _is_aim(passage: Passage, first: Quantity, second: Quantity, start: int, end: int) -> bool:
    """Whether a dose is said to be what some tablets or a volume give: "for a dose of 60 mg take 2 tablets".

    The tablets carry their strength with them; nothing but words stands between, and no "and".
    """
    at = passage.token_at(first.span.start)
    if first.family != "mass" or not _names_dose(passage.tokens[max(0, at - _AIM_REACH) : at]):
        return False
    if not (second.family == "volume" or (second.family == "count" and strength_of(passage, second))):
        return False
    between = passage.tokens[passage.token_at(start) : passage.token_at(end)]
    plain = all(token.kind in (*JOINING, ",", ":", "total") for token in between)
    return plain and 0 < len(between) <= _AIM_WORDS


def _names_dose(tokens: Sequence[Token]) -> bool:
    """Whether some tokens right before an amount call it a dose, and no special one."""
    named = [at for at, token in enumerate(tokens) if token.kind == "unit" and token.value == "dose"]
    return bool(named) and all(token.kind in ("word", "filler", "per") for token in tokens[named[-1] + 1 :])


def _is_summed(passage: Passage, offset: int) -> bool:
    """Whether the words right before an offset sum up: "three tablets of 5 mg, which is 15 mg"."""
    at = passage.token_at(offset) - 1
    at -= at > 0 and passage.tokens[at].kind == "."  # "i.e."
    return at >= 0 and passage.tokens[at].kind == "total"
