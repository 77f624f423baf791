"""What the words about an amount make of it: a starting dose, a usual one, a total, a maximum."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from validator.document.quantities import Intake, Quantity, Role
from validator.facts.passage import Passage
from validator.facts.strengths import strength_of
from validator.grammar import Token

ROLES: tuple[Role, ...] = ("start", "usual", "total", "maximum", "example")
_ROLE_REACH = 8  # tokens over which "starting dose" or "maximum" belongs to the amount after it
_JOINED = 3  # tokens before "daily dose" in which "maximum" may stand
_FORBIDS = 12  # tokens around a figure in which its sentence says "not"
_TOLD_AFTER = 3  # tokens behind an amount in which the words may stand that make it the parts of a total
_TYPICAL = 8  # tokens after an amount in which it is said to suffice for most people
_EXCEEDED = 6  # tokens between an amount and the word for "exceed" that it is the object of
_NAME = 4  # tokens of the name of a substance
_ALIKE = 5  # letters by which the names of two salts of a substance begin alike
_SHORT = 4  # letters of the shortest name: "base", "salt"
_NAME_AND_VERB = 2  # words between a salt's amount and what it yields
_YIELDING = frozenset(("word", "filler", "contains", "per", ",", "-", "(", ")", "total"))
_ELEMENT = 3  # letters of the name of what a salt yields: "fer", "vas"
_NAMED_AFTER = 6  # tokens after an amount in which words for a start or a maximum may be those of it


def role_of(passage: Passage, quantity: Quantity) -> Token | None:
    """The nearest of the words before it in the sentence that give an amount its role.

    A maximum or a total may also be said right after it: "20 mg at most", "60 mg in total".
    """
    at = passage.token_at(quantity.span.start)
    start = passage.sentence_start(quantity.span.start)
    usual = None
    for before in range(at - 1, max(-1, at - 1 - _ROLE_REACH), -1):
        token = passage.tokens[before]
        if token.start < start or token.kind == "num" or (usual and token.kind not in (*ROLES, "word")):
            break
        if token.kind in ROLES and token.kind != "usual":
            role = _joined(passage.tokens[max(0, before - _JOINED) : before], token)
            return _unless_forbidden(passage, quantity, role)
        if passage.is_daily_dose(before):
            total = token._replace(kind="total", value=f"{passage.tokens[before - 1].value} {token.value}")
            role = _joined(passage.tokens[max(0, before - _JOINED) : before], total)
            return _unless_forbidden(passage, quantity, role)
        if token.kind == "usual":  # its verb may follow another role: "die maximale Dosis beträgt"
            usual = usual or token
    if usual:
        return usual
    after = _past_ending(passage, passage.token_at(quantity.span.end))
    return (
        _named_after(passage, after, ("maximum", "total"), 2)
        or _named_after(passage, after, ("maximum", "start"), _NAMED_AFTER)
        or _forbidden(passage, at, after)
        or _typical(passage, start, quantity)
    )


def _past_ending(passage: Passage, after: int) -> int:
    """The token behind an amount, an ending that a hyphen joins to it left out: "120 mg-nál többet"."""
    near = passage.tokens[after : after + 2]
    joined = (
        len(near) == 2 and near[0].kind == "-" and near[1].kind == "word" and near[0].end == near[1].start
    )
    return after + 2 if joined and after and passage.tokens[after - 1].end == near[0].start else after


def _typical(passage: Passage, start: int, quantity: Quantity) -> Token | None:
    """The usual dose of "most people need 40 mg"."""
    following = passage.tokens[passage.token_at(quantity.span.end) :][:_TYPICAL]
    stop = next(
        (token.start for token in following if token.kind == "num"), following[-1].end if following else 0
    )
    said = passage.says("typical", start, max(stop, quantity.span.start))
    return Token("usual", "", start, start) if said else None


def is_told_by(passage: Passage, total: Quantity, part: Quantity) -> bool:
    """Whether the amount after a day's dose is its part: "60 mg, taken as 20 mg three times a day".

    “10 mg, increasing to 20 mg twice a day” tells of two days.
    """
    between = passage.text[total.span.end : part.span.start]
    if ("(" in between and ")" not in between) or not any(char.isalpha() for char in between):
        return True
    start, end = passage.token_at(total.span.end), passage.token_at(part.span.start)
    behind = passage.tokens[passage.token_at(part.span.end) :][:_TOLD_AFTER]
    if passage.says("taken-as", total.span.end, behind[-1].end if behind else part.span.end):
        return True
    return any(token.kind in ("total", "divided", ":", "=") for token in passage.tokens[start:end])


def is_other_form(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether two amounts are of two salts: "95 mg of the succinate, equal to 100 mg of the tartrate".

    The names after them differ, but share the beginning of a word; of what one tablet is said to contain
    ("118.5 mg hydrochloride, equal to 100 mg of the base") they only need to differ.
    """
    if one.family != other.family or one.base == other.base:
        return False
    if _is_yield(passage, one, other):
        return True
    if one.per != other.per:
        return False
    start, end = passage.token_at(one.span.end), passage.token_at(other.span.start)
    if not any(token.kind in ("total", "(", "=") for token in passage.tokens[start:end]):
        if not passage.says("thus", one.span.end, other.span.start):
            return False
    if any(one.span.end <= intake.span.start < other.span.start for intake in passage.intakes):
        return False
    names = [_name_after(passage, quantity, _SHORT) for quantity in (one, other)]
    if _is_contained(passage, one) and all(names) and set(names[0]).isdisjoint(names[1]):
        return True
    first, second = ([word for word in name if len(word) >= _ALIKE] for name in names)
    if not first or not second or first == second:
        return False
    return not {word[:_ALIKE] for word in first}.isdisjoint(word[:_ALIKE] for word in second)


def _is_yield(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether one tablet of a salt is said, by any verb, to hold less of something else.

    “One 325 mg tablet of ferrous fumarate provides 107 mg of iron.”
    """
    if one.family != "mass" or other.base >= one.base or other.per or not (one.exact and other.exact):
        return False
    if passage.sentence(one.span.start) != passage.sentence(other.span.start):
        return False
    start, end = passage.token_at(one.span.end), passage.token_at(other.span.start)
    between, units = passage.tokens[start:end], passage.grammar.units
    if between and between[-1].kind == ".":
        between = between[:-1]  # "ca. 107 mg"
    own = [t for t in between if t.kind == "unit" and units[t.value].family == "count"]
    plain = all(token.kind in _YIELDING or token in own[:1] for token in between)
    whose = _name_after(passage, other, _ELEMENT)
    words = [t.value for t in between if t.kind in ("word", "contains", "total") and len(t.value) >= _ELEMENT]
    closed = [t.kind for t in between].count("(") == [t.kind for t in between].count(
        ")"
    )  # "Eisen(II)-sulfat"
    differ = words[:1] != whose[:1] or len(words) > len(whose) + 1  # "kalcio karbonato ... kalcio"
    named = len(words) >= _NAME_AND_VERB and bool(whose) and differ and closed
    return plain and named and (_is_contained(passage, one) or _is_of_one(passage, one))


def _is_of_one(passage: Passage, strength: Quantity) -> bool:
    """Whether an amount is the strength of the one tablet that it stands beside."""
    at = passage.quantities.index(strength)
    beside = passage.quantities[max(0, at - 1) : at + 2]
    counted = (q for q in beside if q.family == "count" and q.low == q.high == 1)
    return any(strength_of(passage, q) is strength for q in counted)


def is_of_next(passage: Passage, quantity: Quantity, intake: Intake, doses: Sequence[Quantity]) -> bool:
    """Whether an intake behind a comma leads to the next dose: "400 mg once, then every 12 hours 200 mg"."""
    apart = any(sign in passage.text[quantity.span.end : intake.span.start] for sign in ",;")
    following = next((q for q in doses if q.span.start >= intake.span.end), None)
    return (
        apart and following is not None and not passage.text[intake.span.end : following.span.start].strip()
    )


def are_two_substances(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether two amounts are of two substances: "320 mg and 10 mg", "160 mg of one and 5 mg of another"."""
    if one.family != other.family or one.family == "count":
        return False
    start, end = passage.token_at(one.span.end), passage.token_at(other.span.start)
    kinds = [token.kind for token in passage.tokens[start:end]]
    return kinds.count("and") == 1 and all(kind in ("word", "filler", "and") for kind in kinds)


def _is_contained(passage: Passage, quantity: Quantity) -> bool:
    """Whether the verb right before an amount, or behind its name, says that something contains it."""
    at, after = passage.token_at(quantity.span.start), passage.token_at(quantity.span.end)
    behind = takewhile(
        lambda token: token.kind in ("word", "contains"), passage.tokens[after : after + _NAME]
    )
    return any(token.kind == "contains" for token in (*passage.tokens[max(0, at - 1) : at], *behind))


def _name_after(passage: Passage, quantity: Quantity, least: int) -> list[str]:
    """The words that follow an amount: what it is an amount of."""
    at = passage.token_at(quantity.span.end)
    words = takewhile(lambda token: token.kind in ("word", "filler"), passage.tokens[at : at + _NAME])
    return [token.value for token in words if token.kind == "word" and len(token.value) >= least]


def _forbidden(passage: Passage, at: int, after: int) -> Token | None:
    """The maximum of "more than 40 mg a day must not be taken": a figure "above" which a sentence forbids."""
    beside = [*passage.tokens[max(0, at - 1) : at], *passage.tokens[after : after + 1]]
    above = next((token for token in beside if token.kind == "above"), None) or _exceeded(passage, at, after)
    if above is None:
        return None
    sentence = passage.sentence(above.start)
    if sentence != passage.sentence(passage.tokens[at].start):
        return None
    near = passage.tokens[max(0, at - _FORBIDS) : after + _FORBIDS]
    near = [token for token in near if passage.sentence(token.start) == sentence]
    return above._replace(kind="maximum") if passage.denies(near[0].start, near[-1].end) else None


def _exceeded(passage: Passage, at: int, after: int) -> Token | None:
    """The word for "exceed" whose object an amount is: no other figure stands between them."""
    for side in (
        passage.tokens[max(0, at - _EXCEEDED) : at][::-1],
        passage.tokens[after : after + _EXCEEDED],
    ):
        for token in side:
            if token.kind in ("num", "number-word"):
                break
            if token.kind == "exceed":
                return token
    return None


def _unless_forbidden(passage: Passage, quantity: Quantity, role: Token) -> Token | None:
    """The role, or the maximum of "the total daily dose must not exceed 40 mg".

    “The total daily dose may be increased by 5 mg” names no total.
    """
    if role.kind != "total":
        return role
    start = passage.sentence_start(quantity.span.start)
    before = [q.span.end for q in passage.quantities if start <= q.span.start < quantity.span.start]
    if passage.says("change", max([start, *before]), quantity.span.start):
        return None
    at, after = passage.token_at(quantity.span.start), passage.token_at(quantity.span.end)
    most = _named_after(passage, after, ("maximum",), 2) or _forbidden(passage, at, after)
    return role._replace(kind="maximum") if most else role


def _named_after(passage: Passage, at: int, roles: Sequence[str], reach: int) -> Token | None:
    """The role that an amount right before it is named by: "20 mg at most", "25 mg olan başlangıç dozu"."""
    following = passage.tokens[at : at + reach]
    for near, token in enumerate(following):
        if token.kind in roles:
            # "600 mg, that is three tablets": the total is what follows
            stops = ("num", "number-word", ":") if token.kind == "total" else ("num", ":")
            often = passage.tokens[at + near + 1 : at + near + 2]  # "2 tablets up to four times a day"
            counts = token.kind == "maximum" and any(t.kind in ("number-word", "intake") for t in often)
            free = not counts and all(
                later.kind not in stops for later in passage.tokens[at + near + 1 : at + reach + 1]
            )
            return token if free else None
        if token.kind != "word" and not (near == 0 and token.kind == ","):
            return None
    return None


def _joined(before: Sequence[Token], role: Token) -> Token:
    """The role, or the maximum that it says together with the words before it ("maximum daily dose")."""
    for token in reversed(before):
        if role.kind == "total" and token.kind == "maximum":
            return Token("maximum", f"{token.value} {role.value}", token.start, role.end)
        if token.kind != "word":
            break
    return role
