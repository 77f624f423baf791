"""The models of `law/units.yaml` and `law/languages/<language>.yaml`, and their loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import ClassVar, Literal

from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law

_HYPHENS = {"alias_generator": lambda name: name.replace("_", "-"), "populate_by_name": True}


@record
class Unit:
    """A unit: its family, its worth in the family's base unit, the symbols all languages share."""

    family: str
    factor: Decimal
    symbols: tuple[str, ...] = ()


@record
class UnitFile:
    """`law/units.yaml`."""

    units: Mapping[str, Unit]


@record
class Numbers:
    """The decimal sign, the signs between thousands, numbers as words, what adds a half ("and a half").

    `linking` are words between a figure and its unit: "20 de zile".
    """

    __pydantic_config__: ClassVar = _HYPHENS

    decimal: str
    thousands: tuple[str, ...]
    words: Mapping[str, Decimal]
    plus_half: tuple[str, ...] = ()
    linking: tuple[str, ...] = ()


@record
class Seen:
    """Whether the words for doses and those for frequencies were met in real leaflets."""

    doses: Literal["leaflets", "memory"]
    frequencies: Literal["leaflets", "memory"]


@record
class FrequencyWords:
    """Words of frequency definitions.

    `order` says which figure of a share stands first: "1 in 10 people" (part-first) or
    "10 hastanın 1'i" (whole-first). The other keys are kinds of tokens.
    """

    __pydantic_config__: ClassVar = _HYPHENS

    order: Literal["part-first", "whole-first"]
    labels: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    of: tuple[str, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]
    at_least: tuple[str, ...]
    up_to: tuple[str, ...]
    to: tuple[str, ...]
    or_more: tuple[str, ...]
    join: tuple[str, ...]
    people: tuple[str, ...]


@record
class Force:
    """Words that decide how binding a sentence is, beside those of the templates' modality.

    `negation` turns a sentence into its contrary, `negative-endings` do so at the end of a verb;
    `softer` are verbs that stand for a weakened negation ("avoid"); `condition` words open a condition, as
    do `conditional-endings` of a verb; `exception` words open one that a prohibition allows ("unless");
    `urgency` says that something is to be done at once; `placing` are the words, in groups of one meaning,
    that place one thing in time by another ("before", "with").
    """

    __pydantic_config__: ClassVar = _HYPHENS

    negation: tuple[str, ...] = ()
    negative_endings: tuple[str, ...] = ()
    softer: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    conditional_endings: tuple[str, ...] = ()
    exception: tuple[str, ...] = ()
    urgency: tuple[str, ...] = ()
    placing: tuple[tuple[str, ...], ...] = ()


@record
class Unfinished:
    """Words that do not end a sentence: articles, possessives, conjunctions.

    After the `likely` ones a sentence is seldom complete (prepositions, auxiliaries); `joining` words may end
    an item of a list ("or"). `nouns`: every noun begins with a capital, so that a line that does so may go on
    with the sentence.
    """

    sure: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    nouns: bool = False


Cue = Literal[
    "same",
    "thus",
    "each-time",
    "taken-as",
    "of-a-day",
    "change",
    "either",
    "both-sides",
    "band-from",
    "band-to",
    "band-over",
    "band-under",
    "sum",
    "typical",
    "each-of",
    "lower",
    "thinned",
    "rounded",
    "inclusive",
    "whole",
    "again",
    "ended",
    "first",
    "rest",
    "week",
    "week-day",
    "average",
    "not",
    "if",
    "break",
    "stop",
    "cycle",
    "before",
]
Population = Literal["children", "adults", "elderly", "kidney", "liver"]


@record
class GrammarFile:
    """`law/languages/<language>.yaml`: `units`, `each` and `intakes` by key, `dosing` by kind of token.

    From words of memory comes no more than review.
    `alternate` are the words for every second day, week ("om de dag");
    `intervals` those that make a figure before them an interval ("12 óránként").
    `elision`: an apostrophe parts two words ("d'une", "all'ora"); else what follows it is an ending.
    `adjectival` endings make an amount the strength of what is counted next ("10 mg'lık iki tablet").
    `day-parts` are the times of a day by which people are told to take something ("morning and evening").
    `stems` are beginnings of at least three letters that make a word one of a kind, whatever its ending.
    `cues` are words, and beginnings of words ("gesamte-"), by which one figure refers to another: to the
    `same` one again ("these 14 days"), `thus` what follows from it, one `each-time`, a day's dose `taken-as`.
    Others say that an amount is `of-a-day`, that a dose will `change`, that `either` of two is meant, or that
    a dose goes to `both-sides` ("each nostril"). A weight or an age is the lower end of a band after words
    of `band-from` and before those of `band-over`, its upper end after `band-to` and before `band-under`.
    `typical` words say that a dose is that of most people, or lies within a range; `lower` that it is less.
    `sum` says that doses are added up; `each-of` stands before a number of meals at which something is taken.
    `thinned` says that a volume is that of what a medicine is taken in, `rounded` that a dose was rounded,
    `inclusive` that the upper end of a band belongs to it, `whole` that a time is that of all phases.
    `again` are words for "these", "the same" and "the usual"; `ended` say that a time is over, `first` that
    it is the first phase of a treatment, `rest` that it is what remains or follows.
    `week` are the words for a week, `week-day` those for the one day of the week of a weekly medicine.
    `daily` are parts of the words for a total or a maximum that make it that of a day ("total daily dose").
    `populations` are beginnings of words by whom they are about; `force` how binding a sentence is.
    `unfinished` are words after which a sentence goes on.
    """

    __pydantic_config__: ClassVar = _HYPHENS

    language: str
    seen: Seen
    elision: bool = False
    adjectival: tuple[str, ...] = ()
    numbers: Numbers
    units: Mapping[str, tuple[str, ...]]
    million: tuple[str, ...] = ()
    dosing: Mapping[str, tuple[str, ...]]
    each: Mapping[str, tuple[str, ...]]
    alternate: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    intervals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    intakes: Mapping[str, Decimal]
    day_parts: Mapping[str, Decimal] = field(default_factory=dict)
    daily: tuple[str, ...] = ()
    cues: Mapping[Cue, tuple[str, ...]] = field(default_factory=dict)
    stems: Mapping[
        Literal["course", "divided", "exceed", "maximum", "minimum", "start", "total", "usual"],
        tuple[str, ...],
    ] = field(default_factory=dict)
    populations: Mapping[Population, tuple[str, ...]]
    frequency: FrequencyWords
    force: Force = Force()
    unfinished: Unfinished = Unfinished()


@of_law
def unit_table() -> Mapping[str, Unit]:
    """All units by key."""
    return load_law("units.yaml", UnitFile).units


@of_law
def grammar_file(language: str) -> GrammarFile:
    """The data of a language; a ConfigurationError names what is wrong in its file."""
    return load_law(f"languages/{language}.yaml", GrammarFile)
