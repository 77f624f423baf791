"""The active substances that rules depend on, read from `law/substances.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from validator.lawfile import load_law
from validator.records import Record
from validator.resources import of_law


class Monitoring(Record):
    """The status of a substance in the list of additional monitoring: on it since, or left in (YYYY-MM)."""

    listed: str = ""
    left: str = ""
    cause: str = ""
    source: str


class Substance(Record):
    """An active substance by its INN: names per language, status in the additional-monitoring list."""

    names: Mapping[str, tuple[str, ...]]
    monitoring: Monitoring | None = None


class Substances(Record):
    """`law/substances.yaml`; `list_date` is the date of the newest monitoring list that was read."""

    list_date: str
    substances: Mapping[str, Substance]


@of_law
def substances() -> Substances:
    """The substances that rules depend on."""
    return load_law("substances.yaml", Substances)
