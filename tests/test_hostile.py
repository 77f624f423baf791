"""Every hostile input of our list through the whole tool: little time, a plain sentence or a report, and the batch goes on.

The readers' own tests look at each format more closely.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.hostile_files import FILES, FOLDER, KEPT, TEXT
from validator.batch import documents, sweep
from validator.settings import Options


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All of them in a folder, with a good leaflet that comes last."""
    for name, (data, _) in FILES.items():
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes() if name in KEPT else data)
    (tmp_path / "zz-good.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_the_folder_holds_what_the_script_writes() -> None:
    """Archives and PDFs are packed by the library of the day: their bytes may differ."""
    assert {path.name for path in FOLDER.iterdir()} == {*KEPT, "README.md"}
    for name, data in KEPT.items():
        if not name.endswith((".docx", ".pdf")):
            assert (FOLDER / name).read_bytes() == data, name


def test_the_batch_goes_on_and_every_file_has_its_reason(folder: Path) -> None:
    started = time.process_time()
    results = {Path(result.path).name: result for result in sweep([folder], Options())}
    assert time.process_time() - started < 60
    assert set(results) == {*FILES, "zz-good.txt"}
    assert [name for name, result in results.items() if result.trace] == []
    assert results["zz-good.txt"].documents
    for name, (_, reason) in FILES.items():
        said = results[name].failure or results[name].skipped
        assert said.startswith(reason), name
        assert bool(said) == bool(reason), f"{name}: {said}"
        assert bool(results[name].documents) == (not reason), name


def test_what_is_outside_or_runs_as_a_program_is_never_read(folder: Path) -> None:
    for result in sweep([folder], Options()):
        for document in result.documents:
            assert "root:" not in repr(document)
            assert "Injected" not in repr(document)


_RUNS = {
    "digits": "1", "spaces": " ", "no-break spaces": "\u00a0", "opening brackets": "(", "closing brackets": ")",
    "square brackets": "]", "angle brackets": "<", "braces": "{", "full stops": ".", "dashes": "-",
    "quotes": "“", "one word": "a", "accents": "\u0301", "halves": "½", "triangles": "▼", "decimals": "1.",
    "ranges": "1-", "fractions": "1/", "thousands": "1,", "numbers": "1 ", "amounts": "1 mg ", "factors": "2 x ",
    "frequencies": "may affect up to 1 in 10 people ", "labels": "Very common: ", "doses": "take 1 tablet once a day ",
    "bands": "10 kg to 20 kg: 5 mg. ", "references": "see section 4 ", "asides": "(see ", "placeholders": "{EXP}",
    "short lines": "1\n", "items": "• a\n", "headings": "4. Possible side effects\n", "bullets": "• ",
    "titles": "Package leaflet: Information for the user\n", "addresses": "http://", "abbreviations": "e.g. ",
    "additives": "E1", "excipients": "lactose ",
}  # fmt: skip
_LENGTH = 30_000


def _after(text: str, heading: str, run: str) -> str:
    """The text with a paragraph more after the line that begins a section."""
    at = text.index("\n", text.rindex(heading))
    return f"{text[:at]}\n\n{run}\n\n{text[at:]}"


@pytest.mark.parametrize("unit", _RUNS.values(), ids=_RUNS)
def test_long_runs_take_time_in_proportion(unit: str) -> None:
    text = TEXT
    for heading in ("3. How to take", "4. Possible side effects", "6. Contents of the pack"):
        text = _after(text, heading, unit * (_LENGTH // len(unit)))
    started = time.process_time()
    assert documents(text.encode(), "x.txt", Options(market="eu", language="en"))
    assert time.process_time() - started < 10


def test_brackets_without_end_are_told_a_few_times() -> None:
    text = _after(TEXT, "3. How to take", ")" * 5000 + " text " + "(" * 5000)
    (document,) = documents(text.encode(), "x.txt", Options())
    assert sum(finding.rule == "consistency/brackets" for finding in document.findings) == 20
