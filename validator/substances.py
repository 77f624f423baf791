"""The active substances that rules depend on, read from `law/substances.yaml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from validator.document.text import wording_key
from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law


@record
class Monitoring:
    """The status of a substance in the list of additional monitoring: on it since, or left in (YYYY-MM)."""

    listed: str = ""
    left: str = ""
    cause: str = ""
    source: str


@record
class Substance:
    """An active substance: the beginnings of its national names, without accents; status in the list."""

    names: tuple[str, ...] = ()
    monitoring: Monitoring | None = None


@record
class Substances:
    """`law/substances.yaml`; `list_date` is the date of the newest monitoring list that was read.

    `classes` are the substances that share a warning.
    """

    list_date: str
    classes: Mapping[str, tuple[str, ...]]
    substances: Mapping[str, Substance]


@of_law
def substances() -> Substances:
    """The substances that rules depend on."""
    return load_law("substances.yaml", Substances)


def named(text: str) -> tuple[str, ...]:
    """The INNs that a word text names in any language, in its order."""
    plain = _without_accents(text)
    found = sorted((plain.find(start), inn) for start, inn in _beginnings() if start in plain)
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
def _beginnings() -> tuple[tuple[str, str], ...]:
    """What a word must begin with to name an INN, a blank before it, and the INN."""
    return tuple(
        (_without_accents(wording_key(name)[:-1]), inn)
        for inn, record in substances().substances.items()
        for name in (inn, *record.names)
    )


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return parts if parts.isascii() else "".join(c for c in parts if not unicodedata.combining(c))
