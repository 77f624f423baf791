"""What a run is asked to do: the engine's `Options`, and whether the names in them exist."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any, Literal, get_args

from validator.catalogue import LAW_FILES, language_pack, languages, markets, profile, requirements, templates
from validator.document.blocks import Revisions
from validator.errors import UsageError
from validator.outline.recognise import recognition
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.records import Severity
from validator.resources import house_rules

FailOn = Literal["error", "warning", "advice", "never"]
REVISIONS: tuple[Revisions, ...] = get_args(Revisions)
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "advice", "never")
_NAMES = ("substance", "class")  # what requirements depend on by names; a class follows from the substances
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Override:
    """Other options for the files whose path, as seen from `folder`, fits `pattern` (* also stands for /).

    `changes` are fields of `Options`: `ignore`, `product` and `severity` add to what holds elsewhere, the
    others take its place.
    """

    folder: str
    pattern: str
    changes: Mapping[str, Any]

    def __str__(self) -> str:
        """The override in one line, for the evidence of a run."""
        return f"{self.pattern}: {', '.join(f'{key}={value}' for key, value in sorted(self.changes.items()))}"


@dataclass(frozen=True, slots=True)
class Options:
    """What the engine needs to know beside the leaflet.

    `select` and `ignore` hold rule ids, families ("warning") or patterns ("warning/*"); `product`
    holds facts that win over those read from the text; `severity` overrides that of a rule;
    `revisions` is the view of tracked changes that is judged; `archives` asks for the files in ZIP
    archives as well; `template` is the version of the market's template, "" the one in force; `law`
    is a folder of house rules that add to ours; `limits` bound what is read; `overrides` are other
    options for some files.
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
    template: str = ""
    law: str = ""
    limits: Limits = DEFAULT_LIMITS
    overrides: tuple[Override, ...] = ()

    def at(self, path: str) -> Options:
        """The options for one file: of several overrides that fit it the later ones win."""
        found = replace(self, overrides=()) if self.overrides else self
        for override in self.overrides:
            if fnmatchcase(seen_from(path, override.folder), override.pattern):
                found = found.changed(override.changes)
        return found

    def changed(self, changes: Mapping[str, Any]) -> Options:
        """The options with those of an override."""
        new = dict(changes)
        new["ignore"] = (*self.ignore, *changes.get("ignore", ()))
        new["product"] = {**self.product, **changes.get("product", {})}
        new["severity"] = {**self.severity, **changes.get("severity", {})}
        return replace(self, **new)

    def wants(self, rule: str) -> bool:
        """Whether a rule is asked for: selected (by default all are) and not ignored."""
        if not self.select and not self.ignore:
            return True
        selected = not self.select or any(matches(pattern, rule) for pattern in self.select)
        return selected and not any(matches(pattern, rule) for pattern in self.ignore)


def seen_from(path: str, folder: str) -> str:
    """A path as seen from a folder, with forward slashes."""
    try:
        return PurePath(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return PurePath(path).as_posix()


def matches(pattern: str, rule: str) -> bool:
    """Whether a rule id, family name or pattern means this rule."""
    return pattern in (rule, rule.split("/")[0]) or fnmatchcase(rule, pattern)


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


def require_template(value: str) -> None:
    """Raise a UsageError unless it is "" or some market can be judged by this version of its template."""
    known = [version for name in markets() for version in templates(name)]
    for name in markets():
        if value in [version.template for version in profile(name).announced]:
            profile(name, value)  # raises, and says why nothing is judged by it
    if value:
        require("template", value, known)


def require_law(value: str) -> None:
    """Raise a UsageError unless it is "" or a folder of law files, each of a name that is read."""
    if not value:
        return
    if not Path(value).is_dir():
        raise UsageError(f"there is no folder '{value}'")
    files = [path.relative_to(value).as_posix() for path in sorted(Path(value).rglob("*.yaml"))]
    if not files:
        raise UsageError(f"the folder '{value}' holds no law file (*.yaml)")
    for file in files:
        if not any(fnmatchcase(file, pattern) for pattern in LAW_FILES):
            raise UsageError(f"'{file}' in '{value}' is no law file: these are {', '.join(LAW_FILES)}")


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


def require_fact(fact: str, value: str) -> None:
    """Raise a UsageError unless a product may have the fact, with this value; a substance has any name."""
    known = _facts()
    require("product fact", fact, sorted((*known, "revised", "substance")))
    if fact == "revised" and not _DATE.fullmatch(value):
        raise UsageError(f"'{value}' is no date: write 2024-06-15, 2024-06 or 2024")
    if fact in known:
        require(fact, value, known[fact])


def _facts() -> dict[str, tuple[str, ...]]:
    """The facts of a product with their values: those of the law, and those that a requirement depends on."""
    found = dict(recognition().facts)
    for requirement in requirements().values():
        for fact, pattern in (*requirement.applies.items(), *requirement.doubtful.items()):
            if fact not in _NAMES:
                values = (*found.get(fact, ()), *pattern.lstrip("!=").split("|"))
                found[fact] = tuple(dict.fromkeys(values))
    return found


def require_limit(value: str) -> None:
    """Raise a UsageError unless it is one of the limits of what is read, as the configuration writes them."""
    require("limit", value, [entry.name.replace("_", "-") for entry in fields(Limits)])


def require_revisions(value: str) -> None:
    """Raise a UsageError unless it is a view of tracked changes."""
    require("view of tracked changes", value, REVISIONS)


def verify(options: Options) -> None:
    """Raise a UsageError if something that the options name does not exist."""
    require_revisions(options.revisions)
    require_law(options.law)
    with house_rules(options.law):
        _verify_names(options)
        for override in options.overrides:
            try:
                _verify_names(replace(options, overrides=()).changed(override.changes))
            except UsageError as error:
                raise UsageError(f"for '{override.pattern}': {error}") from None


def _verify_names(options: Options) -> None:
    require_market(options.market)
    require_language(options.language)
    require_template(options.template)
    if options.market != "auto":
        profile(options.market, options.template)
    if "auto" not in (options.market, options.language):
        language_pack(options.market, options.language)
    for pattern in (*options.select, *options.ignore):
        require_rule(pattern)
    for fact, value in options.product.items():
        require_fact(fact, value)
