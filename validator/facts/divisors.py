"""What an amount is divided by: "mg/kg/day", "per kg of body weight a day", "in 5 ml"."""

from __future__ import annotations

from decimal import Decimal

from validator.document.quantities import Quantity
from validator.facts.intakes import IntakeReader

BODY = frozenset(("kg", "lb"))
_NAME = 3  # words between an amount and "per kg"
_EACH_BEFORE = 5  # tokens over which "a day" that stands first belongs to the amount after it


class DivisorReader(IntakeReader):
    """Reads the divisors behind or before an amount."""

    quantities: list[Quantity]

    def per(self, unit_at: int, at: int) -> tuple[tuple[str, ...], Decimal, int]:
        """The units that the amount is divided by: "/kg/day", "per kg of body weight a day", "in 5 ml"."""
        found: list[str] = []
        amount = Decimal(1)
        while True:
            skip = at + (self.kind(at) == "filler")
            if not found:
                skip = self._past_name(skip)
            # "50 mg in each 5 ml", "4 tablets in a day"
            skip += self.kind(skip) == "per" and self.kind(skip + 1) in ("per", "each")
            # "10 mg günde 2 kez" is 10 mg, twice a day.
            timed = self._is_time(skip) and self.times(skip + 1) is not None
            if self.kind(skip) == "each" and (found or skip - at < 2) and not timed:
                found.append(self.tokens[skip].value)
                at = skip + 1
                continue
            if self.kind(skip) not in ("/", "per"):
                return tuple(found), amount, at
            number = self.number(skip + 1)
            divisor = skip + 1 + (number is not None)
            # "5 mg/10 mg" and "500 mg/400 IU" are two strengths, "every 6 hours" is an intake.
            whole = ("time", "activity", "units", self.family(unit_at))
            body = number and number.value == 1 and self._body_at(divisor, skip)  # "10 mg per 1 kg"
            odd = number and not body and (found or number.value <= 0 or self.family(divisor) in whole)
            if self.kind(divisor) != "unit" or odd:
                return tuple(found), amount, at
            if number:
                amount = number.value
            found.append(self.tokens[divisor].value)
            at = divisor + 1

    def _is_time(self, at: int) -> bool:
        """Whether the "each" at a token is each of some time, and no "for each kilogram"."""
        return self.kind(at) == "each" and self.tokens[at].value not in (*BODY, "m2")

    def _past_name(self, at: int) -> int:
        """The token after the name of what is given: "1.5 mg of the medicine for each kilogram"."""
        for after in range(at, at + 1 + _NAME):
            if after > at and self._body(after):
                return after
            if self.kind(after) not in ("word", "filler"):
                break
        return at

    def _body(self, at: int) -> bool:
        """Whether "per" with the unit of a weight or surface stands at a token."""
        if self.kind(at) == "each":
            return self.tokens[at].value in (*BODY, "m2")
        return self._body_at(at + 1, at)

    def each_before(self, at: int) -> str | None:
        """The "günde", "kg başına" or "for each kilogram" before the amount in the same clause."""
        for before in range(at - 1, max(-1, at - 1 - _EACH_BEFORE), -1):
            one = self._is_one(before - 1)
            if self.kind(before) == "each" and self._is_time(before) and self.number(before - 1):
                return None  # "24 saatte": in so many hours
            if self.kind(before) == "each" or self._body_at(before, before - 1 - one):
                divided = (q.span for q in self.quantities if q.per)
                owned = any(
                    span.start <= self.tokens[before].start < span.end
                    for span in (*divided, *(i.span for i in self.intakes))
                )
                return None if owned else str(self.tokens[before].value)
            if self.kind(before) not in ("word", "filler", "usual", "maximum", "minimum", "start", ":", "-"):
                return None
        return None

    def body_before(self, at: int) -> str | None:
        """The "for each kilogram" right before the "a day" that stands before the amount."""
        for before in range(at - 1, max(-1, at - 1 - _EACH_BEFORE), -1):
            if self.kind(before) == "each":
                body = self.kind(before - 1) == "each" and self._body(before - 1)
                return str(self.tokens[before - 1].value) if body and self._is_time(before) else None
        return None

    def _is_one(self, at: int) -> bool:
        number = self.number(at)
        return number is not None and number.value == 1

    def _body_at(self, at: int, per: int) -> bool:
        """Whether the unit of a weight or surface stands at a token, and "per" at another."""
        unit = self.kind(at) == "unit" and self.tokens[at].value in (*BODY, "m2")
        return unit and self.kind(per) in ("/", "per")
