"""The active substances that rules depend on, read from `law/substances.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from validator.document.text import without_accents, wording_key
from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law

_KEY = 4  # characters by which beginnings are looked up: a blank and three letters; no name is shorter


@record
class Left:
    """That a substance left the list of additional monitoring: the month (YYYY-MM), and why."""

    month: str
    cause: str


@record
class Monitoring:
    """`law/monitoring.yaml`: the list of medicines under additional monitoring of a `date`.

    `medicines` are the names of the medicines on it by active substance, empty where no whole list was read;
    `columns` are the words by which the table of a list names its columns.
    """

    date: str
    source: str
    medicines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: Mapping[str, Left] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@record
class Substance:
    """An active substance: the beginnings of its national names, without accents."""

    names: tuple[str, ...] = ()


@record
class Stems:
    """Endings of the first word of an INN, and whole words beside it."""

    endings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@record
class Substances:
    """`law/substances.yaml`; `classes` are the substances that share a warning.

    `origins`: what an INN tells of where a substance comes from, by the stems that end its first word and by
    words that it holds ("adalimumab", "epoetin alfa").
    """

    classes: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, Stems] = field(default_factory=dict)
    substances: Mapping[str, Substance]


@of_law
def substances() -> Substances:
    """The substances that rules depend on."""
    return load_law("substances.yaml", Substances)


@of_law
def monitoring() -> Monitoring:
    """The list of medicines under additional monitoring."""
    return load_law("monitoring.yaml", Monitoring)


def named(text: str) -> tuple[str, ...]:
    """The INNs that a word text names in any language, in its order."""
    plain = without_accents(text)
    known = _beginnings()
    found = sorted(
        (plain.find(start), inn)
        for key in {plain[at : at + _KEY] for at, char in enumerate(plain) if char == " "}
        for start, inn in known.get(key, ())
        if start in plain
    )
    return tuple(dict.fromkeys(inn for _, inn in found))


def classes_of(inns: Iterable[str]) -> tuple[str, ...]:
    """The classes that hold any of some INNs."""
    known = _classes()
    return tuple(dict.fromkeys(key for inn in inns for key in known.get(inn, ())))


@of_law
def _classes() -> Mapping[str, tuple[str, ...]]:
    """The classes of each INN."""
    found: dict[str, tuple[str, ...]] = {}
    for key, members in substances().classes.items():
        found.update({inn: (*found.get(inn, ()), key) for inn in members})
    return found


@of_law
def _beginnings() -> Mapping[str, Sequence[tuple[str, str]]]:
    """What a word must begin with to name an INN, a blank before it, and the INN; by the first letters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for inn, substance in substances().substances.items():
        for name in (inn, *substance.names):
            start = without_accents(wording_key(name)[:-1])
            found.setdefault(start[:_KEY], []).append((start, inn))
    return found


def origin_of(names: Iterable[str]) -> str:
    """What the INN of one of some substances tells of its origin ("biological"), "" if none tells any."""
    for first, *others in filter(None, (wording_key(name).split() for name in names)):
        for origin, stems in substances().origins.items():
            if first.endswith(stems.endings) or not set(stems.words).isdisjoint((first, *others)):
                return origin
    return ""
