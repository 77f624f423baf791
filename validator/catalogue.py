"""The law as data: models of the files in `law/`, and the loader that names file and line of an error.

A requirement is language-neutral and stands once, in `law/requirements/<family>.yaml`. A market's
`profile.yaml` says which requirements it makes, how severe they are and by which law. Wording
stands in `law/<market>/wording.<language>.yaml`; the grammar of a language (numbers, units,
frequency words) in `law/languages/<language>.yaml`, see `grammar`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from validator.document.outcome import Problem
from validator.errors import UsageError
from validator.lawfile import load_model
from validator.resources import law_folder

Severity = Literal["error", "warning", "advice"]
RuleId = Annotated[str, Field(pattern=r"^[a-z-]+/[a-z0-9-]+$")]
SectionId = Annotated[str, Field(pattern=r"^[a-z-]+$")]
Fact = Annotated[str, Field(pattern=r"^[a-z-]+$")]


class Record(BaseModel):
    """Base of all law records: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Source(Record):
    """A law, template or list that is cited; `seen` says whether its text was read, or how it is known."""

    title: str
    url: str = ""
    date: str = ""
    seen: Literal["text", "secondary", "memory"]
    note: str = ""


class Citation(Record):
    """Where a requirement stands: a source of `sources.yaml` and the place in it."""

    source: str
    at: str = ""


class Example(Record):
    """A worked example of a rule: what is put into a complete leaflet or left out of it, and the verdict.

    `texts` are put at the end of sections; the rule's own text and those of the rules in `without`
    are left out. `product` are facts given with the leaflet. `marked` is the evidence that a failing
    example must report.
    """

    verdict: Literal["pass", "fail", "review", "not-applicable"]
    problem: Problem | None = None
    marked: str = ""
    texts: Mapping[SectionId, str] = {}
    without: tuple[RuleId, ...] = ()
    product: Mapping[Fact, str] = {}
    language: str = "en"
    market: str = "eu"


class Requirement(Record):
    """One thing a leaflet must hold, independent of language and market.

    `kind` names the check (see `checks`), `params` are its typed settings. `applies` lists product
    facts that must hold ("self-use: yes"); a fact that cannot be decided makes the verdict `review`.
    `messages` has one sentence for each problem or case; slots in braces are filled by the check.
    `fix` says what to do; `fixes` says it for single cases where it is something else.
    `if_section_missing`: `folded` says it in the section's finding alone, `reminded` adds an advice
    with the words to paste, `reported` keeps the full severity (safety content).
    """

    id: RuleId
    title: str
    section: SectionId = "front"
    kind: str
    params: Mapping[str, Any] = {}
    applies: Mapping[Fact, str] = {}
    messages: Mapping[str, str]
    why: str
    fix: str
    fixes: Mapping[str, str] = {}
    if_section_missing: Literal["folded", "reminded", "reported"] = "folded"
    since: date
    until: date | None = None
    examples: tuple[Example, ...] = ()


class Requirements(Record):
    """A file of `law/requirements/`."""

    requirements: tuple[Requirement, ...]


class Demand(Record):
    """That a market makes a requirement: how severe a gap is, and by which law.

    `altered` is the severity of a deviation in wording; `section` overrides where it belongs in
    this market. `case` picks other messages of the requirement for this market.
    """

    severity: Severity
    altered: Severity = "warning"
    citation: Annotated[tuple[Citation, ...], Field(min_length=1)]
    section: SectionId | None = None
    fix: str | None = None
    params: Mapping[str, Any] = {}


class Transposition(Record):
    """A source that the market has in a form of its own: places that begin with `at` are cited as `by`."""

    source: str
    at: str = ""
    by: Citation

    def covers(self, citation: Citation) -> bool:
        """Whether this is what the market cites in place of a citation."""
        return citation.source == self.source and citation.at.startswith(self.at)


class SectionPlan(Record):
    """A main section of a template, in order; `number` is printed before its heading."""

    id: SectionId
    number: int | None = None


class Profile(Record):
    """A market with a template version: which sections in which order, which requirements.

    `transposed` says what the market cites in place of the law of the profile that it extends; the
    first entry that covers a citation counts.
    """

    market: str
    name: str
    title: str
    template: str
    since: date
    until: date | None = None
    sections: tuple[SectionPlan, ...]
    reporting_section: SectionId
    requirements: Mapping[RuleId, Demand]
    transposed: tuple[Transposition, ...] = ()

    @model_validator(mode="after")
    def _transpose(self) -> Profile:
        if self.transposed:
            own = {key: _cited(demand, self.transposed) for key, demand in self.requirements.items()}
            object.__setattr__(self, "requirements", own)
        return self


def _cited(demand: Demand, transposed: tuple[Transposition, ...]) -> Demand:
    found = [
        next((entry.by for entry in transposed if entry.covers(citation)), citation)
        for citation in demand.citation
    ]
    return demand.model_copy(update={"citation": tuple(dict.fromkeys(found))})


class Wording(Record):
    """One fixed text of a template, in bracket notation.

    `text` is the template's own; `accepted` are variants that say the same; `outdated` are wordings
    a later template replaced; `signals` are loose patterns by which a paraphrase is recognised;
    `mentions` are patterns that touch a topic without telling it.
    `seen` says where the wording was seen; an entry from memory never leads to an error.
    """

    text: str
    accepted: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    seen: Literal["template", "leaflets", "rendering", "memory"]
    source: str = ""


class HeadingWording(Record):
    """A heading in bracket notation, with the other forms in which real leaflets carry it."""

    text: str
    accepted: tuple[str, ...] = ()
    seen: Literal["template", "leaflets", "rendering", "memory"] = "template"


class SubHeading(HeadingWording):
    """A sub-heading and the section it belongs to; the text of a `group` may be its sub-headings."""

    section: SectionId
    group: bool = False


class Concept(Record):
    """A warning that has no single official wording: any of the patterns says it.

    `text` is what to paste; `outdated` patterns say it in superseded words.
    """

    text: str
    patterns: tuple[str, ...]
    outdated: tuple[str, ...] = ()
    seen: Literal["template", "leaflets", "rendering", "memory"]
    source: str = ""


class ExcipientWording(Record):
    """An excipient with a known effect in one language: its names and what section 2 must say.

    `names` are words as lists of ingredients carry them; `statement` any of these patterns is
    enough; `text` is what to paste.
    """

    names: tuple[str, ...]
    e_numbers: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    statement: tuple[str, ...]
    text: str
    seen: Literal["template", "leaflets", "rendering", "memory"]
    source: str = ""


class LanguagePack(Record):
    """All wording of one market's template in one language.

    `rendering` marks a pack that has no official standing (an English rendering of a Turkish
    leaflet): deviations from it are for review. `harmless` words may differ without changing the
    meaning of a statement. `weak`/`strong` are modal words whose exchange weakens a warning.
    """

    market: str
    language: str
    rendering: bool = False
    title: HeadingWording
    contents_title: HeadingWording
    contents_end: HeadingWording | None = None
    sections: Mapping[SectionId, HeadingWording]
    subheadings: Mapping[str, SubHeading]
    statements: Mapping[str, Wording]
    concepts: Mapping[str, Concept] = {}
    excipients: Mapping[str, ExcipientWording] = {}
    references: tuple[str, ...]
    harmless: tuple[str, ...] = ()
    modality: Mapping[str, tuple[str, ...]] = {}
    cues: tuple[str, ...] = ()
    facts: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    leftovers: tuple[str, ...] = ()


@lru_cache
def sources() -> Mapping[str, Source]:
    """All cited sources by key."""
    return load_model(law_folder() / "sources.yaml", SourceFile).sources


class SourceFile(Record):
    """`law/sources.yaml`."""

    sources: Mapping[str, Source]


def markets() -> tuple[str, ...]:
    """The markets that have a profile, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in law_folder().glob("*/profile.yaml")))


@lru_cache
def profile(market: str) -> Profile:
    """The profile of a market; a UsageError names the markets there are."""
    path = law_folder() / market / "profile.yaml"
    if market not in markets():
        raise UsageError(f"unknown market '{market}': choose {', '.join(markets())}")
    return load_model(path, Profile)


@lru_cache
def languages(market: str) -> tuple[str, ...]:
    """The languages in which a market has wording, in alphabetical order."""
    profile(market)
    names = (path.name for path in (law_folder() / market).glob("wording.*.yaml"))
    return tuple(sorted(name.split(".")[1] for name in names))


@lru_cache
def language_pack(market: str, language: str) -> LanguagePack:
    """The wording of a market in a language; a UsageError names the languages there are."""
    known = languages(market)
    if language not in known:
        raise UsageError(
            f"market '{market}' has no wording in language '{language}': choose {', '.join(known)}"
        )
    return load_model(law_folder() / market / f"wording.{language}.yaml", LanguagePack)


@lru_cache
def requirements() -> Mapping[str, Requirement]:
    """Every requirement by its id, over all families."""
    found: dict[str, Requirement] = {}
    for path in _requirement_files():
        for requirement in load_model(path, Requirements).requirements:
            found[requirement.id] = requirement
    return found


def _requirement_files() -> list[Path]:
    return sorted((law_folder() / "requirements").glob("*.yaml"))
