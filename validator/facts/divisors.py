"""What an amount is divided by: "mg/kg/day", "per kg of body weight a day", "in 5 ml"."""

from __future__ import annotations

from decimal import Decimal

from validator.document.quantities import Quantity
from validator.facts.intakes import IntakeReader

BODY = frozenset(("kg", "lb"))
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
            if not found and skip > at and self.kind(skip) == "word" and self._body(skip + 2):
                skip += 1  # "1.5 mg of the medicine for each kilogram"
            # "50 mg in each 5 ml", "4 tablets in a day"
            skip += self.kind(skip) == "per" and self.kind(skip + 1) in ("per", "each")
            # "10 mg günde 2 kez" is 10 mg, twice a day.
            if self.kind(skip) == "each" and (found or skip - at < 2) and self.times(skip + 1) is None:
                found.append(self.tokens[skip].value)
                at = skip + 1
                continue
            if self.kind(skip) not in ("/", "per"):
                return tuple(found), amount, at
            number = self.number(skip + 1)
            divisor = skip + 1 + (number is not None)
            # "5 mg/10 mg" and "500 mg/400 IU" are two strengths, "every 6 hours" is an intake.
            whole = ("time", "activity", "units", self.family(unit_at))
            odd = number and (found or number.value <= 0 or self.family(divisor) in whole)
            if self.kind(divisor) != "unit" or odd:
                return tuple(found), amount, at
            if number:
                amount = number.value
            found.append(self.tokens[divisor].value)
            at = divisor + 1

    def _body(self, at: int) -> bool:
        """Whether a token is the unit of a weight or surface after a "per"."""
        per = self.kind(at - 1) in ("/", "per") and self.kind(at) == "unit"
        return per and self.tokens[at].value in (*BODY, "m2")

    def each_before(self, at: int) -> int | None:
        """A "günde" or "kg başına" that stands before the amount in the same clause."""
        for before in range(at - 1, max(-1, at - 1 - _EACH_BEFORE), -1):
            if self.kind(before) == "each":
                owned = any(
                    span.start <= self.tokens[before].start < span.end
                    for span in (*(q.span for q in self.quantities), *(i.span for i in self.intakes))
                )
                return None if owned else before
            if self.kind(before) not in ("word", "filler", "usual", "maximum", "minimum", "start", ":"):
                return None
        return None
