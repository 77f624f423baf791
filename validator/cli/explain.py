"""`leaflet explain`: one requirement with its law, its wording and its examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from validator.cli.options import LANGUAGE, MARKET, RULE, configured
from validator.errors import EXIT_CLEAN

if TYPE_CHECKING:
    from validator.explanation import Explanation


@click.command("explain", short_help="Explain one rule: law, wording, examples.")
@click.argument("rule", type=RULE, metavar="RULE")
@click.option("--market", type=MARKET, help="Only what this market says.")
@click.option("--language", type=LANGUAGE, help="Only the wording in this language, with its variants.")
@configured
def command(rule: str, market: str | None, language: str | None) -> int:
    """Show what RULE asks for, by which law, in which words, and what to do about a gap."""
    from validator.cli.output import line_width
    from validator.explanation import explanation
    from validator.reports.terminal import wrap

    width = line_width(None)
    wanted, code = ("" if value in (None, "auto") else str(value) for value in (market, language))
    for indent, text in _lines(explanation(rule, wanted, code), bool(code)):
        click.echo(wrap(text, indent, width, 2) if text else "")
    return EXIT_CLEAN


def _lines(found: Explanation, variants: bool) -> Iterator[tuple[int, str]]:
    from validator.explanation import example_lines, in_general

    requirement = found.requirement
    yield 0, f"{requirement.id}: {requirement.title}"
    yield 0, ""
    yield 2, f"Why: {requirement.why}"
    yield 2, f"What to do: {in_general(requirement.fix)}"
    if requirement.applies:
        yield 2, f"Applies if: {_facts(requirement.applies)}"
    yield from _law(found)
    yield from _wording(found, variants)
    yield 0, ""
    yield 2, "Messages"
    for problem, message in requirement.messages.items():
        yield 4, f"{problem}: {in_general(message)}"
    for example in found.examples:
        yield 0, ""
        yield 2, f"Example ({example.verdict}, {example.market}, {example.language})"
        for line in example_lines(example):
            yield 4, line


def _facts(applies: Mapping[str, str]) -> str:
    return ", ".join(f"{fact} is {value}" for fact, value in applies.items())


def _law(found: Explanation) -> Iterator[tuple[int, str]]:
    from validator.catalogue import sources

    for name, (profile, demand) in found.demands.items():
        yield 0, ""
        yield 2, f"Market {name} ({profile.title}): {demand.severity}; other wording: {demand.altered}"
        if demand.applies:
            yield 4, f"Here it also takes: {_facts(demand.applies)}"
        for citation in demand.citation:
            source = sources()[citation.source]
            yield (
                4,
                " ".join(
                    part for part in (f"{source.title}, {citation.at}".rstrip(", "), source.url) if part
                ),
            )


def _wording(found: Explanation, variants: bool) -> Iterator[tuple[int, str]]:
    """The wordings; with all their variants where one language was asked for."""
    for told in found.wordings:
        yield 0, ""
        yield 2, f"{told.role.capitalize()}, {told.market}, language {told.language} ({told.seen})"
        yield 4, told.text
        for label, texts in (("also accepted", told.accepted), ("superseded", told.outdated)):
            for text in texts if variants else ():
                yield 4, f"{label}: {text}"
