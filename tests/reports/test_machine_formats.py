"""The formats for tools: valid by readers that are not ours, complete, and harmless whatever a leaflet holds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from validator.explanation import rule_text
from validator.report import Failure as Unread
from validator.report import Notice, Place, Report, Waiver
from validator.reports import FORMATS, Style, writer
from validator.resources import schema

from .conftest import document, finding, report

STYLE = Style(rule=rule_text)
HOSTILE = (
    "<script>alert(1)</script> ]]> <!-- &amp; <b> | `code` ``` *bold* [link](javascript:alert(1)) ![i](http://e.org/x)"
    " =cmd|'/C calc'!A0 \x1b[31mred\x1b[0m \x07 \u202e ::error::owned\n::error file=x::owned\r\n##[error]owned\n"
    "\n/close\n# head\n- item\n</details></testcase> @someone #1 !2 www.evil.org https://evil.org \ud800 %0A a,b;c\t'\""
)
RISKY = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1", "=cmd|'/C calc'!A0")


def written(made: Report, form: str, style: Style = STYLE) -> str:
    out = io.StringIO()
    face = writer(form, out, style)
    for each in made.documents:
        face.add(each)
    face.finish(replace(made, documents=()))
    face.close()
    return out.getvalue()


@pytest.fixture
def hostile() -> Report:
    """A report whose every text is hostile."""
    evil = HOSTILE
    bad = finding(message=evil, evidence=evil, expected=evil, fix=evil)
    waived = finding(
        rule="section/storage", message=evil, fix=evil, waived=Waiver(reason=evil, by=evil, until=evil)
    )
    known = finding(
        message=evil, fix=evil, baselined=True, location=Place(paragraph=3, xpath=evil, section=evil)
    )
    made = document(
        bad,
        waived,
        known,
        path=f"a/{evil}.txt".replace("\ud800", "\udcff"),
        part=evil,
        title=evil,
        notes=(evil,),
    )
    at = evil.replace("\ud800", "\udcff")  # a path, as a file system gives it
    notice = Notice(kind="waiver-unused", severity="warning", message=evil, at=at)
    return report(made, unreadable=(Unread(path="\udcff=<b>\n::error::", reason=evil),), notices=(notice,))


def test_sarif_is_valid_and_tells_everything(full: Report) -> None:
    log = json.loads(written(full, "sarif"))
    Sarif.model_validate(log)
    (run,) = log["runs"]
    assert [result["level"] for result in run["results"]] == ["warning", "error", "error", "note"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        r["ruleId"] for r in run["results"]
    ]
    assert len(rules) == 3
    assert rules[0]["shortDescription"]["text"] == "Keep this leaflet"
    assert "Law: eu: QRD" in rules[0]["help"]["text"]
    assert rules[0]["helpUri"].startswith("https://")
    (unread,) = run["invocations"][0]["toolExecutionNotifications"]
    assert unread["message"]["text"] == "x.txt: the file is empty"
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_suppresses_what_is_waived_or_known() -> None:
    made = report(
        document(
            finding(),
            finding(waived=Waiver(reason="agreed", by="RA", until="2027-01-01")),
            finding(baselined=True),
        )
    )
    results = json.loads(written(made, "sarif"))["runs"][0]["results"]
    assert [[s["justification"] for s in result.get("suppressions", ())] for result in results] == [
        [],
        ["agreed (RA, until 2027-01-01)"],
        ["in the baseline"],
    ]


def test_sarif_fingerprints_differ_within_a_file_and_not_between_files() -> None:
    made = report(document(finding(), finding()), document(finding(), path="b.txt"))
    results = json.loads(written(made, "sarif"))["runs"][0]["results"]
    assert [result["partialFingerprints"]["primaryLocationLineHash"] for result in results] == [
        "0123456789abcdef:1",
        "0123456789abcdef:2",
        "0123456789abcdef:1",
    ]


@pytest.mark.parametrize(
    ("location", "region"),
    [
        (
            Place(line=2, column=3, end_line=2, end_column=9),
            {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 9},
        ),
        (
            Place(line=2, column=3, end_line=4, end_column=1),
            {"startLine": 2, "startColumn": 3, "endLine": 4, "endColumn": 1},
        ),
        (Place(line=20, column=1, end_line=20, end_column=1), {"startLine": 20, "endLine": 20}),
        (Place(paragraph=14, column=2), {"startLine": 14, "endLine": 14}),
        (Place(page=2), {"startLine": 1, "endLine": 1}),
        (Place(), {"startLine": 1, "endLine": 1}),
    ],
)
def test_sarif_regions_are_what_viewers_accept(location: Place, region: dict[str, int]) -> None:
    log = json.loads(written(report(document(finding(location=location))), "sarif"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "leaflet.txt"}, "region": region}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("./a b/ü%.txt", "a%20b/%C3%BC%25.txt"),
        ("<stdin>", "%3Cstdin%3E"),
        ("/data/a:b.txt", "file:///data/a%3Ab.txt"),
        ("c:d.txt", "c%3Ad.txt"),
        ("a\udcff.txt", "a%FF.txt"),
    ],
)
def test_sarif_paths_are_uris(path: str, uri: str) -> None:
    from validator.reports.sarif import uri as of

    assert of(path) == uri


def test_sarif_makes_no_link_of_a_leaflet() -> None:
    """Viewers read `[text](target)` in a message as a link, and `\\[` as a bracket."""
    text = "See [here](https://evil.example), [1](2) and box [3]."
    made = report(document(finding(message=text, fix="")), unreadable=(Unread(path="[a](b)", reason="x"),))
    (run,) = json.loads(written(made, "sarif"))["runs"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    for said, meant in ((run["results"][0], f"{text} "), (notification, "[a](b): x")):
        message = said["message"]["text"]
        assert not re.search(r"(?<!\\)\[[^\]\\]*\]\(", message)
        assert re.sub(r"\\([\[\]])", r"\1", message) == meant
    plain = report(document(finding(message="Box [3] is empty.", fix="")))
    assert "Box [3] is empty." in written(plain, "sarif")


def test_sarif_with_words_that_look_like_its_own() -> None:
    text = '"results": [] "artifacts": []'
    made = report(document(finding(message=text)), unreadable=(Unread(path=text, reason=text),))
    (run,) = json.loads(written(made, "sarif"))["runs"]
    assert (len(run["results"]), len(run["artifacts"])) == (1, 1)


def suites(text: str) -> JUnitXml:
    return JUnitXml.fromstring(text.encode("utf-8", "backslashreplace"))


def test_junit_has_a_case_for_every_requirement_and_fails_what_fails_the_run(full: Report) -> None:
    first, second, unread, _ = suites(written(full, "junit"))
    assert (first.tests, first.failures, first.skipped) == (8, 2, 2)
    outcome = {case.name: [type(result) for result in case.result] for case in first}
    assert outcome == {
        "section/what-it-is": [],
        "section/before-use": [Failure],
        "section/how-to-use": [],
        "section/storage": [Failure],
        "section/subsection": [],
        "black-triangle/listing": [Skipped],
        "excipient/soya": [Skipped],
        "statement/keep-leaflet": [],
    }
    assert {item.name: item.value for item in first.properties()}["sha256"] == "0" * 64
    (kept,) = (case for case in first if case.name == "statement/keep-leaflet")
    assert kept.system_out.startswith("warning, line 7: The statement differs")
    (waived,) = (case for case in second if case.name == "statement/keep-leaflet")
    assert waived.result[0].message == "waived: agreed with the agency (RA, until 2027-01-01)"
    (case,) = unread
    assert isinstance(case.result[0], Error)
    assert case.result[0].message == "the file is empty"


def test_junit_follows_the_severities_that_fail_the_run(full: Report) -> None:
    first, *_ = suites(written(full, "junit", Style(failing=("error", "warning"))))
    assert first.failures == 3
    first, *_ = suites(written(full, "junit", Style(failing=())))
    assert first.failures == 0


ISSUE = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                        "required": ["begin"],
                    },
                },
            },
        },
    },
}


def test_gitlab_has_the_fields_its_handbook_asks_for(full: Report) -> None:
    twice = replace(full, documents=(*full.documents, document(finding(), finding(), path="./c.txt")))
    issues = json.loads(written(twice, "gitlab"))
    Draft202012Validator(ISSUE).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 7
    assert [issue["severity"] for issue in issues] == [
        "major",
        "critical",
        "critical",
        "info",
        "major",
        "major",
        "blocker",
    ]
    assert issues[3]["description"].startswith("waived: agreed with the agency (RA, until 2027-01-01): ")
    assert json.loads(written(report(), "gitlab")) == []


def test_csv_has_one_line_a_finding(full: Report) -> None:
    text = written(full, "csv")
    assert text.startswith("\ufeffkind,path,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["kind"], row["path"], row["status"], row["place"]) for row in rows] == [
        ("finding", "leaflet.txt", "warning", "line 7"),
        ("finding", "leaflet.txt", "error", "before line 20"),
        ("finding", "leaflet.txt", "error", "end"),
        ("finding", "zwei.txt", "waived", "line 7"),
        ("unreadable", "x.txt", "", ""),
    ]
    assert rows[3]["accepted because"] == "waived: agreed with the agency (RA, until 2027-01-01)"


@pytest.mark.parametrize("evil", RISKY)
def test_csv_has_no_cell_that_a_spreadsheet_computes(evil: str) -> None:
    bad = finding(message=evil, evidence=evil, expected=evil, fix=evil, waived=Waiver(reason=evil))
    made = report(document(bad, path=evil), unreadable=(Unread(path=evil, reason=evil),))
    lines = list(csv.reader(io.StringIO(written(made, "csv").removeprefix("\ufeff"))))
    cells = [cell for line in lines for cell in line]
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝＋－＠") and cell.strip()]
    assert sum(cell.startswith("'") for cell in cells) == 7


def test_github_says_it_at_the_lines(full: Report) -> None:
    lines = written(full, "github").splitlines()
    assert lines[0] == (
        "::warning file=leaflet.txt,line=7,endLine=7,col=1,endColumn=20,title=warning%3A statement/keep-leaflet"
        "::The statement differs from the required wording.%0AInsert: Keep this leaflet."
    )
    assert lines[3].startswith("::notice file=zwei.txt,line=7,")
    assert "::waived: agreed with the agency (RA, until 2027-01-01): The statement" in lines[3]
    assert lines[4] == "::error file=x.txt,title=document/unreadable::the file is empty"
    assert len(lines) == 6


@pytest.mark.parametrize(
    ("at", "path", "line"), [("leaflet.toml:12", "leaflet.toml", 12), ("known.json", "known.json", 1)]
)
def test_a_waiver_out_of_order_is_told_at_its_line(at: str, path: str, line: int) -> None:
    made = report(notices=(Notice(kind="waiver-unused", severity="warning", message="unused", at=at),))
    assert f"::warning file={path},line={line},title=waiver-unused::{at}: unused\n" in written(made, "github")
    assert json.loads(written(made, "gitlab"))[-1]["location"] == {"path": path, "lines": {"begin": line}}
    log = json.loads(written(made, "sarif"))
    Sarif.model_validate(log)
    (told,) = log["runs"][0]["invocations"][0]["toolConfigurationNotifications"]
    assert told["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": path},
        "region": {"startLine": line},
    }


def test_github_names_no_column_without_a_line() -> None:
    at = Place(page=2, line=20, column=53, end_line=20, end_column=56)
    (told, _) = written(report(document(finding(location=at), path="a.pdf")), "github").splitlines()
    assert told.startswith("::warning file=a.pdf,title=")
    assert "::page 2, line 20: " in told


def test_jsonl_is_one_document_a_line_and_then_the_report(full: Report) -> None:
    *documents, last = map(json.loads, written(full, "jsonl").splitlines())
    assert {**last, "documents": documents} == full.to_json()
    whole = Draft202012Validator(schema("report"))
    assert list(whole.iter_errors(last)) == []
    assert list(whole.iter_errors({**last, "documents": documents})) == []


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert attrs == []

    def handle_data(self, data: str) -> None:
        self.text += data


OWN = {"h3", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "p", "strong", "code", "em"} | {
    "details",
    "summary",
    "sub",
    "br",
}


def test_markdown_of_a_hostile_leaflet_has_only_our_own_markup(hostile: Report) -> None:
    text = written(hostile, "markdown")
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)
    seen = _Tags(html)
    assert set(seen.tags) <= OWN
    assert seen.tags.count("details") == 1
    assert seen.tags.count("li") == 3 + 2 + 1  # findings, not checked and notice, for a person
    assert "<script>alert(1)</script>" in seen.text
    assert "[link](javascript:alert(1))" in seen.text
    assert not re.search(r"[@#!]\w|www\.|https?://|^\s*/", text.replace("report.md", ""), re.MULTILINE)


def test_markdown_fits_into_a_comment(full: Report) -> None:
    many = report(*(document(*[finding(message="word " * 100)] * 40, path=f"{n}.txt") for n in range(20)))
    text = written(many, "markdown")
    assert len(text) < 65_536
    assert "… and 19 more leaflets: a comment has no room for more, see the full report." in text
    assert text.count("| tr | en |") == 20


def test_markdown_leaves_out_what_is_least_grave(full: Report) -> None:
    """The last leaflet has the only error; its details stand in the comment, and the order stays."""
    light = [document(*[finding(message="word " * 100)] * 20, path=f"{n}.txt") for n in range(20)]
    grave = document(finding(severity="error", message="the error"), path="last.txt")
    text = written(report(*light, grave), "markdown")
    assert text.index("<summary>0.txt") < text.index("<summary>last.txt") < text.index("the error")
    alone = document(*[finding(message="word " * 100)] * 99, finding(severity="error", message="the error"))
    text = written(report(alone), "markdown")
    assert len(text) < 40_000
    assert "the error" in text
    assert re.search(r"… and \d\d more entries: a comment has no room for more", text)


def _control(text: str) -> set[str]:
    return {sign for sign in text if ord(sign) < 32 and sign not in "\n\t"} | (
        set(text) & set("\x7f\x9b\u202e")
    )


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_a_control_character_through(hostile: Report, form: str) -> None:
    style = Style(rule=rule_text, failing=("error", "warning"))
    text = written(hostile, form, style)
    # JSON keeps the leaflet's own signs, as escapes.
    assert _control(text.replace("\u202e", "") if form == "json" else text) == set()
    text.encode("utf-8", "backslashreplace").decode("utf-8")


def test_github_of_a_hostile_leaflet_has_only_our_own_commands(hostile: Report) -> None:
    lines = written(hostile, "github").splitlines()
    assert len(lines) == 6
    for line in lines:
        assert re.match(r"::(error|warning|notice) (?:[a-zA-Z]+=[^,:\n\r]*,?)+::", line)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def test_every_format_of_a_hostile_leaflet_is_still_whole(hostile: Report) -> None:
    log = json.loads(written(hostile, "sarif"))
    Sarif.model_validate(log)
    assert all("\x1b" not in text for text in _texts(log))
    Draft202012Validator(ISSUE).validate(json.loads(written(hostile, "gitlab")))
    assert len(written(hostile, "jsonl").splitlines()) == 2
    assert len(list(csv.reader(io.StringIO(written(hostile, "csv"))))) == 1 + 3 + 2
    text = written(hostile, "junit", Style(failing=("error", "warning")))
    root = ElementTree.fromstring(text.encode("utf-8"))
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "properties",
        "property",
        "testcase",
        "failure",
        "error",
        "skipped",
        "system-out",
    }
    assert len(list(suites(text))) == 3
