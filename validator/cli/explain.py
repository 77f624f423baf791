"""`leaflet explain`: one requirement with its law, its wording and its examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from validator.cli.options import MARKET, RULE
from validator.errors import EXIT_CLEAN

if TYPE_CHECKING:
    from validator.explanation import Explanation


@click.command("explain", short_help="Explain one rule: law, wording, examples.")
@click.argument("rule", type=RULE, metavar="RULE")
@click.option("--market", type=MARKET, help="Only what this market says.")
def command(rule: str, market: str | None) -> int:
    """Show what RULE asks for, by which law, in which words, and what to do about a gap."""
    from validator.cli.output import line_width
    from validator.explanation import explanation
    from validator.reports.terminal import wrap

    width = line_width(None)
    wanted = None if market in (None, "auto") else market
    for indent, text in _lines(explanation(rule), wanted):
        click.echo(wrap(text, indent, width, 2) if text else "")
    return EXIT_CLEAN


def _lines(found: Explanation, market: str | None) -> Iterator[tuple[int, str]]:
    requirement = found.requirement
    yield 0, f"{requirement.id}: {requirement.title}"
    yield 0, ""
    yield 2, f"Why: {requirement.why}"
    yield 2, f"What to do: {requirement.fix}"
    if requirement.applies:
        facts = ", ".join(f"{fact} is {value}" for fact, value in requirement.applies.items())
        yield 2, f"Applies if: {facts}"
    yield from _law(found, market)
    yield from _wording(found, market)
    yield 0, ""
    yield 2, "Messages"
    for problem, message in requirement.messages.items():
        yield 4, f"{problem}: {message}"
    for example in requirement.examples:
        if market in (None, example.market):
            yield 0, ""
            yield 2, f"Example ({example.verdict}, {example.market}, {example.language})"
            yield 4, example.text


def _law(found: Explanation, market: str | None) -> Iterator[tuple[int, str]]:
    from validator.catalogue import sources

    for name, (profile, demand) in found.demands.items():
        if market not in (None, name):
            continue
        yield 0, ""
        yield 2, f"Market {name} ({profile.title}): {demand.severity}; other wording: {demand.altered}"
        for citation in demand.citation:
            source = sources()[citation.source]
            yield (
                4,
                " ".join(
                    part for part in (f"{source.title}, {citation.at}".rstrip(", "), source.url) if part
                ),
            )


def _wording(found: Explanation, market: str | None) -> Iterator[tuple[int, str]]:
    for told in found.wordings:
        if market not in (None, told.market):
            continue
        yield 0, ""
        yield 2, f"{told.role.capitalize()}, {told.market}, language {told.language} ({told.seen})"
        yield 4, told.text
        for label, texts in (("also accepted", told.accepted), ("superseded", told.outdated)):
            for text in texts:
                yield 4, f"{label}: {text}"
