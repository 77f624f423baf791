"""Words that several faces of a report use: names, places, counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from validator.report import Document, Finding, Notice, Report, Summary

_NOT_SECTIONS = ("section/contents-list", "section/subsection")


def name(document: Document) -> str:
    """Path and part of a document."""
    return f"{document.path} ({document.part})" if document.part else document.path


def slashes(path: str) -> str:
    """A path as tools beside ours write it: with forward slashes, without "./"."""
    return PurePath(path).as_posix()


def located(notice: Notice) -> str:
    """A notice after the place it is about: "leaflet.toml:12: the waiver ..."."""
    return f"{notice.at}: {notice.message}" if notice.at else notice.message


def spot(notice: Notice) -> tuple[str, int]:
    """File and line of a notice; line 1 where it names none."""
    path, _, line = notice.at.rpartition(":")
    return (path, int(line)) if path and line.isdigit() else (notice.at, 1)


def place(document: Document, finding: Finding) -> str:
    """Where a finding stands, as one would say it: "line 20", "before line 20", "page 2, line 7", "end"."""
    at = finding.location
    page = f"page {at.page}, " if at.page else ""
    if not (at.line or at.paragraph):
        return page.rstrip(", ") or "whole leaflet"
    part = f" of {at.xpath}" if at.paragraph and at.xpath else ""
    stands = f"line {at.line}" if at.line else f"paragraph {at.paragraph}{part}"
    absent = at.column is not None and (at.line, at.column) == (at.end_line, at.end_column)
    if absent and not _section_follows(document, at.section or ""):
        return "end"
    if absent:
        return f"{page}before {stands}"
    if at.end_line and at.end_line != at.line:
        return f"{page}lines {at.line}-{at.end_line}"
    return page + stands


def beside(finding: Finding) -> str:
    """Where the words of the other leaflet of a comparison stand in its file, "" if there is none."""
    if finding.beside is None:
        return ""
    at = finding.beside.location
    page = f"page {at.page}, " if at.page else ""
    stands = f"line {at.line}" if at.line else f"paragraph {at.paragraph}" if at.paragraph else ""
    return (page + stands).rstrip(", ")


def _section_follows(document: Document, section: str) -> bool:
    """Whether a missing thing of a section stands before another section, as the verdicts tell."""
    rules = [j.rule for j in document.requirements if j.rule.startswith("section/")]
    order = [rule.split("/")[1] for rule in rules if rule not in _NOT_SECTIONS]
    gone = {f.rule.split("/")[1] for f in document.findings if f.problem == "missing"}
    if section in order:
        order = order[order.index(section) + 1 :]
    elif section == "end" or not order:
        return section != "end"
    return any(name not in gone for name in order)


def plural(number: int, what: str) -> str:
    """A number with its noun: "1 error", "2 errors"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def counted(counts: Mapping[str, int]) -> str:
    """Findings by status in words: "2 errors, 1 waived", or "no gap"."""
    shown = [plural(counts[name], name) for name in ("error", "warning") if counts[name]]
    shown += [f"{counts[name]} {name}" for name in ("advice", "waived", "known") if counts[name]]
    if counts["error"] or counts["warning"]:
        return ", ".join(shown)
    accepted = counts["waived"] or counts["known"]
    return ", ".join(["no open gap" if accepted else "no gap", *shown])


def totals(summary: Summary) -> str:
    """A run in one line: "2 leaflets checked: 3 errors, 1 not checked"."""
    counts = Counter(
        error=summary.errors,
        warning=summary.warnings,
        advice=summary.advice,
        waived=summary.waived,
        known=summary.baselined,
    )
    tail = f", {summary.unreadable} not checked" if summary.unreadable else ""
    return f"{plural(summary.documents, 'leaflet')} checked: {counted(counts)}{tail}"


def evidence(report: Report) -> Iterator[str]:
    """What the run rests on, one line each; nothing unless it was asked for."""
    if report.evidence:
        yield f"{report.tool.name} {report.tool.version}, {report.generated}"
        yield f"law: {report.evidence.law}"
        yield f"options: {json.dumps(report.evidence.options, ensure_ascii=False)}"
