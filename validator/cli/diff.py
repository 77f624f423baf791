"""`leaflet diff`: what a label edit changed, and which safety content it lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import reading
from validator.cli.reporting import report, reporting, settle
from validator.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from validator.batch import Result
    from validator.cli.reporting import Manner
    from validator.configuration import Configuration
    from validator.report import Notice
    from validator.settings import Options


@click.command("diff", short_help="Report what a label edit changed and lost.")
@click.argument("paths", nargs=-1, metavar="[OLD NEW | FILE | PATH...]")
@click.option("--base", metavar="REVISION", help="Compare with this git revision, such as origin/main.")
@click.option("--head", metavar="REVISION", help="The newer revision; by default the files as they are.")
@click.option(
    "--merge-base", is_flag=True, help="Compare with the commit where the branch left the base revision."
)
@reading
@reporting(
    click.option(
        "--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Processes to use (default: 1)."
    )
)
@click.pass_obj
def command(config: Configuration, /, paths: tuple[str, ...], **given: Any) -> int:
    """Report what changed in the safety content of a leaflet: not a text diff.

    OLD and NEW are two versions of a leaflet in any formats, or two folders whose files go together by
    their names. FILE alone is a Word file with tracked
    changes: as it was against as it will be. With --base, PATH are files or folders of a git repository,
    by default the working directory.

    Exit code: 0 nothing lost, 1 findings, 2 wrong use or broken configuration, 3 some input not read.
    """
    if given["revisions"]:
        raise UsageError("--revisions has no meaning here: a Word file alone is compared in both views")
    options, manner = settle(config, given)
    notices: list[Notice] = []
    found = _told(_results(paths, given, options, manner), notices)
    return report(config, given, options, manner, found, notices)


def _told(found: Iterable[tuple[Result, list[Notice]]], notices: list[Notice]) -> Iterator[Result]:
    for result, told in found:
        notices.extend(told)
        yield result


def _results(
    paths: tuple[str, ...], given: dict[str, Any], options: Options, manner: Manner
) -> Iterable[tuple[Result, list[Notice]]]:
    from validator.diff import sources
    from validator.reports import SHOWING

    layout = manner.format in SHOWING
    if given["base"]:
        return _revisions(paths, given, options, manner.jobs, layout)
    if given["head"] or given["merge_base"]:
        raise UsageError("--head and --merge-base need --base, the older revision")
    inner = [path for path in paths if Path(path).is_dir()]
    if len(inner) == len(paths) == 2:
        from validator.diff.folders import folders

        return folders(*paths, options, manner.jobs, layout)
    if inner:
        raise UsageError(
            f"'{inner[0]}' is a folder: name two folders, two files, or a git revision with --base"
        )
    if len(paths) == 1:
        try:
            return [sources.tracked(paths[0], options, layout)]
        except UnreadableError as error:
            raise UnreadableError(f"{paths[0]}: {error}") from None
    if len(paths) != 2:
        raise UsageError("name the older and the newer file, or one Word file, or a git revision with --base")
    return [sources.files(*paths, options, layout)]


def _revisions(
    paths: tuple[str, ...], given: dict[str, Any], options: Options, jobs: int, layout: bool
) -> Iterator[tuple[Result, list[Notice]]]:
    from validator.diff import sources
    from validator.diff.git import repository

    found = repository(Path.cwd(), options.limits)
    base = found.commit(given["base"])
    head = found.commit(given["head"]) if given["head"] else ""
    if given["merge_base"]:
        base = found.merge_base(base, head or found.commit("HEAD"))
    return sources.revisions(found, base, head, paths or (".",), options, given["base"], jobs, layout)
