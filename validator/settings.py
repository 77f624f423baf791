"""What a run is asked to do: the engine's `Options`, and the configuration file they may come from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from validator.catalogue import Severity, language_pack, languages, markets, requirements
from validator.document.blocks import Revisions
from validator.errors import ConfigurationError, UsageError

FailOn = Literal["error", "warning", "advice", "never"]
REVISIONS: tuple[Revisions, ...] = get_args(Revisions)
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "advice", "never")
_FILE = "leaflet.toml"
_TABLES = ("product", "severity")


@dataclass(frozen=True, slots=True)
class Options:
    """What the engine needs to know beside the leaflet.

    `select` and `ignore` hold rule ids, families ("warning") or patterns ("warning/*"); `product`
    holds facts that win over those read from the text; `severity` overrides that of a rule;
    `revisions` is the view of tracked changes that is judged; `archives` asks for the files in ZIP
    archives as well.
    """

    market: str = "auto"
    language: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    product: Mapping[str, str] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    input_format: str | None = None
    revisions: Revisions = "accepted"
    archives: bool = False

    def wants(self, rule: str) -> bool:
        """Whether a rule is asked for: selected (by default all are) and not ignored."""
        selected = not self.select or any(matches(pattern, rule) for pattern in self.select)
        return selected and not any(matches(pattern, rule) for pattern in self.ignore)


def matches(pattern: str, rule: str) -> bool:
    """Whether a rule id, family name or pattern means this rule."""
    return pattern in (rule, rule.split("/")[0]) or fnmatchcase(rule, pattern)


class Configuration(BaseModel):
    """The keys of `leaflet.toml` and of `[tool.leaflet]`; what is not set stays None or empty."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-")
    )

    market: str | None = None
    language: str | None = None
    format: str | None = None
    fail_on: FailOn | None = None
    select: list[str] = []
    ignore: list[str] = []
    revisions: Revisions | None = None
    archives: bool = False
    jobs: int | None = Field(default=None, ge=1)
    product: dict[str, str | bool | list[str]] = {}
    severity: dict[str, Severity] = {}

    def facts(self) -> dict[str, str]:
        """The facts of `[product]` as the engine takes them: words, several joined by commas."""
        return {key: _word(value) for key, value in self.product.items()}


def _word(value: str | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else ",".join(value)


def require(kind: str, value: str, known: Iterable[str], listed: str = "") -> None:
    """Raise a UsageError that names the choices, and the closest one, unless the value is known."""
    names = list(known)
    if value in names:
        return
    close = get_close_matches(value, names, 1)
    choices = listed or f"choose {', '.join(names)}"
    hint = f"did you mean '{close[0]}'? " if close and listed else ""
    tail = f"; did you mean '{close[0]}'?" if close and not listed and len(names) > 2 else ""
    raise UsageError(f"unknown {kind} '{value}': {hint}{choices}{tail}")


def require_market(value: str) -> None:
    """Raise a UsageError unless the market is known or "auto"."""
    if value != "auto":
        require("market", value, markets())


def require_language(value: str) -> None:
    """Raise a UsageError unless some market has wording in the language, or it is "auto"."""
    if value != "auto":
        require("language", value, all_languages())


def all_languages() -> list[str]:
    """The languages in which some market has wording."""
    return sorted({code for name in markets() for code in languages(name)})


def other_markets(market: str, language: str) -> list[str]:
    """The markets beside this one that have wording in the language."""
    return [name for name in markets() if name != market and language in languages(name)]


def require_rule(value: str) -> None:
    """Raise a UsageError unless a rule id, family or pattern means at least one rule."""
    rules = requirements()
    if not any(matches(value, rule) for rule in rules):
        families = dict.fromkeys(rule.split("/")[0] for rule in rules)
        require("rule", value, [*families, *rules], "'leaflet rules' lists all")


def require_id(value: str) -> None:
    """Raise a UsageError unless it is the id of one rule."""
    require("rule", value, requirements(), "'leaflet rules' lists all")


def require_fact(value: str) -> None:
    """Raise a UsageError unless some requirement depends on the product fact."""
    facts = {fact for requirement in requirements().values() for fact in requirement.applies}
    require("product fact", value, sorted(facts))


def require_revisions(value: str) -> None:
    """Raise a UsageError unless it is a view of tracked changes."""
    require("view of tracked changes", value, REVISIONS)


def verify(options: Options) -> None:
    """Raise a UsageError if market, language, a rule or the view of tracked changes does not exist."""
    require_revisions(options.revisions)
    require_market(options.market)
    require_language(options.language)
    if "auto" not in (options.market, options.language):
        language_pack(options.market, options.language)
    for pattern in (*options.select, *options.ignore):
        require_rule(pattern)


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
    try:
        text = path.read_text("utf-8")
        data: dict[str, Any] = tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: not valid TOML: the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from None
    prefix = ""
    if path.name == "pyproject.toml":
        data, prefix = data.get("tool", {}).get("leaflet", {}), "tool.leaflet"
    place = _Place(path, text, prefix)
    try:
        configuration = Configuration.model_validate(data)
    except ValidationError as error:
        raise place.error(*_explain(error)) from None
    _verify(configuration, place)
    return configuration


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a configuration stands, for messages about its keys."""

    path: Path
    text: str
    prefix: str

    def error(self, keys: tuple[str, ...], message: str) -> ConfigurationError:
        line = self._line(keys)
        where = f"{self.path}:{line}" if line else str(self.path)
        return ConfigurationError(f"{where}: {'.'.join(keys)}: {message}")

    def _line(self, keys: tuple[str, ...]) -> int:
        """The line of a key; tomllib keeps no places, so the text is searched table by table."""
        wanted = ".".join(part for part in (self.prefix, *keys[:-1]) if part)
        table = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\s*\[+\s*([^]]+?)\s*\]", line):
                table = header[1]
                if table == f"{wanted}.{keys[-1]}".lstrip("."):
                    return number
            elif table == wanted and re.match(rf"\s*[\"']?{re.escape(keys[-1])}[\"']?\s*=", line):
                return number
        return 0


def _explain(error: ValidationError) -> tuple[tuple[str, ...], str]:
    """The key of the first error, and what was expected there."""
    first = error.errors(include_url=False)[0]
    loc = [str(part) for part in first["loc"]] or ["tool", "leaflet"]
    keys = tuple(loc[: 2 if loc[0] in (*_TABLES, "tool") else 1])
    if first["type"] == "extra_forbidden":
        known = sorted(entry.alias or name for name, entry in Configuration.model_fields.items())
        close = get_close_matches(keys[0], known, 1)
        hint = f"did you mean '{close[0]}'? " if close else ""
        return keys, f"unknown key; {hint}known keys are {', '.join(known)}"
    if keys[0] == "product" and len(keys) > 1:
        return keys, "expected a text, a list of texts, true or false"
    expected = (
        first["msg"]
        .removeprefix("Input should be ")
        .replace("dictionary", "table")
        .removesuffix(" or instance of Configuration")
    )
    return keys, f"expected {expected}, found {first['input']!r}"


def _verify(configuration: Configuration, place: _Place) -> None:
    """Check the names in a configuration against the law."""
    checks: list[tuple[tuple[str, ...], Callable[[str], None], str]] = [
        *((("select",), require_rule, rule) for rule in configuration.select),
        *((("ignore",), require_rule, rule) for rule in configuration.ignore),
        *((("severity", rule), require_id, rule) for rule in configuration.severity),
        *((("product", fact), require_fact, fact) for fact in configuration.product),
    ]
    if configuration.market is not None:
        checks.append((("market",), require_market, configuration.market))
    if configuration.language is not None:
        checks.append((("language",), require_language, configuration.language))
    for keys, check, value in checks:
        try:
            check(value)
        except UsageError as error:
            raise place.error(keys, str(error)) from None
