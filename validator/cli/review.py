"""The options of `leaflet check` that rest on earlier decisions: waivers, baseline, evidence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import Decorated, configuration_path

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.report import Evidence
    from validator.review.baseline import Baseline
    from validator.review.session import Review
    from validator.settings import Options


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What was asked for: which baseline to read or write, and whether to say what the run rests on."""

    baseline: str | None
    strict: bool
    written: str | None
    evidence: bool


def reviewing(function: Decorated) -> Decorated:
    """The options themselves."""
    for decorate in (
        click.option("--evidence", is_flag=True, help="Say in the report which law and options it rests on."),
        click.option("--strict-baseline", is_flag=True, help="Entries that no longer occur fail the run."),
        click.option("--write-baseline", metavar="FILE", help="Write all findings down as known."),
        click.option("--baseline", metavar="FILE", help="Only findings that are not in this baseline count."),
    ):
        function = decorate(function)
    return function


def asked(config: Configuration, given: dict[str, Any]) -> Reviewing:
    """Command line over configuration file."""
    return Reviewing(
        given["baseline"] or config.baseline,
        given["strict_baseline"] or config.strict_baseline,
        given["write_baseline"],
        given["evidence"] or config.evidence,
    )


def _baseline(path: str) -> Baseline:
    from validator.review.baseline import Baseline

    return Baseline(path)


@contextmanager
def review(config: Configuration, wanted: Reviewing) -> Iterator[Review]:
    """The review of a run; a baseline that is written appears whole or not at all."""
    from validator.batch import now
    from validator.cli.output import opened
    from validator.review.session import Review
    from validator.review.waivers import configured

    known = _baseline(wanted.baseline) if wanted.baseline else None
    waivers = configured(configuration_path(), config.waiver)
    with ExitStack() as stack:
        writer = None
        if wanted.written:
            from validator.review.baseline import BaselineWriter

            writer = BaselineWriter(wanted.written, stack.enter_context(opened(wanted.written)))
        yield Review(now().date(), waivers, known, writer, "error" if wanted.strict else "advice")
        if writer:
            writer.close()


def evidence(options: Options, fail_on: str, wanted: Reviewing) -> Evidence | None:
    """What the run rests on, if that was asked for."""
    if not wanted.evidence:
        return None
    from validator.report import Evidence
    from validator.resources import law_digest
    from validator.settings import seen_from

    given = {field.name: getattr(options, field.name) for field in fields(options)}
    told = {key: dict(value) if hasattr(value, "items") else value for key, value in given.items()}
    told |= {"overrides": tuple(map(str, options.overrides)), "limits": options.limits.changed()}
    told |= {"input_format": options.input_format or "", "fail_on": fail_on}
    named = {"law": options.law, "baseline": wanted.baseline or ""}
    told |= {key: seen_from(path, os.curdir) if path else "" for key, path in named.items()}
    told |= {"strict_baseline": wanted.strict}
    return Evidence(law=law_digest(), options=told)
