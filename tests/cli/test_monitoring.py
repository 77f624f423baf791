"""`leaflet monitoring update`: a downloaded list, what it changes, and what it is good for."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.compose import NAME, SUBSTANCE, compose, text_of
from validator import api

HEAD = ("Name of medicine", "Active substance", "Holder")
ROWS = [
    (NAME, SUBSTANCE, "Example"),
    ("Combi, X", "alphamab / betamab (recombinant)", "Example"),
    ("Twice", "betamab", "Example"),
]
LISTED = {"alphamab": ["Combi, X"], "betamab": ["Combi, X", "Twice"], SUBSTANCE: [NAME]}
UPDATE = ("monitoring", "update")


def as_csv(rows: list[tuple[str, ...]], separator: str = ",") -> bytes:
    return "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows).encode()


def as_html(rows: list[tuple[str, ...]]) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<!DOCTYPE html><html><body><p>The list.</p><table>{body}</table></body></html>".encode()


FILES = {
    "list.csv": as_csv([("The list",), HEAD, *ROWS]),
    "semicolons.csv": as_csv([HEAD, *ROWS], ";"),
    "tabs.txt": as_csv([HEAD, *ROWS], "\t"),
    "list.html": as_html([HEAD, *ROWS]),
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_table_is_taken_over(leaflet, tmp_path: Path, rules: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    run = leaflet(*UPDATE, tmp_path / name, "--date", "2026-10", "--law", rules, "--write")
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines() == [
        "List of 2026-10: 3 medicines, 3 active substances (before: list of 2024-06)",
        f"On it now (3): alphamab; betamab; {SUBSTANCE}",
        f"Written to {rules / 'monitoring.yaml'}",
    ]
    listed = "".join(f'  "{inn}": {str(names).replace(chr(39), chr(34))}\n' for inn, names in LISTED.items())
    assert listed in (rules / "monitoring.yaml").read_text("utf-8")


def test_without_write_it_only_tells_and_rows_that_lack_something_are_named(
    leaflet, tmp_path: Path, rules: Path
) -> None:
    (tmp_path / "list.csv").write_bytes(as_csv([HEAD, *ROWS, ("Lost", "", "Example")]))
    run = leaflet(*UPDATE, tmp_path / "list.csv", "--date", "2026-10", "--law", rules)
    assert run.code == 1
    assert run.out.splitlines()[-2:] == [
        "Rows without a medicine or a substance, not read (1): Lost | ",
        "Nothing was written; --write does.",
    ]
    assert list(rules.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "options", "code", "message"),
    [
        (b"no table", ("--date", "2026-10"), 3, "no table whose head names a column 'active substance'"),
        (FILES["list.csv"], ("--date", "10/2026"), 2, "'10/2026' is no month: write it as 2026-11"),
        (FILES["list.csv"], ("--date", "2026-10", "--write"), 2, "name the folder of your house rules"),
        (FILES["list.csv"], ("--date", "2026-10", "--law", "absent"), 2, "there is no folder 'absent'"),
    ],
)
def test_what_cannot_be_done_is_one_line(leaflet, tmp_path: Path, text, options, code, message) -> None:
    (tmp_path / "list.csv").write_bytes(text)
    run = leaflet(*UPDATE, tmp_path / "list.csv", *options)
    assert (run.code, len(run.error_lines)) == (code, 1)
    assert message in run.err


def listing(rules: Path, *, notice: bool, name: str = NAME, revised: str = "06/2026") -> tuple[str, str]:
    """Verdict and severity (if any) of the rule on the list, for a leaflet with or without the notice."""
    text = text_of(compose("eu", "en")).replace("06/2026", revised).replace(NAME, name)
    if notice:
        said = "This medicine is subject to additional monitoring."
        text = text.replace("Read all of this leaflet", f"▼{said}\n\nRead all of this leaflet", 1)
    # What was read of a folder is kept for the process: each look is at a copy.
    fresh = shutil.copytree(rules, Path(tempfile.mkdtemp(dir=rules.parent)) / "rules")
    (document,) = api.check(text.encode(), market="eu", language="en", law=str(fresh)).documents
    (judgement,) = (each for each in document.requirements if each.rule == "black-triangle/listing")
    found = [each.severity for each in document.findings if each.rule == "black-triangle/listing"]
    return judgement.verdict, found[0] if found else ""


def test_leaflets_are_judged_by_the_list(leaflet, tmp_path: Path, rules: Path) -> None:
    def update(rows: list[tuple[str, ...]], month: str, rules: Path) -> Path:
        (tmp_path / "list.csv").write_bytes(as_csv([HEAD, *rows]))
        folder = tmp_path / month
        shutil.copytree(rules, folder)
        assert leaflet(*UPDATE, tmp_path / "list.csv", "--date", month, "--law", folder, "--write").code == 0
        return folder

    rules = update(ROWS, "2026-01", rules)
    assert listing(rules, notice=True) == ("met", "")
    assert listing(rules, notice=False) == ("gap", "warning")
    assert listing(rules, notice=True, name="Otherin") == ("review", "")
    assert listing(rules, notice=False, name="Otherin") == ("review", "advice")
    rules = update(ROWS[1:], "2026-05", rules)
    assert listing(rules, notice=True) == ("gap", "warning")
    assert listing(rules, notice=True, revised="03/2026") == ("review", "advice")
    assert listing(rules, notice=False) == ("not-applicable", "")
    rules = update(ROWS, "2026-07", rules)
    assert listing(rules, notice=True) == ("met", "")
