"""How often something is taken: "three times a day", "every 6 hours", "in two divided doses"."""

from __future__ import annotations

from decimal import Decimal

from validator.document.location import Span
from validator.document.quantities import Intake
from validator.document.text import fold_wording
from validator.facts.figures import Cursor

_DIVIDED_REACH = 4  # tokens between "divided" and the number of parts
_DIVIDED_AFTER = 6  # and after it, where the verb stands last: "auf 2 Einzelgaben zu je 40 mg verteilt"
_EACH_REACH = 4  # tokens between "each" and a number of meals
_MOST_MEALS = 4  # a day has no more
_MOST_PARTS = 8  # a day's dose is divided into no more


class IntakeReader(Cursor):
    """Reads intakes at a token; what it finds is kept in `intakes`."""

    block: int
    folded: str
    intakes: list[Intake]

    def intake(self, at: int) -> int | None:
        """The token after the intake that begins at a token, None if none does."""
        if self.kind(at) == "day-parts":
            return self._add_intake(at, at + 1, self.tokens[at].value, "day")
        return (
            self._times_per(at)
            or self._per_times(at)
            or self._every(at)
            or self._meals(at)
            or self._daily_doses(at)
            or self._divided(at)
        )

    def times(self, at: int) -> tuple[Decimal, int] | None:
        """ "once" or "3 times": how many, and the token after it."""
        if self.kind(at) == "intake":
            return self.tokens[at].value, at + 1
        number = self.number(at)
        return (number.value, at + 2) if number and self.kind(at + 1) == "times" else None

    def _times_per(self, at: int) -> int | None:
        """ "three times a day", "once every 2 weeks", "twice daily"."""
        if (times := self.times(at)) is None:
            return None
        count, after = times
        if self.kind(after) == "each":
            return self._add_intake(at, after + 1, count, self.tokens[after].value)
        if self.kind(after) in ("alternate", "other"):
            return self._alternate(after, at, count)
        if self.kind(after) in ("per", "every"):
            every = self.number(after + 1)
            unit_at = after + 1 + (every is not None)
            if self.family(unit_at) in ("time", "months"):
                period = every.value if every else Decimal(1)
                return self._add_intake(at, unit_at + 1, count, self.tokens[unit_at].value, period)
        return None

    def _per_times(self, at: int) -> int | None:
        """ "günde 3 kez": the period stands first."""
        if self.kind(at) != "each" or (times := self.times(at + 1)) is None:
            return None
        if self.grammar.units[self.tokens[at].value].family not in ("time", "months"):
            return None  # "8 mg per kg once a day"
        return self._add_intake(at, times[1], times[0], self.tokens[at].value)

    def _every(self, at: int) -> int | None:
        """ "every 6 hours", "hver 6. time", "6 tunnin välein", "every other day"."""
        if self.kind(at) in ("alternate", "other"):
            return self._alternate(at, at, Decimal(1))
        if (every := self.number(at)) and every.value > 0:
            if self.kind(at + 1) == "at-intervals":
                return self._add_intake(at, at + 2, Decimal(1), self.tokens[at + 1].value, every.value)
            if self.kind(at + 1) == "per" and (stop := self._number_twice(at, every.value)):
                return stop
            once = self.number(at + 2) if self.kind(at + 1) == "each" else None
            if once and once.value == 1 and self.kind(at + 2) == "number-word":  # "8 saatte bir"
                return self._add_intake(at, at + 3, Decimal(1), self.tokens[at + 1].value, every.value)
        leads = self.kind(at) == "every" or (self.kind(at) == "per" and self.tokens[at].value == "every")
        every = self.number(at + 1) if leads else every
        unit_at = at + leads + 1
        unit_at += self.kind(unit_at) == "."  # an ordinal
        trails = self.kind(unit_at + 1) == "interval"
        if not every or every.value <= 0 or self.family(unit_at) not in ("time", "months"):
            return None
        if not leads and not trails:
            return None
        if leads and self.kind(unit_at + 1) == "course":  # "po 3 týdnech léčby": after three weeks of it
            return None
        return self._add_intake(at, unit_at + 1 + trails, Decimal(1), self.tokens[unit_at].value, every.value)

    def _alternate(self, at: int, start: int, times: Decimal) -> int | None:
        """ "every other day", "om de dag"; `start` is where the intake begins ("once every other day")."""
        unit_at = at + (self.kind(at) == "other")
        if unit_at > at and self.family(unit_at) != "time":
            return None
        return self._add_intake(start, unit_at + 1, times, self.tokens[unit_at].value, Decimal(2))

    def _number_twice(self, at: int, value: Decimal) -> int | None:
        """ "(de) 8 em 8 horas": every eight hours; the second token is a "per"."""
        again = self.number(at + 2)
        if not again or again.value != value or self.family(at + 3) not in ("time", "months"):
            return None
        return self._add_intake(at, at + 4, Decimal(1), self.tokens[at + 3].value, value)

    def _meals(self, at: int) -> int | None:
        """ "at each of the three main meals": three times a day."""
        meals = self.number(at)
        if not meals or meals.step != 1 or not 1 < meals.value <= _MOST_MEALS:
            return None
        stop = at + 1
        while self.kind(stop) == "word" and stop < at + 3:
            stop += 1
        each = self.kind(stop) == "meal" and self.grammar.cues["each-of"].search(
            self.folded, self.tokens[max(0, at - _EACH_REACH)].start, self.tokens[at].start
        )
        return self._add_intake(at, stop + 1, meals.value, "day") if each else None

    def _daily_doses(self, at: int) -> int | None:
        """ "three daily doses (of 250 mg)", "3 tomas diárias": three times a day."""
        doses = self.number(at)
        if not doses or doses.step != 1 or not 1 < doses.value <= _MOST_PARTS:
            return None
        for day_at, dose_at in ((at + 1, at + 2), (at + 2, at + 1)):
            is_dose = self.kind(dose_at) == "unit" and self.tokens[dose_at].value == "dose"
            if is_dose and self._is_daily(day_at):
                return self._add_intake(at, at + 3, doses.value, "day")
        return None

    def _is_daily(self, at: int) -> bool:
        """Whether a token is a word for "daily"."""
        if self.kind(at) not in ("word", "each"):
            return False
        parts = tuple(map(fold_wording, self.grammar.data.daily))
        return self.folded[self.tokens[at].start : self.tokens[at].end].startswith(parts)

    def _divided(self, at: int) -> int | None:
        """ "two divided doses", "(divided into) 3 doses": the parts of a day's dose."""
        parts = self.number(at)
        if not parts or parts.step != 1 or not 1 < parts.value <= _MOST_PARTS:
            return None
        unit_at = at + 1
        while self.kind(unit_at) in ("word", "divided") and unit_at < at + 3:
            unit_at += 1
        near = range(at - _DIVIDED_REACH, unit_at + 1 + _DIVIDED_AFTER)
        is_dose = self.kind(unit_at) == "unit" and self.tokens[unit_at].value == "dose"
        if not is_dose or not any(self.kind(near_at) == "divided" for near_at in near):
            return None
        return self._add_intake(at, unit_at + 1, parts.value, "day", divided=True)

    def _add_intake(
        self,
        at: int,
        stop: int,
        times: Decimal,
        unit: str,
        every: Decimal = Decimal(1),
        *,
        divided: bool = False,
    ) -> int:
        span = Span(self.block, self.tokens[at].start, self.tokens[stop - 1].end)
        self.intakes.append(Intake(span, times, unit, every, divided))
        return stop
