"""The national systems to which side effects are reported, read from `law/reporting.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.document.text import wording_key
from validator.lawfile import load_law
from validator.record import record
from validator.resources import of_law

_HOST = re.compile(r"(?:https?://|www\.|@)?(?:[\w-]+\.){1,4}[a-z]{2,3}(?![\w-])", re.IGNORECASE)
_DOTTED = re.compile(r"\w\.\w")


@record
class System:
    """A country's system for reporting side effects: the languages of its leaflets, its addresses.

    One without languages belongs to a country outside the markets that are known here. `names` are those of
    the country as addresses have them, in the languages of its leaflets.
    """

    country: str
    languages: tuple[str, ...]
    hosts: tuple[str, ...]
    names: tuple[str, ...] = ()


@record
class Systems:
    """`law/reporting.yaml`."""

    systems: tuple[System, ...]


@of_law
def systems() -> tuple[System, ...]:
    """The systems, read once."""
    return load_law("reporting.yaml", Systems).systems


def system(address: str) -> System | None:
    """The reporting system that an address without capitals leads to, or a page of it."""
    for known in systems():
        if any(
            address == host or address.endswith((f".{host}", f"/{host}", f"@{host}")) for host in known.hosts
        ):
            return known
    return None


def named(text: str) -> Iterator[tuple[int, int, System]]:
    """Where a text has the address of a system, from and to which character, and which."""
    if not _DOTTED.search(text):
        return
    for match in _HOST.finditer(text):
        if found := system(match.group().lower()):
            yield match.start(), match.end(), found


def at_home(text: str, language: str) -> frozenset[str]:
    """The countries that some word text names, if all have leaflets in the language."""
    names = [(wording_key(n), known.country) for known in systems() for n in known.names]
    found = set()
    for name, country in sorted(names, key=lambda pair: -len(pair[0])):
        if name in text:
            text = text.replace(name, " ")
            found.add(country)
    speaking = {known.country for known in systems() if language in known.languages}
    return frozenset(found) if found <= speaking else frozenset()


def countries(language: str) -> str:
    """The countries that have leaflets in a language, for a sentence."""
    return " or ".join(each.country for each in systems() if language in each.languages)
