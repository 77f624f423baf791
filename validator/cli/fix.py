"""`leaflet fix`: fixed statements put in or restored where that is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import judging_options, reading, selecting
from validator.errors import EXIT_CLEAN, EXIT_GAPS

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.mending.run import Fixed


@click.command("fix", short_help="Put in or restore fixed statements.")
@click.argument("path", metavar="FILE")
@click.option("--output", "-o", metavar="COPY", help="Write a fixed copy and leave FILE as it is.")
@click.option("--dry-run", is_flag=True, help="Change nothing; show what would change as a unified diff.")
@reading
@selecting
@click.pass_obj
def command(config: Configuration, /, path: str, output: str | None, dry_run: bool, **given: Any) -> int:
    """Put missing fixed statements in at their place and restore altered ones in FILE (text, Markdown, Word).

    Only what the rule marks as safe is fixed; in Word files as tracked changes. Text that only the
    product knows is never made up: a slot such as {address} stays to be filled in, and is reported.

    Exit code: 0 all done, 1 with --dry-run something would change, 2 wrong use, 3 FILE could not be read.
    """
    from validator.batch import now
    from validator.cli.output import write_copy, write_over
    from validator.mending.run import differences, fixed
    from validator.readers import load
    from validator.reports.terminal import safe

    options = judging_options(config, given)
    data = load(path, options.limits)
    result = fixed(data, path, options, now())
    for line in _told(result):
        click.echo(safe(line), err=True)
    if dry_run:
        for line in differences(result.form, path, data, result.data):
            click.echo(safe(line))
        return EXIT_GAPS if result.done else EXIT_CLEAN
    if output:
        write_copy(path, output, result.data)
    elif result.done:
        write_over(path, result.data)
    return EXIT_CLEAN


def _told(result: Fixed) -> list[str]:
    lines = [f"fixed: {mend.rule}: {mend.done}" for mend in result.done]
    lines += [f"left: {each.rule} ({each.problem}): {each.why}" for each in result.left]
    return [*lines, f"{len(result.done)} fixed, {len(result.left)} left to a person"]
