"""Models of requirements, their law, and the profiles of markets: what stands in `law/requirements/`,
`law/sources.yaml` and `law/<market>/profile*.yaml`. Wording and the loaders are in `catalogue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import Annotated, Any, Literal

from validator.document.outcome import Problem
from validator.record import Matching, NotEmpty, record

Severity = Literal["error", "warning", "advice"]
RuleId = Annotated[str, Matching(r"^[a-z-]+/[a-z0-9-]+$")]
SectionId = Annotated[str, Matching(r"^[a-z-]+$")]
Fact = Annotated[str, Matching(r"^[a-z-]+$")]


@record
class Source:
    """A law, template or list that is cited; `seen` says whether its text was read, or how it is known."""

    title: str
    url: str = ""
    date: str = ""
    seen: Literal["text", "secondary", "memory"]
    note: str = ""


@record
class Citation:
    """Where a requirement stands: a source of `sources.yaml` and the place in it."""

    source: str
    at: str = ""


@record
class Example:
    """A worked example of a rule: what is put into a complete leaflet or left out of it, and the verdict.

    `texts` are put at the end of sections; the rule's own text and those of the rules in `without`
    are left out. `product` are facts given with the leaflet. `marked` is the evidence that a failing
    example must report. A rule on two leaflets compares it with the complete leaflet in the language
    `beside`, which holds the texts `given`. `smpc` is section 4.8 of an SmPC before the leaflet in its file.
    """

    verdict: Literal["pass", "fail", "review", "not-applicable"]
    problem: Problem | None = None
    marked: str = ""
    texts: Mapping[SectionId, str] = field(default_factory=dict)
    without: tuple[RuleId, ...] = ()
    product: Mapping[Fact, str] = field(default_factory=dict)
    language: str = "en"
    market: str = "eu"
    beside: str = ""
    given: Mapping[SectionId, str] = field(default_factory=dict)
    smpc: str = ""


@record
class Requirement:
    """One thing a leaflet must hold, independent of language and market.

    `kind` names the check (see `checks`), `params` are its typed settings. `applies` lists product
    facts that must hold ("self-use: yes"); a fact that cannot be decided makes the verdict `review`, or, with
    "=" before it ("=yes"), the requirement not applicable.
    `doubtful` lists facts with which its content may rightly be left out: what is missing then is for review.
    `messages` has a sentence for each problem or case; slots in braces are filled by the check, and
    `notes.MESSAGES` steps in for what is not there.
    `fix` says what to do; `fixes` says it for single cases where it is something else.
    `if_section_missing`: `folded` says it in the section's finding alone, `reminded` adds an advice
    with the words to paste, `reported` keeps the full severity (safety content).
    `safe` are the problems (or cases) whose fix a program may make by itself: fixed words at a known place.
    `at` says where in its section a statement belongs. Behind what `holds_back` nothing is put in: that
    would hide it.
    """

    id: RuleId
    title: str
    section: SectionId = "front"
    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)
    applies: Mapping[Fact, str] = field(default_factory=dict)
    doubtful: Mapping[Fact, str] = field(default_factory=dict)
    messages: Mapping[str, str]
    why: str
    fix: str
    fixes: Mapping[str, str] = field(default_factory=dict)
    if_section_missing: Literal["folded", "reminded", "reported"] = "folded"
    safe: tuple[str, ...] = ()
    at: Literal["start", "end"] = "start"
    holds_back: bool = False
    since: date
    until: date | None = None


@record
class Examples:
    """A file of `law/examples/`: the examples of each rule; checking needs none of them."""

    examples: Mapping[RuleId, tuple[Example, ...]]


@record
class Requirements:
    """A file of `law/requirements/`; `shared` holds what its records take over by YAML's merge key."""

    shared: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    requirements: tuple[Requirement, ...]


@record
class Demand:
    """That a market makes a requirement: how severe a gap is, and by which law.

    `altered` is the severity of a deviation in wording; `section` overrides where it belongs in
    this market; `applies` adds product facts that must hold here. `duty: memory`: that this market makes
    the requirement was not read, so what it finds is for review.
    """

    severity: Severity
    altered: Severity = "warning"
    citation: Annotated[tuple[Citation, ...], NotEmpty()]
    section: SectionId | None = None
    fix: str | None = None
    duty: Literal["read", "memory"] = "read"
    params: Mapping[str, Any] = field(default_factory=dict)
    applies: Mapping[Fact, str] = field(default_factory=dict)


@record
class Announced:
    """A version of a template that is not in force yet: nothing is judged by it."""

    template: str
    note: str


@record
class Transposition:
    """A source that the market has in a form of its own: places that begin with `at` are cited as `by`.

    A `by` without a place keeps that of the citation.
    """

    source: str
    at: str = ""
    by: Citation

    def cited(self, citation: Citation) -> Citation | None:
        """What the market cites in place of a citation, None if this says nothing about it."""
        if citation.source != self.source or not citation.at.startswith(self.at):
            return None
        return Citation(source=self.by.source, at=self.by.at or citation.at)


@record
class SectionPlan:
    """A main section of a template, in order; `number` is printed before its heading."""

    id: SectionId
    number: int | None = None


@record
class Profile:
    """A market with a template version: which sections in which order, which requirements.

    `since` and `until` are the days on which the version came into force and went out of it.
    `comparisons` are what is asked of a leaflet beside another one (its source, its former version).
    `transposed` says what the market cites in place of the law of the profile that it extends; the
    first entry that knows a citation counts.
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
    comparisons: Mapping[RuleId, Demand] = field(default_factory=dict)
    transposed: tuple[Transposition, ...] = ()
    announced: tuple[Announced, ...] = ()

    def __post_init__(self) -> None:
        if self.transposed:
            for name in ("requirements", "comparisons"):
                own = {key: _cited(demand, self.transposed) for key, demand in getattr(self, name).items()}
                object.__setattr__(self, name, own)

    @property
    def demands(self) -> Mapping[RuleId, Demand]:
        """What is asked of a leaflet by itself, and of one beside another."""
        return {**self.requirements, **self.comparisons}


def _cited(demand: Demand, transposed: tuple[Transposition, ...]) -> Demand:
    found = [
        next((own for entry in transposed if (own := entry.cited(citation))), citation)
        for citation in demand.citation
    ]
    return replace(demand, citation=tuple(dict.fromkeys(found)))
