"""The facts that the text states, as typed values with their places."""

from __future__ import annotations

from dataclasses import dataclass

from validator.document.location import Location, Span
from validator.document.quantities import (
    Band,
    DaySum,
    DoseStatement,
    FrequencyDefinition,
    FrequencyUse,
    Portion,
    Quantity,
    Rhythm,
    TimeSum,
    WorkedExample,
)


@dataclass(frozen=True, slots=True)
class Product:
    """What the medicine is: names and substances as written; the rest as keys of the language pack.

    `administration` is "self", "professional" or ""; `prescription` is "yes", "no" or "".
    `kind` is a special kind of medicine ("vaccine", "medicinal-gas") or ""; `population` is
    "children" where the leaflet speaks to parents alone, else "". `doses` is "single" where the text says
    that a container holds one dose; `preparation` is "reconstitution" where it is made up before use.
    `regimen` is "as-needed" for what is taken when it is needed alone, not at set times.
    `origin` is "biological", "herbal", "traditional-herbal" (used by tradition alone) or "";
    `presentations` is "several-strengths" where the title tells more than one strength.
    `strengths` are the amounts with the name, as written and as `amounts` with their values.
    `revised` is the date of the leaflet's last revision: "2024", "2024-06", "2024-06-15" or "".
    """

    name: str = ""
    name_span: Span | None = None
    other_names: tuple[Span, ...] = ()
    active_substances: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    amounts: tuple[Quantity, ...] = ()
    form: str = ""
    route: str = ""
    prescription: str = ""
    administration: str = ""
    kind: str = ""
    population: str = ""
    doses: str = ""
    preparation: str = ""
    regimen: str = ""
    origin: str = ""
    presentations: str = ""
    revised: str = ""

    def revised_before(self, day: str) -> bool:
        """Whether the leaflet was last revised before a day ("2018-06-21", "2024-02"), for certain.

        A date without its month or day counts as the last one that it may be.
        """
        return bool(self.revised) and f"{self.revised}-99-99"[: len("2018-06-21")] < day


@dataclass(frozen=True, slots=True)
class BlackTriangle:
    """The additional-monitoring notice: the symbol, the first sentence, the section it points to."""

    symbol: Span | None = None
    symbol_text: str = ""
    statement: Span | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer such as "see section 4": the number as written and what it says it is the end of."""

    span: Span
    number: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class ListedExcipient:
    """An excipient with a known effect named in the list of ingredients; `id` is the law's key."""

    id: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class StatedExcipient:
    """An amount of an excipient stated with its warning; `share` is the part of the daily intake it is
    said to be, with `amount` None where the text names no or several amounts for it.
    """

    id: str
    span: Span
    amount: Quantity | None = None
    share: Quantity | None = None


@dataclass(frozen=True, slots=True)
class NumberedAdditive:
    """An item of the list of ingredients with an E number ("E420"); `names` are the names known in it."""

    number: str
    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Reaction:
    """An adverse reaction that section 4.8 of the SmPC in the same file lists, with its categories.

    `term` is its name, folded, `text` as written; `location` is in the file, outside of the leaflet. `sure`
    is False where the SmPC qualifies it, or may give it another category in words that could not be read.
    """

    term: str
    labels: tuple[str, ...]
    text: str
    location: Location
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a leaflet; `composition` are the amounts stated with the active substance.

    `days` are the days' totals with what they are made of; `durations` are the times of which the text
    says that a treatment takes them, `times` those that stand there in another unit or with their
    phases; `rhythms` are intakes of which one contradicts another. `smpc` are the
    reactions that the SmPC in the same file lists by frequency.
    """

    product: Product = Product()
    black_triangle: BlackTriangle = BlackTriangle()
    definitions: tuple[FrequencyDefinition, ...] = ()
    frequency_uses: tuple[FrequencyUse, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    doses: tuple[DoseStatement, ...] = ()
    days: tuple[DaySum, ...] = ()
    bands: tuple[Band, ...] = ()
    durations: tuple[Quantity, ...] = ()
    times: tuple[TimeSum, ...] = ()
    rhythms: tuple[Rhythm, ...] = ()
    examples: tuple[WorkedExample, ...] = ()
    portions: tuple[Portion, ...] = ()
    references: tuple[Reference, ...] = ()
    excipients: tuple[ListedExcipient, ...] = ()
    stated: tuple[StatedExcipient, ...] = ()
    additives: tuple[NumberedAdditive, ...] = ()
    composition: tuple[Quantity, ...] = ()
    composition_has_numbers: bool = False
    smpc: tuple[Reaction, ...] = ()
