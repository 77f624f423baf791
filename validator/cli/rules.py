"""`leaflet rules`: all rules with their severity in each market."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from validator.cli.options import MARKET, choice, configured
from validator.errors import EXIT_CLEAN

if TYPE_CHECKING:
    from validator.records import Requirement


@click.command("rules", short_help="List all rules.")
@click.option("--market", type=MARKET, help="Only the rules of this market.")
@click.option(
    "--format", "-f", "form", type=choice("format", lambda: ("json", "text")), help="text (default) or json."
)
@configured
def command(market: str | None, form: str | None) -> int:
    """List every rule: id, title, and how severe a gap is in each market."""
    from validator.catalogue import requirements
    from validator.explanation import severities

    listed = [
        (requirement, found)
        for requirement in requirements().values()
        if (found := severities(requirement.id)) and (market in (None, "auto") or market in found)
    ]
    if form == "json":
        click.echo(json.dumps([_entry(*each) for each in listed], ensure_ascii=False, indent=2))
        return EXIT_CLEAN
    width = max((len(requirement.id) for requirement, _ in listed), default=0)
    for requirement, found in listed:
        levels = ", ".join(f"{name}: {level}" for name, level in found.items())
        click.echo(f"{requirement.id:<{width}}  {requirement.title} ({levels})")
    return EXIT_CLEAN


def _entry(requirement: Requirement, severities: dict[str, str]) -> dict[str, object]:
    return {"rule": requirement.id, "title": requirement.title, "severity": severities}
