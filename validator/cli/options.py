"""Option types and settings that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from validator.errors import ConfigurationError

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.readers.limits import Limits
    from validator.settings import Options, Override

    _Type = click.ParamType[str]
else:  # older versions of click cannot be subscripted
    _Type = click.ParamType

_CONFIGURATION = "validator.configuration"
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Name(_Type):
    """One of a set of names that is looked up only when needed; an unknown one names the choices."""

    def __init__(self, name: str, known: Callable[[], Iterable[str]], check: Callable[[str], None]) -> None:
        self.name = name
        self._known = known
        self._check = check

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the name; a UsageError says what there is."""
        self._check(value)
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin like this."""
        return [CompletionItem(name) for name in self._known() if name.startswith(incomplete)]


def _markets() -> list[str]:
    from validator.catalogue import markets

    return ["auto", *markets()]


def _languages() -> list[str]:
    from validator.settings import all_languages

    return ["auto", *all_languages()]


def _templates() -> list[str]:
    from validator.catalogue import markets, templates

    return [version for name in markets() for version in templates(name)]


def _rules() -> list[str]:
    from validator.catalogue import requirements

    return list(requirements())


def _require(kind: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        from validator import settings

        getattr(settings, f"require_{kind}")(value)

    return check


MARKET = Name("market", _markets, _require("market"))
LANGUAGE = Name("language", _languages, _require("language"))
TEMPLATE = Name("template", _templates, _require("template"))
RULE = Name("rule", _rules, _require("id"))
PATTERN = Name("rule", _rules, _require("rule"))


def choice(kind: str, known: Callable[[], Iterable[str]]) -> Name:
    """A type for one of some names, such as the report formats."""

    def check(value: str) -> None:
        from validator.settings import require

        require(kind, value, known())

    return Name(kind, known, check)


def report_formats() -> list[str]:
    """The forms of the report."""
    from validator.reports import FORMATS

    return sorted(FORMATS)


def input_formats() -> tuple[str, ...]:
    """The formats that can be read."""
    from validator.readers import formats

    return formats()


def revisions() -> tuple[str, ...]:
    """The views of tracked changes."""
    from validator.settings import REVISIONS

    return REVISIONS


def reading(function: Decorated) -> Decorated:
    """The options of every command that reads a leaflet: by what to judge it, and how to read it."""
    for decorate in (
        configured,
        click.option(
            "--revisions",
            type=choice("view of tracked changes", revisions),
            metavar="VIEW",
            help="Tracked changes of a Word file: accepted (default) or original, the text before them.",
        ),
        click.option(
            "--input-format",
            type=choice("input format", input_formats),
            metavar="FORMAT",
            help="Format of the input; by default told by its content.",
        ),
        click.option(
            "--template",
            type=TEMPLATE,
            metavar="VERSION",
            help="Version of the market's template to judge by.",
        ),
        click.option("--language", type=LANGUAGE, help="Language to judge by, or auto (default)."),
        click.option("--market", type=MARKET, help="Market to judge by, or auto (default)."),
    ):
        function = decorate(function)
    return function


def selecting(function: Decorated) -> Decorated:
    """The options of every command that judges: which rules."""
    for decorate in (
        click.option("--ignore", multiple=True, type=PATTERN, metavar="RULE", help="Leave these rules out."),
        click.option(
            "--select",
            multiple=True,
            type=PATTERN,
            metavar="RULE",
            help="Only these rules: id, family or 'warning/*'.",
        ),
    ):
        function = decorate(function)
    return function


def read_stdin(limits: Limits) -> bytes:
    """Standard input, within the size limit of files."""
    data = sys.stdin.buffer.read(limits.max_bytes + 1)
    limits.check_size(len(data))
    return data


def _configure(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Load the configuration file that was named, or the nearest one upwards from the working directory.

    That comes before the other options are looked at: house rules add names that they may hold.
    """
    from validator.configuration import Configuration, find_configuration, load_configuration
    from validator.resources import house_rules

    path = Path(value) if value else find_configuration(Path.cwd())
    found = load_configuration(path) if path else Configuration()
    if found.format and found.format not in report_formats():
        known = ", ".join(report_formats())
        raise ConfigurationError(f"{path}: format: unknown format '{found.format}': choose {known}")
    ctx.with_resource(house_rules(found.law or ""))
    ctx.obj = found
    ctx.meta[_CONFIGURATION] = path


def configuration_path() -> Path | None:
    """The configuration file of the running command."""
    path: Path | None = click.get_current_context().meta[_CONFIGURATION]
    return path


def configured(function: Decorated) -> Decorated:
    """The option `--config` of every command; the configuration becomes the object of the context."""
    return click.option(
        "--config",
        metavar="FILE",
        is_eager=True,
        expose_value=False,
        callback=_configure,
        help="Configuration file (default: leaflet.toml or pyproject.toml upwards).",
    )(function)


def reading_options(config: Configuration, given: dict[str, Any]) -> Options:
    """How a leaflet is to be read: the command line over the configuration file over the defaults."""
    from validator.settings import Options

    return Options(
        market=given["market"] or config.market or "auto",
        language=given["language"] or config.language or "auto",
        template=given["template"] or config.template or "",
        law=config.law or "",
        input_format=given["input_format"],
        revisions=given["revisions"] or config.revisions or "accepted",
        limits=config.bounds(),
        overrides=tuple(_overrides(config, given)),
    )


def judging_options(config: Configuration, given: dict[str, Any]) -> Options:
    """By what a leaflet is to be judged: the command line over the configuration file over the defaults."""
    from dataclasses import replace

    from validator.settings import verify

    options = replace(
        reading_options(config, given),
        select=given["select"] or tuple(config.select),
        ignore=given["ignore"] or tuple(config.ignore),
        product=config.facts(),
        severity=config.severity,
    )
    verify(options)
    return options


def _overrides(config: Configuration, given: dict[str, Any]) -> Iterator[Override]:
    """The overrides of the configuration file, but for what the command line says itself."""
    from validator.settings import Override

    path = configuration_path()
    for entry in config.override if path else ():
        changes = {key: value for key, value in entry.changes().items() if not given.get(key)}
        yield Override(str(path.parent) if path else "", entry.path, changes)
