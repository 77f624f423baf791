"""The system to which side effects are reported is that of a country of the leaflet."""

from __future__ import annotations

from collections.abc import Sequence

from validator.checks.locate import subsection
from validator.checks.registry import Task, kind
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.reporting import System, at_home, countries, named

_EVERYWHERE = "en"  # leaflets of any country are translated into it, for work


@kind("reporting-system")
def reporting_system(leaflet: Leaflet, task: Task) -> Outcome:
    """Where addresses of national systems stand in the section, one is of a country of the market.

    `country` is the market's only one; otherwise every country with leaflets in the language counts, and a
    holder in another of them than the system's is for a person to judge.
    """
    section = leaflet.section(task.section)
    found = [
        (Span(index, start, end), system)
        for index in (range(section.first, section.stop) if section else ())
        for start, end, system in named(leaflet.blocks[index].text)
    ]
    if not found:
        return not_applicable("no-system")
    language, only = leaflet.language.value, task.params.get("country", "")
    if not only and (elsewhere := _elsewhere(leaflet, task, found)):
        return Outcome((elsewhere,))
    for span, system in found:
        if system.country == only if only else language in system.languages:
            return met("own-system", span)
    span, system = found[0]
    values = {"country": system.country, "own": only or countries(language)}
    unsure = not only and language == _EVERYWHERE
    hit = Hit("leftover", "", span, task.section, leaflet.text(span), "", values, review=unsure)
    return Outcome((hit,))


def _elsewhere(leaflet: Leaflet, task: Task, found: Sequence[tuple[Span, System]]) -> Hit | None:
    """The hit where the holder's address is in another country of the language than the systems named."""
    sub = subsection(leaflet, "holder")
    language = leaflet.language.value
    told = [(span, system) for span, system in found if language in system.languages]
    if sub is None or not told:
        return None
    start, end = leaflet.wordtext.bounds(sub.heading.block, sub.stop)
    homes = at_home(leaflet.wordtext.text[start:end], language)
    if not homes or not homes.isdisjoint(system.country for _, system in told):
        return None
    span, system = told[0]
    values = {"country": system.country, "own": ", ".join(sorted(homes))}
    return Hit("leftover", "holder", span, task.section, leaflet.text(span), "", values, review=True)
