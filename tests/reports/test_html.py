"""The report as HTML: complete, linked, self-contained, and with nothing of the leaflet alive in it."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.leaflets import input_of, parsed
from tests.reports.conftest import document, finding, report
from tests.reports.pages import read
from tests.reports.test_machine_formats import HOSTILE, hostile  # noqa: F401 (a fixture)
from validator.__main__ import main
from validator.engine import judge
from validator.explanation import rule_text
from validator.report import Document, Judgement, Law, Place, Product, Report
from validator.reports import Style, writer

OWN_TAGS = {
    "html", "head", "meta", "title", "style", "script", "body", "header", "main", "footer", "nav", "article", "section",
    "div", "h1", "h2", "h3", "h4", "h5", "p", "ul", "ol", "li", "dl", "dt", "dd", "a", "span", "strong", "mark", "code",
    "abbr", "time", "details", "summary", "form", "fieldset", "legend", "label", "input", "button", "output", "table",
    "caption", "thead", "tbody", "tr", "th", "td", "svg", "rect",
}  # fmt: skip
OWN_ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "tabindex", "datetime", "rel", "hidden",
    "data-of", "data-kind", "data-status", "data-family", "data-verdict", "data-line", "type", "checked", "value", "dir",
    "aria-label", "aria-labelledby", "aria-hidden", "aria-live", "role", "open", "title", "scope", "colspan", "viewbox",
    "preserveaspectratio", "x", "y", "width", "height",
}  # fmt: skip


def page(*documents: Document, made: Report | None = None) -> str:
    """The report on documents as one page."""
    out = io.StringIO()
    face = writer("html", out, Style(rule=rule_text))
    for each in documents:
        face.add(each)
    face.finish(replace(made or report(*documents), documents=()))
    face.close()
    return out.getvalue()


def laid_out(text: str | bytes, market: str = "auto") -> Document:
    return judge(parsed(text, market=market), path="input.txt", sha256="0" * 64, layout=True)


def without_code(text: str) -> str:
    return re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)


SAMPLES = ["aknetrent", "eu-tablet", "tr-tablet", "us-guide"]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_finding_stands_once_and_every_link_leads_somewhere(name: str) -> None:
    made = laid_out(input_of(name))
    got = read(page(made))
    assert len(got.ids) == len(set(got.ids))
    assert [link for link in got.links if link.startswith("#") and link[1:] not in got.ids] == []
    shown = sorted(int(card.get("value")) for card in got.of_class("card"))
    assert shown == list(range(1, len(made.findings) + 1))
    lines = [line.get("data-family") for line in got.tree.iter("li") if line.get("data-line") is not None]
    assert len(lines) == len(made.requirements)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_whole_text_of_the_leaflet_is_there_in_its_order(name: str) -> None:
    made = laid_out(input_of(name))
    assert made.layout is not None
    text = " ".join("".join(read(page(made)).text("words")).split())
    for number in read(page(made)).of_class("num"):  # the numbers of the findings stand among the words
        text = text.replace(" ".join(number.text_content().split()), "", 1)
    squeezed = re.sub(r"\W|Finding|error|warning|advice|\d", "", text)
    words = "".join(f"{block.marker}{block.text}" for block in made.layout.blocks)
    assert squeezed == re.sub(r"\W|Finding|error|warning|advice|\d", "", words)


def test_a_finding_is_marked_at_its_words() -> None:
    made = laid_out(input_of("aknetrent"), "tr")
    assert made.layout is not None
    got = read(page(made))
    for number, (each, spans) in enumerate(zip(made.findings, made.layout.marks, strict=True), 1):
        marks = [m for m in got.tree.iter("mark") if f"d1-f{number}" in m.get("data-of").split()]
        assert bool(marks) is bool(spans)
        if len(spans) == 1 and spans[0].last < 0:
            span = spans[0]
            words = made.layout.blocks[span.block].text[span.start : span.end]
            assert "".join(mark.text_content() for mark in marks) == words
        assert (f"d1-w{number}" in got.ids) is bool(spans), each.rule


def test_missing_things_stand_where_they_belong() -> None:
    made = laid_out(input_of("aknetrent"), "tr")
    got = read(page(made))
    shown = []
    for part in got.of_class("part"):
        title = " ".join(next(part.iter("h4")).text_content().split())
        gone = [f for box in part.find_class("missing") for f in box.iter("li") if f.get("value")]
        shown.append((re.sub(r"Finding \d+, \w+: ", "", title), "lost" in part.get("class"), len(gone)))
        sections = {made.findings[int(card.get("value")) - 1].location.section for card in gone}
        assert len(sections) <= 1
    assert shown == [
        ("Opening of the leaflet", False, 6),
        ("1. What is AKNETRENT (Generic Roaccutane) and what is it used for?", False, 0),
        ("2. Things to consider before using AKNETRENT (Generic Roaccutane) not in the leaflet", True, 12),
        ("2. How to use AKNETRENT (Generic Roaccutane) ?", False, 3),
        ("3. What are the possible side effects?", False, 1),
        ("5. Storage of AKNETRENT (Generic Roaccutane) not in the leaflet", True, 3),
        ("End of the leaflet not in the leaflet", True, 2),
    ]


def test_a_card_says_everything_of_its_finding() -> None:
    made = document(
        finding(
            message="A message.",
            evidence="Words found.",
            expected="The wording.",
            fix="Insert: {name and address}\nsecond line",
            citation=(Law(source="A law", at="Art 1", url="https://example.org/law"),),
        )
    )
    (card,) = read(page(made)).of_class("card")
    text = " ".join(card.text_content().split())
    for part in (
        "1", "warning", "line 7", "Keep this leaflet", "A message.", "“Words found.”", "“The wording.”",
        "Insert: {name and address}", "second line", "A law, Art 1", "statement/keep-leaflet", "(altered)", "0123456789abcdef",
    ):  # fmt: skip
        assert part in text
    assert [slot.text_content() for slot in card.iter("span") if slot.get("class") == "slot"] == [
        "{name and address}"
    ]
    assert [link.get("href") for link in card.iter("a") if link.get("rel")] == ["https://example.org/law"]


def test_a_long_wording_is_said_once() -> None:
    wording = "This medicine has been prescribed for you only. " * 3
    made = document(finding(message=f"“{wording}” is missing.", expected=wording, fix=f"Insert: {wording}"))
    (card,) = read(page(made)).of_class("card")
    assert (
        card.text_content().count("prescribed for you only. This medicine has been prescribed for you only.")
        == 1
    )
    assert "…” is missing." in card.text_content()


def test_waived_and_known_findings_are_marked_with_the_reason(full: Report) -> None:
    made = document(finding(baselined=True), *full.documents[1].findings)
    got = read(page(made))
    assert got.text("accepted") == [
        "Accepted in the baseline (severity: warning)",
        "Accepted waived: agreed with the agency (RA, until 2027-01-01) (severity: advice)",
    ]
    assert [card.get("data-status") for card in got.of_class("card")] == ["known", "waived"]


def test_an_address_that_is_none_is_no_link() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "//evil.org", "ftp://x", ""):
        law = (Law(source="A law", at="Art 1", url=url),)
        assert not [
            link for link in read(page(document(finding(citation=law)))).links if not link.startswith("#")
        ]


def test_the_page_is_self_contained_and_its_policy_holds_its_own_code() -> None:
    text = page(laid_out(input_of("aknetrent")))
    got = read(text)
    (policy,) = [meta.get("content") for meta in got.tree.iter("meta") if meta.get("http-equiv")]
    for tag in ("style", "script"):
        (code,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy
        assert "url(" not in code
        assert "@import" not in code
    assert policy.startswith("default-src 'none';")
    assert not got.attributes & {"src", "srcset", "style", "onclick", "onload", "action"}
    assert got.tags <= OWN_TAGS


@pytest.mark.parametrize("one", [True, False])
def test_a_hostile_report_has_only_our_own_markup(hostile: Report, one: bool) -> None:  # noqa: F811
    again = () if one else (replace(hostile.documents[0], path="b.txt"),)
    text = page(*hostile.documents, *again, made=hostile)
    got = read(text)
    assert got.tags <= OWN_TAGS
    assert got.attributes <= OWN_ATTRIBUTES
    assert len(list(got.tree.iter("script"))) == 1
    assert all(re.match(r"#|https?://", link) for link in got.links)
    assert "<script>alert" not in without_code(text)
    assert "alert(1)" in got.tree.text_content()


def test_a_hostile_leaflet_has_only_our_own_markup() -> None:
    evil = HOSTILE.replace("\ud800", "").replace("\n", " ")
    text = (
        input_of("eu-tablet").replace("feeling sick", evil).replace("Velorin 10 mg", f"Velorin{evil} 10 mg")
    )
    got = read(page(laid_out(text)))
    assert got.tags <= OWN_TAGS
    assert got.attributes <= OWN_ATTRIBUTES
    assert "<script>alert(1)</script>" in "".join(got.text("words"))


def test_without_the_text_the_findings_stand_by_section(full: Report) -> None:
    got = read(page(*full.documents[:1]))
    # It is not known what the leaflet holds: no section is called lost, no finding missing.
    assert got.text("part-label") == [
        "Opening of the leaflet",
        "Section “before use”",
        "Section “storage”",
    ]
    assert list(got.of_class("lost")) == []
    assert [text for text in got.text("missing") if text.startswith("Missing")] == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some leaflets of ours, one of them with gaps."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    (tmp_path / "in").mkdir()
    for name in ("eu-tablet", "de-tablet", "tr-tablet", "aknetrent"):
        (tmp_path / "in" / f"{name}.txt").write_text(input_of(name), "utf-8")
    (tmp_path / "in" / "empty.txt").write_text("", "utf-8")
    return tmp_path


def test_a_folder_gets_an_index_and_a_page_a_leaflet(folder: Path) -> None:
    assert main(["check", "in", "--format", "html", "-o", "out"]) == 3
    pages = {path.name: read(path.read_text("utf-8")) for path in (folder / "out").iterdir()}
    assert len(pages) == 5
    index = pages["index.html"]
    assert "4 leaflets checked" in index.text("totals")[0]
    assert [tile.split(" ", 1)[0] for tile in index.text("tile")] == ["1", "0", "0", "0", "3"]
    assert index.text("heat")[0].startswith("Gaps by product, market and language eu tr Product de en en tr ")
    assert "in/empty.txt" in index.tree.text_content()
    for name, got in pages.items():
        assert len(got.ids) == len(set(got.ids))
        for link in got.links:
            if not link.startswith("http"):
                file, _, target = link.partition("#")
                there = pages[file or name]
                assert not target or target in there.ids, (name, link)
    led = {link for link in index.links if not link.startswith("#") and "#" not in link}
    assert led == set(pages) - {"index.html"}


def test_the_same_input_gives_the_same_bytes_with_any_number_of_jobs(folder: Path) -> None:
    for out, jobs in (("a", "1"), ("b", "2")):
        main(["check", "in", "--format", "html", "-o", out, "--jobs", jobs])
        main(["check", "in", "--format", "html", "-o", f"{out}.html", "--jobs", jobs])
    assert {p.name: p.read_bytes() for p in (folder / "a").iterdir()} == {
        p.name: p.read_bytes() for p in (folder / "b").iterdir()
    }
    assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


def test_one_file_holds_several_leaflets_with_the_index_before_them(folder: Path) -> None:
    main(["check", "in", "--format", "html", "-o", "all.html"])
    got = read((folder / "all.html").read_text("utf-8"))
    assert len(list(got.tree.iter("article"))) == 4
    assert len(list(got.of_class("heat"))) == 2
    assert len(got.ids) == len(set(got.ids))
    assert [link for link in got.links if link.startswith("#") and link[1:] not in got.ids] == []


def test_an_index_of_somebody_else_is_not_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "index.html").write_text("<h1>My page</h1>", "utf-8")
    assert main(["check", "in", "--format", "html", "-o", "out"]) == 2
    assert "out/index.html is not a report of ours: name another folder" in capsys.readouterr().err
    assert (folder / "out" / "index.html").read_text("utf-8") == "<h1>My page</h1>"
    (folder / "out" / "index.html").unlink()
    for _ in range(2):  # a report of ours may be written anew
        assert main(["check", "in/eu-tablet.txt", "--format", "html", "-o", "out"]) == 0


def test_the_other_formats_take_the_name_as_a_file(folder: Path) -> None:
    assert main(["check", "in/eu-tablet.txt", "--format", "csv", "-o", "out"]) == 0
    assert (folder / "out").is_file()
    assert main(["check", "in/eu-tablet.txt", "--format", "html", "-o", "out"]) == 0
    assert (folder / "out").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_matrix_of_requirements_counts_what_a_missing_section_hides() -> None:
    lost = Judgement(rule="statement/expiry-date", verdict="gap", reason="section missing")
    met = Judgement(rule="statement/expiry-date", verdict="met", reason="")
    first = document(path="a.txt", language="de", requirements=(lost,))
    second = document(path="b.txt", language="de", requirements=(met,))
    third = document(path="c.txt", language="fr", requirements=(met,))
    got = read(page(first, second, third))
    _, matrix = got.of_class("heat")
    (row,) = [row for row in matrix.iter("tr") if row.find("th") is not None and row.find("td") is not None][
        1:
    ]
    cells = [
        (spot.get("class").split()[1], spot.get("title"), spot.get("href"))
        for spot in row.iter("a", "span")
        if spot.get("title")
    ]
    assert cells == [("error", "of 2 leaflets: 1 error", "#d1-gap"), ("met", "met", None)]


def test_leaflets_of_one_product_share_a_row() -> None:
    named = [
        ("en", "Velorin 10 mg tablets"), ("de", "VELORIN® 10 mg Tabletten"), ("tr", "VELORİN"), ("fr", "Autre, comprimé"),
    ]  # fmt: skip
    made = [
        document(finding(location=Place()), path=f"{code}.txt", language=code, product=Product(name=name))
        for code, name in named
    ]
    matrix = next(read(page(*made)).of_class("heat"))
    rows = [[" ".join(c.text_content().split()) for c in row] for row in matrix.iter("tr")][2:]
    assert [row[0] for row in rows] == ["Autre", "Velorin"]
    assert [sum("no leaflet" in cell for cell in row) for row in rows] == [3, 1]
