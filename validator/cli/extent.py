"""The options that say how much of a run is worked out: what was touched, what is kept; and what it took."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import Decorated, configuration_path

if TYPE_CHECKING:
    from validator.batch import Result
    from validator.cache import Cache
    from validator.configuration import Configuration
    from validator.settings import Options

_TOLD = 15  # rules


def limiting(function: Decorated) -> Decorated:
    """The options themselves."""
    for decorate in (
        click.option("--statistics", is_flag=True, help="Tell on standard error what was found how often."),
        click.option("--no-cache", is_flag=True, help="Keep no results, whatever the configuration says."),
        click.option("--cache", metavar="FOLDER", help="Keep results here; unchanged files take theirs."),
        click.option("--changed-since", metavar="REV", help="Only files that differ from this git revision."),
    ):
        function = decorate(function)
    return function


def cache_of(config: Configuration, given: dict[str, Any], options: Options) -> Cache | None:
    """The cache of a run, if one was asked for."""
    folder = None if given["no_cache"] else given["cache"] or config.cache
    if not folder:
        return None
    from validator.cache import cache

    return cache(folder, options)


def touched(given: dict[str, Any], paths: Sequence[str], options: Options) -> Callable[[str], bool] | None:
    """Whether a path is to be checked, by `--changed-since`; None if all are."""
    revision = given["changed_since"]
    if revision is None:
        return None
    from validator.changed import changed_since
    from validator.errors import UsageError

    if "-" in paths:
        raise UsageError("standard input has no revision: --changed-since is about files")
    configuration = configuration_path()
    rules = [str(configuration)] if configuration else []
    wanted = changed_since(revision, paths, [*rules, *([options.law] if options.law else [])])
    if wanted is None:
        sys.stderr.write("leaflet: the configuration or the house rules changed: all files are checked\n")
    return wanted


class Statistics:
    """Counts what a run found, and how long it took."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._files = self._kept = self._leaflets = 0
        self._rules: Counter[tuple[str, str]] = Counter()

    def add(self, result: Result) -> None:
        """Count one result."""
        self._files += 1
        self._kept += result.cached
        self._leaflets += len(result.documents)
        for document in result.documents:
            self._rules.update((finding.status, finding.rule) for finding in document.findings)

    def tell(self) -> None:
        """Write the counts to standard error."""
        from validator.reports.words import plural

        took = time.perf_counter() - self._start
        kept = f", {self._kept} of them kept from an earlier run" if self._kept else ""
        told = f"{plural(self._files, 'file')}{kept}, {plural(self._leaflets, 'leaflet')}"
        each = f", {1000 * took / self._files:.1f} ms each" if self._files else ""
        click.echo(f"{told} in {took:.2f} s{each}", err=True)
        for (status, rule), count in self._rules.most_common(_TOLD):
            click.echo(f"{count:7}  {status:<8} {rule}", err=True)
        if more := len(self._rules) - _TOLD:
            if more > 0:
                click.echo(f"         and {more} more", err=True)
