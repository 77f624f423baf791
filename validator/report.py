"""The report: what people and machines get. Its JSON form is `schemas/report.schema.json`."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import Annotated, Any, Literal

from validator.document.layout import Layout
from validator.document.outcome import Problem, Verdict
from validator.record import Apart, plain, record
from validator.records import Severity

Mark = Literal["", "missing", "extra"]


@record
class Tool:
    """The program that wrote the report."""

    name: str = "leaflet-validator"
    version: str


@record
class Place:
    """A place in the file; only what the format has is set. Lines and columns count from 1."""

    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    page: int | None = None
    paragraph: int | None = None
    xpath: str | None = None
    section: str | None = None


@record
class Law:
    """A citation: the source's title, the place in it, and where to read it."""

    source: str
    at: str = ""
    url: str = ""


@record
class Waiver:
    """Why a finding is accepted, by whom and until when (a date, "" for ever)."""

    reason: str
    by: str = ""
    until: str = ""

    @property
    def words(self) -> str:
        """The waiver as one text: "agreed with the agency (RA, until 2027-01-01)"."""
        known = [part for part in (self.by, f"until {self.until}" if self.until else "") if part]
        return f"{self.reason} ({', '.join(known)})" if known else self.reason


@record
class Beside:
    """Words of the other leaflet of a comparison, and their place in its file."""

    text: str
    location: Place


@record
class Finding:
    """One gap: what is wrong, where, the words found, what belongs there, the law and the fix.

    `waived` and `baselined` (known before this run) mark it; it is never dropped. `beside` is what the
    other leaflet of a comparison says.
    """

    rule: str
    problem: Problem
    severity: Severity
    message: str
    location: Place
    evidence: str = ""
    expected: str = ""
    citation: tuple[Law, ...]
    fix: str
    fingerprint: str
    waived: Waiver | None = None
    baselined: bool = False
    beside: Beside | None = None

    @property
    def status(self) -> str:
        """What it counts as: its severity, or "waived", or "known" if the baseline has it."""
        return "waived" if self.waived else "known" if self.baselined else self.severity

    @property
    def accepted(self) -> str:
        """Why it does not count, "" if it does."""
        return f"waived: {self.waived.words}" if self.waived else "in the baseline" if self.baselined else ""


@record
class Judgement:
    """The verdict on one requirement, with the reason."""

    rule: str
    verdict: Verdict
    reason: str


@record
class Product:
    """What the report says of the medicine."""

    name: str = ""
    active_substances: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    form: str = ""
    route: str = ""
    prescription: str = ""
    administration: str = ""


@record
class Recognised:
    """Language and market as judged, and on what evidence they were guessed (empty if given)."""

    language: tuple[str, ...] = ()
    market: tuple[str, ...] = ()


@record
class Row:
    """What stands side by side in a comparison; `mark` says what one side lacks, and where.

    `missing`: the leaflet lacks what the other one has; `extra`: the other way round.
    """

    section: str
    other: Beside | None
    own: Beside | None
    mark: Mark = ""


@record
class BothVerdicts:
    """The verdicts on one requirement in the other leaflet of a comparison, and in this one."""

    rule: str
    other: Verdict
    own: Verdict


@record
class Compared:
    """The other leaflet of a comparison (the source of a translation), and both side by side."""

    path: str
    sha256: str
    language: str
    market: str
    product: str = ""
    requirements: tuple[BothVerdicts, ...] = ()
    rows: tuple[Row, ...] = ()


@record
class Document:
    """The result for one leaflet of one file; `compared` if it was compared with another one.

    `layout` is the leaflet's text with the places of the findings, if it was asked for; it is no part
    of the JSON report.
    """

    path: str
    sha256: str
    format: str
    language: str
    market: str
    profile: str
    part: str | None = None
    title: str = ""
    recognised: Recognised = Recognised()
    product: Product = Product()
    notes: tuple[str, ...] = ()
    requirements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    compared: Compared | None = None
    layout: Annotated[Layout | None, Apart()] = field(default=None, repr=False)

    def to_json(self) -> dict[str, Any]:
        """The document as plain JSON values; places carry only what the format has.

        What only a comparison has is left out of other documents.
        """
        data: dict[str, Any] = plain(replace(self, layout=None))
        del data["layout"]
        for finding in data["findings"]:
            finding["location"] = _told(finding["location"])
            if finding["beside"] is None:
                del finding["beside"]
            else:
                finding["beside"]["location"] = _told(finding["beside"]["location"])
        if data["compared"] is None:
            del data["compared"]
        for row in data.get("compared", {}).get("rows", ()):
            for side in (row["other"], row["own"]):
                if side:
                    side["location"] = _told(side["location"])
        return data

    def counts(self) -> Counter[str]:
        """How many findings count as each severity, "waived" or "known"."""
        return Counter(finding.status for finding in self.findings)


def _told(place: dict[str, Any]) -> dict[str, Any]:
    """A place without what its format does not have."""
    return {key: value for key, value in place.items() if value is not None}


@record
class Failure:
    """An input that could not be read, and why."""

    path: str
    reason: str


@record
class Evidence:
    """What a run rests on beside the files, so that it can be repeated: asked for by `--evidence`.

    `law` is a SHA-256 over all law files; `options` are those that the result depends on.
    """

    law: str
    options: dict[str, str | bool | tuple[str, ...] | dict[str, str]]


@record
class Notice:
    """What a person must put in order beside the leaflets: a waiver or an entry of the baseline.

    `at` is file and line of what it is about. A warning counts for the exit code as a finding does.
    """

    kind: Literal[
        "waiver-expired",
        "waiver-unused",
        "baseline-gone",
        "leaflet-added",
        "leaflet-removed",
        "leaflet-renamed",
    ]
    severity: Severity
    message: str
    at: str = ""


@record
class Summary:
    """Counts over all documents; the severities are without what is waived or known (`baselined`)."""

    documents: int = 0
    unreadable: int = 0
    skipped: int = 0
    errors: int = 0
    warnings: int = 0
    advice: int = 0
    waived: int = 0
    baselined: int = 0
    requirements: dict[Verdict, int] = field(default_factory=dict)


@record
class Report:
    """Everything one run says."""

    tool: Tool
    generated: str
    profile: str | None = None
    summary: Summary
    documents: tuple[Document, ...] = ()
    unreadable: tuple[Failure, ...] = ()
    notices: tuple[Notice, ...] = ()
    evidence: Evidence | None = None

    def to_json(self) -> dict[str, Any]:
        """The report as plain JSON values; places carry only what the format has."""
        documents = [document.to_json() for document in self.documents]
        return {**plain(replace(self, documents=())), "documents": documents}
