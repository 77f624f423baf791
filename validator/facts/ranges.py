"""Ranges of figures: "0.5 to 1.0", "10 mg - 20 mg", "between 10 and 20 kg", "500 mg to 1 g"."""

from __future__ import annotations

from validator.facts.figures import Cursor
from validator.grammar import Number

AMOUNTS = frozenset(("mass", "volume", "amount", "activity", "units", "radioactivity"))
_BODY_UNITS = frozenset(("kg", "lb"))
_BETWEEN_AFTER = 2  # tokens after a range in which "between" may stand


class RangeReader(Cursor):
    """Reads the upper figure of a range."""

    def upper(self, at: int, after: int) -> tuple[Number | None, int]:
        """The upper figure of a range and the token after it: "0.5 to 1.0", "10 mg - 20 mg".

        "10 to less than 20 kg" is a range, too.
        """
        own_unit = self.kind(after) == "unit"
        sign = after + own_unit
        if not self._is_range(at, sign):
            return None, after
        below = self.kind(sign) in ("to", "below") and self.kind(sign + 1) in (
            "below",
            "<",
            "≤",
        )  # "bis unter" may be one token
        found = self.figure(sign + 1 + below)
        if found is None or not own_unit:
            return found or (None, after)
        alike = self.kind(found[1]) == "unit" and self._kin(after, found[1])
        return found if alike else (None, after)

    def _kin(self, one: int, other: int) -> bool:
        """Whether two units are the same, or amounts of the same family: kilograms are those of a body."""
        units = {self.tokens[one].value, self.tokens[other].value}
        alike = self.family(one) == self.family(other) in (*AMOUNTS, "months")
        return len(units) == 1 or (alike and not units & _BODY_UNITS)

    def in_unit(self, number: Number, own_at: int, unit_at: int) -> Number:
        """The lower figure of a range in the unit of the upper one: the 0.5 of "500 mg to 1 g"."""
        if self.kind(own_at) != "unit" or own_at == unit_at or self.kind(unit_at) != "unit":
            return number
        own, unit = (self.grammar.units[self.tokens[at].value] for at in (own_at, unit_at))
        scale = own.factor / unit.factor
        return number if scale == 1 else number._replace(value=number.value * scale, step=number.step * scale)

    def _is_range(self, at: int, sign: int) -> bool:
        """Whether what stands between two figures makes a range: "to" does, "and" only with "between"."""
        if self.kind(sign) in ("-", "to") or self._is_to_below(sign):
            return True
        if self.kind(sign) != "and":
            return False
        if self._is_either(at, sign):
            return True
        after = self.kinds[sign + 2 : sign + 2 + _BETWEEN_AFTER]  # "10 és 20 kg között"
        return self.kind(at - 1) == "between" or "between" in after

    def _is_either(self, at: int, sign: int) -> bool:
        """Whether "or" stands between a figure and the next higher one: "1 or 2 tablets"."""
        one, other = self.number(at), self.number(sign + 1)
        near = sign == at + 1 and one is not None and other is not None and other.value == one.value + 1
        either = self.grammar.cues["either"].fullmatch(str(self.tokens[sign].value))
        return near and either is not None and one is not None and one.step == 1

    def _is_to_below(self, sign: int) -> bool:
        """Whether a word for "below" begins with one for "to", as "bis unter" does."""
        if self.kind(sign) != "below":
            return False
        first = str(self.tokens[sign].value).partition(" ")
        return bool(first[2]) and first[0] in self.grammar.data.dosing.get("to", ())
