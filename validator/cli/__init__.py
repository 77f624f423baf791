"""The command line: wiring only. Each command is loaded when it is used."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from validator.errors import EXIT_CLEAN, EXIT_USAGE, LeafletError

_COMMANDS = (
    *("check", "compare", "diff", "annotate", "fix", "watch", "parse"),
    *("explain", "rules", "template", "monitoring", "config", "init"),
)
_INTERRUPTED = 130
_BROKEN_PIPE = 141


class _Ended(Exception):
    """The run was ended from outside; carried past click, which would print a line or answer 1."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class _Lazy(click.Group):
    """A group whose commands are imported when they are called, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"validator.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            return code
        except KeyboardInterrupt:
            raise _Ended(_INTERRUPTED) from None
        except BrokenPipeError:
            # Python flushes standard output once more at its end; that must meet no broken pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise _Ended(_BROKEN_PIPE) from None


@click.group(
    cls=_Lazy,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", "-V", is_flag=True, help="Show the version and leave.")
@click.pass_context
def leaflet(ctx: click.Context, version: bool) -> int:
    """Report which mandatory content of a medicine's package leaflet is missing, altered or contradictory."""
    if version:
        from validator._version import __version__

        click.echo(f"leaflet {__version__}")
        ctx.exit(EXIT_CLEAN)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    return EXIT_CLEAN


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; errors become one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = leaflet.main(list(arguments), prog_name="leaflet", standalone_mode=False)
        return code if isinstance(code, int) else EXIT_CLEAN
    except click.ClickException as error:
        return _say(_usage(error), EXIT_USAGE)
    except LeafletError as error:
        return _say(str(error), error.exit_code)
    except _Ended as end:
        return end.code
    except OSError as error:  # a full disk, a closed standard output
        return _say(f"cannot write the output: {error.strerror}", EXIT_USAGE)


def _usage(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split()).rstrip(".")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "leaflet"
    return f"{message[:1].lower()}{message[1:]} (see '{path} --help')"


def _say(message: str, code: int) -> int:
    from validator.reports.terminal import safe

    sys.stderr.write(f"leaflet: error: {safe(message)}\n")
    return code
