"""Numbers with a meaning: quantities, dose statements, worked examples, frequency definitions.

Values are exact decimals and fractions. `step` is the worth of the last written digit, from which
the rounding of a stated result is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from validator.document.location import Span

Bound = Literal["", "minimum", "maximum"]
Role = Literal["", "start", "usual", "maximum", "total", "example"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with its unit, such as "0.5 mg/kg/day", "10-20 kg" or "2 tablets".

    `low` and `high` are equal unless a range is stated; `factor` turns them into the base unit of
    `family` (mg, ml, hour ...). `per` are the units it is divided by, `per_amount` of the first of
    them (the 5 of "250 mg/5 ml"). `bound` says that the text gives a limit ("up to 40 mg").
    `sure` is False where the figure can be read in two ways ("1.000 mg" in English).
    """

    span: Span
    low: Decimal
    high: Decimal
    step: Decimal
    unit: str
    family: str
    factor: Decimal
    per: tuple[str, ...] = ()
    per_amount: Decimal = Decimal(1)
    bound: Bound = ""
    sure: bool = True

    @property
    def exact(self) -> bool:
        """Whether it is one figure and not a range or a limit."""
        return self.low == self.high and not self.bound

    @property
    def base(self) -> tuple[Decimal, Decimal]:
        """Lower and upper value in the base unit of the family, for one of the units it is divided by."""
        return self.low * self.factor / self.per_amount, self.high * self.factor / self.per_amount


@dataclass(frozen=True, slots=True)
class Intake:
    """How often: `times` in every `every` units of `unit` ("3 times a day", "once every 2 weeks").

    `divided` says that a day's dose is taken in so many parts ("in two divided doses").
    """

    span: Span
    times: Decimal
    unit: str
    every: Decimal = Decimal(1)
    divided: bool = False

    @property
    def per_day(self) -> Decimal | None:
        """Intakes a day, None where the unit is not a number of days or hours."""
        days = {"hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7)}.get(self.unit)
        return None if days is None else self.times / (self.every * days)


@dataclass(frozen=True, slots=True)
class DoseStatement:
    """An amount of the medicine as the text says it is taken; absent parts are None.

    An amount may be a number of tablets. `units` is the number of tablets or the like beside it,
    `strength` the strength of one of them, `volume` the volume that holds it ("5 ml (250 mg)");
    `sentence` numbers the sentence, so that what stands together is known. `populations` are whom the
    sentence, or the nearest heading over it, is about. `timed` says that a time of the day stands beside
    it ("10 mg in the morning"), `lower` that it is called less than another one ("a lower dose").
    """

    amount: Quantity
    sentence: int
    role: Role = ""
    intake: Intake | None = None
    units: Quantity | None = None
    strength: Quantity | None = None
    volume: Quantity | None = None
    populations: tuple[str, ...] = ()
    timed: bool = False
    lower: bool = False


@dataclass(frozen=True, slots=True)
class DayPart:
    """A dose that is taken so many times on a day; `forms` say the same ("1 capsule (75 mg)").

    `strength` is what one of a number of tablets, sprays or the like holds.
    """

    forms: tuple[Quantity, ...]
    times: Decimal = Decimal(1)
    strength: Quantity | None = None


@dataclass(frozen=True, slots=True)
class DaySum:
    """What is taken on a day, and the amounts that are said to be its total (the same again in brackets)."""

    parts: tuple[DayPart, ...]
    totals: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class TimeSum:
    """A time and its phases, or (one part) the time that it says again in another unit."""

    parts: tuple[Quantity, ...]
    total: Quantity


@dataclass(frozen=True, slots=True)
class Rhythm:
    """An intake, and another one near it that contradicts it: once a day and once a week."""

    intake: Intake
    other: Intake


@dataclass(frozen=True, slots=True)
class Band:
    """Weights, ages or surfaces that a dose is for; an open end is None, ends are in kg, months or m².

    `doses` are the amounts in the same row, list item or paragraph. `open` says that it ends below its
    upper end ("10 to less than 20 kg"), `closed` that its upper end belongs to it ("3 to 5 years inclusive").
    """

    extent: Quantity
    low: Decimal | None
    high: Decimal | None
    doses: tuple[Quantity, ...] = ()
    open: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A dose per kg (or m²), a weight (or surface), and the dose that the text says results.

    `announced` if the text calls it an example or says that it follows; else it only reads like one.
    `parts` are the numbers into which a day's dose is said to be divided, `loose` figures that may be such
    a number, `each` says that the result is for each time, `rounded` that it was rounded.
    """

    rate: Quantity
    measure: Quantity
    result: Quantity
    intake: Intake | None = None
    other_rates: tuple[Quantity, ...] = ()
    announced: bool = True
    parts: tuple[Decimal, ...] = ()
    loose: tuple[Decimal, ...] = ()
    each: bool = False
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """An amount and the volume or number of units that holds it, as one sentence or two neighbours say.

    `contents` is what one ml or one unit holds by the nearest words, each as a quantity "per" it, empty
    where only the product tells. `liquid` where a volume decides; `told` where the text says that one
    follows from the other, else they only stand together. `times` are the numbers by which the text may
    take the measure more than once (intakes of a day, containers); `regular` where it names times of a day.
    `either`: the amount may as well be what one unit holds ("two capsules containing 20 mg").
    """

    amount: Quantity
    measure: Quantity
    contents: tuple[Quantity, ...] = ()
    liquid: bool = False
    told: bool = False
    times: tuple[Decimal, ...] = ()
    regular: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A share of people, between bounds that belong to it (closed) or not; None: not stated."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_closed: bool = False
    high_closed: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one share and no interval ("4%")."""
        return self.low is not None and self.low == self.high

    @property
    def closed(self) -> bool:
        """Whether both ends are stated, and are not the same."""
        return self.low is not None and self.high is not None and self.low != self.high

    @property
    def empty(self) -> bool:
        """Whether no share can lie in it ("less than 1 in 100 but more than 1 in 10")."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))


@dataclass(frozen=True, slots=True)
class FrequencyDefinition:
    """A frequency category with what it means; `interval` is None for "not known".

    `label` is one of very-common, common, uncommon, rare, very-rare, not-known; `written` are the
    figures whose separators are not those of the language ("10, 000"). `broken`: the words contradict
    each other ("more than up to 1 in 10") or, with no interval, cannot be read. `legend`: it stands in
    a list that only says what the categories mean, and heads no effects itself.
    """

    label: str
    span: Span
    interval: Interval | None
    written: tuple[Span, ...] = ()
    broken: bool = False
    legend: bool = False


@dataclass(frozen=True, slots=True)
class FrequencyUse:
    """A place where a frequency category heads side effects; `listed` if any effect follows it."""

    label: str
    span: Span
    listed: bool
