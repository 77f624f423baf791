"""The configuration file: `leaflet.toml`, or the table `[tool.leaflet]` of a `pyproject.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from validator.document.blocks import Revisions
from validator.errors import UsageError
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.record import AtLeast
from validator.records import Severity
from validator.resources import house_rules
from validator.settings import (
    FailOn,
    require_fact,
    require_id,
    require_language,
    require_law,
    require_limit,
    require_market,
    require_rule,
    require_template,
)
from validator.tomlfile import Key, TomlFile, read_toml

if TYPE_CHECKING:
    from validator.overrides import FileOptions
    from validator.review.entry import Waiver

_FILE = "leaflet.toml"
_Name = tuple[tuple[Key, ...], Callable[[str], None], str | None]  # where it stands, what must hold, the name


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The keys of `leaflet.toml` and of `[tool.leaflet]`; what is not set stays None or empty."""

    market: str | None = None
    language: str | None = None
    template: str | None = None
    law: str | None = None
    format: str | None = None
    fail_on: FailOn | None = None
    select: list[str] = field(default_factory=list)
    ignore: list[str] = field(default_factory=list)
    revisions: Revisions | None = None
    archives: bool = False
    jobs: Annotated[int, AtLeast(1)] | None = None
    product: dict[str, str | bool | list[str]] = field(default_factory=dict)
    severity: dict[str, Severity] = field(default_factory=dict)
    limits: dict[str, Annotated[int, AtLeast(1)]] = field(default_factory=dict)
    baseline: str | None = None
    strict_baseline: bool = False
    evidence: bool = False
    cache: str | None = None
    waiver: list[Waiver] = field(default_factory=list)
    override: list[FileOptions] = field(default_factory=list)

    def facts(self) -> dict[str, str]:
        """The facts of `[product]` as the engine takes them."""
        return facts(self.product)

    def bounds(self) -> Limits:
        """The limits of what is read, those of `[limits]` in the place of the defaults."""
        return replace(DEFAULT_LIMITS, **{name.replace("-", "_"): most for name, most in self.limits.items()})


def facts(product: Mapping[str, str | bool | list[str]]) -> dict[str, str]:
    """Facts of a product as the engine takes them: words, several joined by commas."""
    return {key: _word(value) for key, value in product.items()}


def _word(value: str | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else ",".join(value)


def find_configuration(folder: Path) -> Path | None:
    """The nearest configuration file, upwards from a folder."""
    for place in (folder, *folder.parents):
        if (place / _FILE).is_file():
            return place / _FILE
        project = place / "pyproject.toml"
        if project.is_file() and b"tool.leaflet" in project.read_bytes():
            return project
    return None


def load_configuration(path: Path) -> Configuration:
    """Read a configuration file; a ConfigurationError names file, line, key and what was expected."""
    source = configuration_file(path)
    read = source.load(configuration_model())
    values = {entry.name: getattr(read, entry.name) for entry in fields(Configuration)}
    # Files and folders are named as seen from the file.
    for key in ("law", "baseline", "cache"):
        if values[key] is not None:
            values[key] = str(path.parent / values[key])
    configuration = Configuration(**values)
    _verify(configuration, source)
    return configuration


def configuration_model() -> Any:
    """What validates the file, made from the fields of `Configuration`; loaded where there is a file."""
    from pydantic import ConfigDict, create_model

    from validator.overrides import FileOptions
    from validator.review.entry import Waiver

    tables = {"Waiver": Waiver, "FileOptions": FileOptions}
    hints = get_type_hints(Configuration, localns=tables, include_extras=True)
    keys: dict[str, Any] = {
        entry.name: (
            hints[entry.name],
            entry.default_factory() if entry.default_factory is not MISSING else entry.default,
        )
        for entry in fields(Configuration)
    }
    config = ConfigDict(extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-"))
    return create_model("Configuration", __config__=config, **keys)


def configuration_file(path: Path) -> TomlFile:
    """The file, or the table of it that is ours."""
    return read_toml(path, "tool.leaflet" if path.name == "pyproject.toml" else "")


def _verify(configuration: Configuration, place: TomlFile) -> None:
    """Check the names in a configuration against the law."""
    names: list[_Name] = [
        (("market",), require_market, configuration.market),
        (("language",), require_language, configuration.language),
        (("template",), require_template, configuration.template),
        *((("select",), require_rule, rule) for rule in configuration.select),
        *((("ignore",), require_rule, rule) for rule in configuration.ignore),
        *((("severity", rule), require_id, rule) for rule in configuration.severity),
        *(
            (("product", fact), partial(require_fact, fact), value)
            for fact, value in configuration.facts().items()
        ),
        *((("limits", name), require_limit, name) for name in configuration.limits),
        *(
            (("waiver", number, "rule"), require_id, each.rule)
            for number, each in enumerate(configuration.waiver)
        ),
    ]
    for number, override in enumerate(configuration.override):
        names += _names_of(number, override)
    for number, waiver in enumerate(configuration.waiver):
        if waiver.path is None:
            keys: tuple[Key, ...] = ("waiver", number, "path")
            raise place.error(keys, "is required: which leaflets, such as 'leaflets/*.txt'")
    _check(place, ("law",), require_law, configuration.law)
    with house_rules(configuration.law or ""):
        for keys, require, value in names:
            _check(place, keys, require, value)


def _names_of(number: int, override: FileOptions) -> list[_Name]:
    """The names in an override."""
    at = ("override", number)
    return [
        ((*at, "market"), require_market, override.market),
        ((*at, "language"), require_language, override.language),
        ((*at, "template"), require_template, override.template),
        *(((*at, "select"), require_rule, rule) for rule in override.select or ()),
        *(((*at, "ignore"), require_rule, rule) for rule in override.ignore or ()),
        *(((*at, "severity"), require_id, rule) for rule in override.severity or ()),
        *(
            ((*at, "product", fact), partial(require_fact, fact), value)
            for fact, value in facts(override.product or {}).items()
        ),
    ]


def _check(place: TomlFile, keys: tuple[Key, ...], require: Callable[[str], None], value: str | None) -> None:
    if value is None:
        return
    try:
        require(value)
    except UsageError as error:
        raise place.error(keys, str(error)) from None
