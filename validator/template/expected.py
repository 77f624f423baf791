"""What a market's template holds, in its order: headings, sub-headings and statements with fixed wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from validator.catalogue import HeadingWording, LanguagePack, Wording, language_pack, languages
from validator.document.text import words
from validator.errors import UsageError
from validator.plan import Plan, plan
from validator.template.likeness import SLOT

Keys = tuple[str, ...]
Kind = TypeVar("Kind")
ANYWHERE = "any"
FRONT = "front"


def fixed(notation: str) -> bool:
    """Whether a wording has words beside its slots."""
    return bool(words(SLOT.sub(" ", notation)))


@dataclass(frozen=True, slots=True)
class Expected:
    """One entry of a wording file: its keys, the zone of the template where it stands, its wordings.

    `old` is what the language's pack says now, None in a new language; `reference` is what the market's
    reference pack says; `under` is the sub-heading below which a statement belongs, "" if any.
    """

    keys: Keys
    zone: str
    heading: bool
    old: HeadingWording | Wording | None
    reference: HeadingWording | Wording
    under: str = ""

    @property
    def name(self) -> str:
        """The keys as people write them: "statements/disposal"."""
        return "/".join(self.keys)

    @property
    def fixed(self) -> bool:
        """Whether there is any wording beside slots."""
        return fixed((self.old or self.reference).text)


@dataclass(frozen=True, slots=True)
class Outlined:
    """The entries of a market's template, and the numbers of its sections (0: not numbered)."""

    entries: tuple[Expected, ...]
    sections: Mapping[str, int]
    pack: LanguagePack | None

    def of(self, zone: str, heading: bool) -> list[Expected]:
        """The headings or statements of a zone that have fixed wording, in the order of the template."""
        return [e for e in self.entries if e.zone == zone and e.heading == heading and e.fixed]


def outlined(market: str, language: str) -> Outlined:
    """What is expected of a template of the market; a UsageError where it has no official wording."""
    pack = language_pack(market, language) if language in languages(market) else None
    if pack and pack.rendering:
        raise UsageError(f"market '{market}' has no official template in language '{language}'")
    reference = plan(market, reference_language(market))
    sections = {each.id: each.number or 0 for each in reference.lexicon.profile.sections}
    return Outlined(tuple(_entries(reference, pack, tuple(sections))), sections, pack)


def reference_language(market: str) -> str:
    """English, or the first language in which the market has wording of its own standing."""
    known = sorted(languages(market), key=lambda code: code != "en")
    official = [code for code in known if not language_pack(market, code).rendering]
    return (official or known)[0]


def _entries(reference: Plan, pack: LanguagePack | None, sections: tuple[str, ...]) -> Iterator[Expected]:
    base = reference.lexicon.pack
    for key in ("title", "contents_title", "contents_end"):
        if (heading := getattr(base, key)) is not None:
            yield Expected((key,), FRONT, True, getattr(pack, key) if pack else None, heading)
    for section in sections:
        if (heading := base.sections.get(section)) is not None:
            old = pack.sections.get(section) if pack else None
            yield Expected(("sections", section), section, True, old, heading)
    for key, sub in _all(base.subheadings, pack.subheadings if pack else {}).items():
        old = pack.subheadings.get(key) if pack else None
        yield Expected(("subheadings", key), sub.section, True, old, sub)
    yield from _statements(reference, pack, sections[-1])


def _statements(reference: Plan, pack: LanguagePack | None, last: str) -> Iterator[Expected]:
    homes = _homes(reference)
    known = _all(reference.lexicon.pack.statements, pack.statements if pack else {})
    order = {key: number for number, key in enumerate(homes)}
    for key in sorted(known, key=lambda key: order.get(key, -1)):
        zone, under = homes.get(key, (FRONT, ""))
        old = pack.statements.get(key) if pack else None
        zone = last if zone == "end" else zone
        yield Expected(("statements", key), zone, False, old, known[key], under)


def _homes(reference: Plan) -> dict[str, tuple[str, str]]:
    """Section and sub-heading of each statement that a requirement asks for, in the profile's order."""
    homes: dict[str, tuple[str, str]] = {}
    for entry in reference.entries:
        params = entry.task.params
        if entry.requirement.kind in ("statement", "topic", "active-substance"):
            under = params.get("subheading", "")
            for key in (params["statement"], *params.get("parts", ())):
                homes.setdefault(key, (entry.section, "" if under == "none" else under))
    return homes


def _all(first: Mapping[str, Kind], more: Mapping[str, Kind]) -> dict[str, Kind]:
    return {**first, **{key: value for key, value in more.items() if key not in first}}
