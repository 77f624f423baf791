"""The law as data: the models of wording, and the loaders of all that stands in the files of `law/`.

A requirement is language-neutral and stands once, in `law/requirements/<family>.yaml`. A market's
`profile.yaml` says which requirements it makes, how severe they are and by which law; the profile of
another version of its template stands beside it, as `profile.<version>.yaml`. Wording stands in
`law/<market>/wording.<language>.yaml`; the grammar of a language (numbers, units, frequency words) in
`law/languages/<language>.yaml`, see `grammar`. A folder of house rules has the same files and adds to ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import ClassVar, Literal

from validator.errors import UsageError
from validator.lawfile import file_error, load_law, load_model
from validator.record import record
from validator.records import (
    Example,
    Examples,
    Profile,
    Requirement,
    Requirements,
    SectionId,
    Source,
)
from validator.resources import law_folders, of_law

# The names of law files, also in a folder of house rules.
LAW_FILES = (
    "requirements/*.yaml",
    "examples/*.yaml",
    "sources.yaml",
    "substances.yaml",
    "monitoring.yaml",
    "style.yaml",
    "recognition.yaml",
    "units.yaml",
    "comparison.yaml",
    "reporting.yaml",
    "languages/*.yaml",
    "*/profile.yaml",
    "*/profile.*.yaml",
    "*/wording.*.yaml",
)


@record
class Wording:
    """One fixed text of a template, in bracket notation.

    `text` is the template's own; `accepted` are variants that say the same; `outdated` are wordings
    a later template replaced; `signals` are loose patterns by which a paraphrase is recognised;
    `mentions` are patterns that touch a topic without telling it. `decisive` are the words of a sentence
    that may be left out which no other may stand for ("last" of the day to which an expiry date refers).
    `seen` says where the wording was seen; an entry from memory never leads to an error.
    """

    text: str
    accepted: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    decisive: tuple[str, ...] = ()
    seen: Literal["template", "leaflets", "rendering", "memory"]
    source: str = ""


@record
class HeadingWording:
    """A heading in bracket notation, with the other forms in which real leaflets carry it.

    `seen` is "memory" unless somebody says where it was seen.
    """

    text: str
    accepted: tuple[str, ...] = ()
    seen: Literal["template", "leaflets", "rendering", "memory"] = "memory"
    source: str = ""


@record
class SubHeading(HeadingWording):
    """A sub-heading and the section it belongs to; the text of a `group` may be its sub-headings."""

    section: SectionId
    group: bool = False


@record
class Concept:
    """A warning that has no single official wording: any of the patterns says it.

    `text` is what to paste; `outdated` patterns say it in superseded words. `seen: duty`: that it must
    be said was read, how leaflets say it was not.
    """

    text: str
    patterns: tuple[str, ...]
    outdated: tuple[str, ...] = ()
    seen: Literal["template", "leaflets", "rendering", "duty", "memory"]
    source: str = ""


@record
class ExcipientWording:
    """An excipient with a known effect in one language: its names and what section 2 must say.

    `names` are words as lists of ingredients carry them; `statement` any of these patterns is
    enough; `text` is what to paste. `stated` are the names under which section 2 states an amount,
    `share_of` the words by which a percentage is known as a share of the daily intake;
    `found_in` are ingredients that hold it under another name ("maltodextrin" for glucose).
    `contraindicated` are the words of the allergy that “Do not take” must name; `free` the patterns that
    call a medicine free of it, `diet` those of the advice for people on a diet.
    """

    names: tuple[str, ...]
    e_numbers: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    statement: tuple[str, ...]
    stated: tuple[str, ...] = ()
    share_of: tuple[str, ...] = ()
    found_in: tuple[str, ...] = ()
    contraindicated: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    diet: tuple[str, ...] = ()
    text: str
    seen: Literal["template", "leaflets", "rendering", "memory"]
    source: str = ""


@record
class LanguagePack:
    """All wording of one market's template in one language.

    `rendering` marks a pack that has no official standing (an English rendering of a Turkish
    leaflet): deviations from it are for review. `harmless` words may differ without changing the
    meaning of a statement. `weak`/`strong` are modal words whose exchange weakens a warning.
    `contains` are the verbs that say that a medicine contains something, `contained` those that stand behind
    it ("laktoz içerir"); `e_numbers` the names of additives.
    """

    market: str
    language: str
    rendering: bool = False
    title: HeadingWording
    contents_title: HeadingWording | None = None
    contents_end: HeadingWording | None = None
    sections: Mapping[SectionId, HeadingWording]
    subheadings: Mapping[str, SubHeading]
    statements: Mapping[str, Wording]
    concepts: Mapping[str, Concept] = field(default_factory=dict)
    excipients: Mapping[str, ExcipientWording] = field(default_factory=dict)
    contains: tuple[str, ...] = ()
    contained: tuple[str, ...] = ()
    e_numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    references: tuple[str, ...]
    harmless: tuple[str, ...] = ()
    modality: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cues: tuple[str, ...] = ()
    facts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    leftovers: tuple[str, ...] = ()


@record
class SourceFile:
    """`law/sources.yaml`."""

    sources: Mapping[str, Source]


@of_law
def sources() -> Mapping[str, Source]:
    """All cited sources by key."""
    return load_law("sources.yaml", SourceFile).sources


@of_law
def markets() -> tuple[str, ...]:
    """The markets that have a profile, in alphabetical order."""
    return tuple(sorted({path.parent.name for path in _law_files("*/profile.yaml")}))


@of_law
def profile(market: str, template: str = "") -> Profile:
    """The profile of a market, by default of the template in force; a UsageError names what there is."""
    if market not in markets():
        raise UsageError(f"unknown market '{market}': choose {', '.join(markets())}")
    current = load_law(f"{market}/profile.yaml", Profile)
    if template in ("", current.template):
        return current
    if template not in templates(market):
        note = next((f": {each.note}" for each in current.announced if each.template == template), "")
        known = f"is not in force{note}" if note else "does not exist"
        raise UsageError(
            f"template '{template}' of market '{market}' {known}; choose {', '.join(templates(market))}"
        )
    return load_law(f"{market}/profile.{template}.yaml", Profile)


@of_law
def templates(market: str) -> tuple[str, ...]:
    """The template versions of a market that can be judged by, the one in force last."""
    older = {path.name[len("profile.") : -len(".yaml")] for path in _law_files(f"{market}/profile.*.yaml")}
    return (*sorted(older), profile(market).template)


@of_law
def languages(market: str) -> tuple[str, ...]:
    """The languages in which a market has wording, in alphabetical order."""
    profile(market)
    return tuple(sorted({path.name.split(".")[1] for path in _law_files(f"{market}/wording.*.yaml")}))


@of_law
def language_pack(market: str, language: str, template: str = "") -> LanguagePack:
    """The wording of a market in a language; a UsageError names the languages there are."""
    return load_law(_wording_file(market, language, template), LanguagePack)


@record
class _Cues:
    """The cues of a language pack, the rest left unread: far cheaper than the whole."""

    __pydantic_config__: ClassVar = {"extra": "ignore"}
    cues: tuple[str, ...] = ()


@of_law
def cues(market: str, language: str) -> tuple[str, ...]:
    """The phrases by which a leaflet of the market is told."""
    return load_law(_wording_file(market, language), _Cues).cues


def _wording_file(market: str, language: str, template: str = "") -> str:
    known = languages(market)
    if language not in known:
        raise UsageError(
            f"market '{market}' has no wording in language '{language}': choose {', '.join(known)}"
        )
    older = f"{market}/wording.{language}.{template}.yaml"
    return older if template and _law_files(older) else f"{market}/wording.{language}.yaml"


@of_law
def requirements() -> Mapping[str, Requirement]:
    """Every requirement by its id, over all families."""
    found: dict[str, Requirement] = {}
    for path in _law_files("requirements/*.yaml"):
        for index, requirement in enumerate(load_model(path, Requirements).requirements):
            if requirement.id in found:
                where = ("requirements", index, "id")
                raise file_error(path, where, f"there is a requirement '{requirement.id}' already")
            found[requirement.id] = requirement
    return found


@of_law
def examples() -> Mapping[str, tuple[Example, ...]]:
    """The worked examples of every requirement by its id."""
    files = (load_model(path, Examples).examples for path in _law_files("examples/*.yaml"))
    return {rule: found for each in files for rule, found in each.items()}


def _law_files(pattern: str) -> list[Path]:
    return [path for folder in law_folders() for path in sorted(folder.glob(pattern))]
