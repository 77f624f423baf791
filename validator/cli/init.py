"""`leaflet init`: a commented configuration file to begin with."""

from __future__ import annotations

import click

from validator.errors import EXIT_CLEAN

# Every line that begins with "#" and a key is a setting: taking the sign away makes it hold.
TEMPLATE = """\
# Configuration of leaflet (leaflet-validator). A line that begins with "#" and a key is not in force:
# take the sign away. `leaflet config show` tells what holds, and from where.

# By what to judge. "auto" guesses from the text, and says on what evidence.
#market = "eu"                      # eu, uk, tr, us
#language = "en"
#template = "10.4"                  # a version of the market's template; without it the one in force
#law = "our-rules"                  # a folder of house rules, seen from this file

# What to look at. A rule is an id ("statement/disposal"), a family ("warning") or a pattern ("warning/*").
#select = ["section", "statement"]
#ignore = ["style"]
#revisions = "accepted"             # of Word files with tracked changes; or "original"
#archives = false                   # also read the files in ZIP archives

# How to tell, and what fails.
#format = "text"
#fail-on = "error"                  # error, warning, advice, never
#evidence = false                   # say which law and options a report rests on
#baseline = "known.json"            # findings written down by --write-baseline do not count
#strict-baseline = false
#jobs = 2                           # processes
#cache = ".leaflet-cache"           # keep results; unchanged files take theirs

# Facts that the text does not tell, or not for sure.
#[product]
#prescription = "yes"               # yes, no
#administration = "self"            # self, professional
#route = "oral"

# How much of one file is read; what exceeds a limit is refused (docs/cli.md lists them all).
#[limits]
#max-bytes = 50_000_000

# Other severities than the market's own.
#[severity]
#"consistency/brackets" = "warning"

# Other options for some files; * also stands for /.
#[[override]]
#path = "turkey/*"
#market = "tr"
#ignore = ["consistency/brackets"]
#[override.product]
#route = "cutaneous"

# A finding that a person accepts. It stays in the report, with the reason.
#[[waiver]]
#rule = "statement/keep-out-of-reach"
#path = "leaflets/velorin-*"
#reason = "stands on the carton"
#by = "A. Person"
#until = 2030-12-31
"""


@click.command("init", short_help="Write a commented leaflet.toml.")
@click.argument("folder", default=".", metavar="[FOLDER]")
def command(folder: str) -> int:
    """Write leaflet.toml into FOLDER (default: here), every setting explained and none in force."""
    from pathlib import Path

    from validator.configuration import find_configuration
    from validator.errors import UsageError

    path = Path(folder, "leaflet.toml")
    project = path.with_name("pyproject.toml")
    if find_configuration(path.parent) == project:
        raise UsageError(f"the configuration is in {project}: {path.name} would take its place")
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(TEMPLATE)
    except FileExistsError:
        raise UsageError(f"{path} is there already: it stays as it is") from None
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    click.echo(f"written: {path}")
    return EXIT_CLEAN
