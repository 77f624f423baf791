"""`leaflet compare`: inputs, exit codes, forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.compare.segments import xliff_1
from tests.compose import compose, text_of
from tests.reports.pages import read

from .conftest import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A source, two good translations, one that lost a statement."""
    found = {}
    for code in ("en", "de", "da"):
        found[code] = tmp_path / f"{code}.txt"
        found[code].write_text(text_of(compose("eu", code)), "utf-8")
    found["lost"] = tmp_path / "lost.txt"
    found["lost"].write_text(text_of(compose("eu", "de"), without="statement/keep-out-of-reach"), "utf-8")
    return found


def test_good_translations_are_code_0(leaflet: Run, files: dict[str, Path]) -> None:
    code, out, err = leaflet("compare", files["en"], files["de"], files["da"])
    assert (code, err) == (0, "")
    assert f"Compared with {files['en']} (eu, language en)." in out
    assert "2 leaflets checked: no gap" in out


def test_what_is_missing_is_code_1_and_marked(leaflet: Run, files: dict[str, Path]) -> None:
    code, out, _ = leaflet("compare", files["en"], files["lost"])
    assert code == 1
    assert "source:   “Keep this medicine out of the sight and reach of children.” (line " in out
    assert "target:   ─── missing ───" in out
    assert leaflet("compare", files["en"], files["lost"], "--fail-on", "never").code == 0


def test_verbose_shows_both_sides_in_columns(leaflet: Run, files: dict[str, Path]) -> None:
    _, out, _ = leaflet("compare", files["en"], files["lost"], "--verbose")
    assert "  Side by side: storage" in out
    gap = next(line for line in out.splitlines() if "│ ─── missing ───" in line)
    assert "Keep this medicine out of the sight and reach" in gap


def test_two_processes_give_the_same_report(
    leaflet: Run, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    given = ("compare", files["en"], files["de"], files["lost"], files["da"], "--format", "json")
    one, two = leaflet(*given), leaflet(*given, "--jobs", "2")
    assert json.loads(one.out) == json.loads(two.out)
    assert one.code == two.code == 1


def test_many_targets_use_every_processor(
    leaflet: Run, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[int] = []

    def seen(*given: Any) -> list[Any]:
        used.append(given[4])
        return []

    monkeypatch.setattr("validator.collate.comparisons", seen)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    for extra in ((), (*[files["de"]] * 7,), (*[files["de"]] * 24,), (*[files["de"]] * 24, "--jobs", "1")):
        leaflet("compare", files["en"], files["de"], *extra)
    assert used == [1, 2, 3, 1]


def test_json_holds_both_sides(leaflet: Run, files: dict[str, Path]) -> None:
    (document,) = json.loads(leaflet("compare", files["en"], files["lost"], "--format", "json").out)[
        "documents"
    ]
    assert document["compared"]["language"] == "en"
    assert {row["mark"] for row in document["compared"]["rows"]} == {"", "missing"}
    told = {f["rule"]: f.get("beside", {}).get("text") for f in document["findings"]}
    assert told == {
        "compare/list-item": "Keep this medicine out of the sight and reach of children.",
        "compare/statement": None,
    }


@pytest.mark.parametrize("form", ["sarif", "junit", "markdown", "csv", "github", "gitlab", "jsonl"])
def test_every_form_of_the_report(leaflet: Run, files: dict[str, Path], form: str) -> None:
    code, out, _ = leaflet("compare", files["en"], files["lost"], "--format", form)
    assert code == 1
    assert "compare/statement" in out


def test_the_matrix_in_its_forms(leaflet: Run, files: dict[str, Path]) -> None:
    given = ("compare", files["en"], files["da"], files["lost"], "--matrix")
    text = leaflet(*given)
    assert text.code == 1
    assert "statement/keep-out-of-reach               =   ✗" in text.out.splitlines()
    markdown = leaflet(*given, "--format", "markdown").out
    assert "| statement/keep-out-of-reach | = | ✗ |" in markdown.splitlines()
    data = json.loads(leaflet(*given, "--format", "json").out)
    assert [column["language"] for column in data["columns"]] == ["da", "de"]
    rows = list(csv.DictReader(io.StringIO(leaflet(*given, "--format", "csv").out.lstrip("\ufeff"))))
    states = [row["state"] for row in rows if row["id"] == "statement/keep-out-of-reach"]
    assert states == ["same", "missing"]


def test_pages_with_the_matrix_whose_cells_lead_to_both_sides(
    leaflet: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    assert (
        leaflet("compare", files["en"], files["da"], files["lost"], "--format", "html", "-o", pages).code == 1
    )
    index = read((pages / "index.html").read_text("utf-8"))
    captions = [" ".join(each.text_content().split()) for each in index.tree.iter("caption")]
    assert {
        "Sections beside the source, by translation",
        "Requirements beside the source, by translation",
    } <= (set(captions))
    (row,) = [
        row
        for table in index.of_class("heat")
        if "Requirements" in table.find("caption").text_content()
        for row in table.iter("tr")
        if "statement/keep-out-of-reach" in row.text_content()
    ]
    spots = [spot for spot in row.iter("a") if "spot" in spot.get("class")]
    assert [spot.get("title") for spot in spots] == [
        "as in the source",
        "missing or different in the translation",
    ]
    name, anchor = spots[1].get("href").split("#")
    assert anchor == "beside-storage"
    page = read((pages / name).read_text("utf-8"))
    assert anchor in page.ids
    gaps = [each for each in page.of_class("gap") if each.tag == "td"]
    assert [" ".join(td.getprevious().text_content().split()) for td in gaps] == [
        "Keep this medicine out of the sight and reach of children."
    ]


def test_one_page_with_the_matrix_as_the_shell_names_the_files(
    leaflet: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    given = ("compare", files["en"], *sorted(files.values()), "--format", "html")
    code, out, _ = leaflet(*given)
    page = read(out)
    (sections,) = [t for t in page.of_class("heat") if "Sections" in t.find("caption").text_content()]
    heads = [each.text_content().strip() for each in sections.find("thead").iter("th")]
    targets = [name for name in sorted(files) if name != "en"]
    assert (code, heads[0], len(heads) - 1) == (1, "Section", len(targets))
    hrefs = {spot.get("href") for spot in sections.iter("a") if "spot" in spot.get("class")}
    assert {f"d{n}-beside-storage" for n in range(1, len(targets) + 1)} <= {
        h.removeprefix("#") for h in hrefs
    }
    assert {href.removeprefix("#") for href in hrefs} <= set(page.ids)
    assert leaflet(*given, "--matrix").code == 1


def test_a_source_alone_is_compared_with_itself(leaflet: Run, files: dict[str, Path]) -> None:
    assert leaflet("compare", files["en"], files["en"]).code == 0


@pytest.mark.parametrize("command", ["compare", "diff"])
def test_options_for_some_files_hold_here_too(
    leaflet: Run, files: dict[str, Path], tmp_path: Path, command: str
) -> None:
    old = files["en" if command == "compare" else "de"]
    assert leaflet(command, old, files["lost"]).code == 1
    file = tmp_path / "leaflet.toml"
    file.write_text(f'[[override]]\npath = "lost.*"\nignore = ["{command}"]\n', "utf-8")
    assert leaflet(command, old, files["lost"], "--config", file).code == 0
    file.write_text(f'[[override]]\npath = "de.*"\nignore = ["{command}"]\n', "utf-8")
    assert leaflet(command, old, files["lost"], "--config", file).code == 1


def test_a_bilingual_file_alone(leaflet: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(xliff_1([("Take it for 24 weeks.", "Nehmen Sie es 42 Wochen lang.")]), "utf-8")
    code, out, _ = leaflet("compare", path)
    assert code == 1
    assert "The source says 24, the translation says 42." in out


def test_standard_input_is_a_target(process: Run, files: dict[str, Path]) -> None:
    done = process("compare", files["en"], "-", stdin=files["de"].read_bytes())
    assert (done.code, done.out.splitlines()[0]) == (0, "<stdin>")


def test_a_target_that_cannot_be_read_stops_no_other(
    leaflet: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    code, out, err = leaflet("compare", files["en"], tmp_path / "none.txt", files["de"])
    assert code == 3
    assert str(files["de"]) in out
    assert f"{tmp_path / 'none.txt'}: " in err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("none.txt", "en"), 3, "none.txt"),
        (("en", "de", "--matrix", "--format", "sarif"), 2, "--matrix has no form 'sarif'"),
        (("en", "de", "--source-language", "xx"), 2, "unknown language 'xx'"),
        (("en",), 3, "this is no bilingual file"),
        ((), 2, "missing argument 'SOURCE'"),
    ],
)
def test_wrong_use_is_one_line(
    leaflet: Run, files: dict[str, Path], arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = leaflet("compare", *(files.get(each, each) for each in arguments))
    assert done.code == code
    assert told in done.error_lines[0]


def test_explain_knows_the_rules(leaflet: Run) -> None:
    code, out, _ = leaflet("explain", "compare/number")
    assert code == 0
    assert "compare/number: Figures and units are those of the source" in out
    assert "in the other leaflet (en), in how-to-use:" in out
