"""Two folders of leaflets: which files go together, and what is told of those that stand alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.docx_files import docx_of
from tests.leaflets import input_of
from validator.cli import run

TEXT = input_of("eu-tablet")
SENTENCE = "Swallow the tablet whole with a glass of water."
LESS = TEXT.replace(SENTENCE, "")
FILES: dict[str, tuple[bytes | None, bytes | None]] = {
    "en/changed.txt": (TEXT.encode(), LESS.encode()),
    "da/same.txt": (TEXT.encode(), TEXT.encode()),
    "gone.txt": (TEXT.encode(), None),
    "new.txt": (None, TEXT.encode()),
    "notes.txt": (b"Nothing for patients.", b"Nothing for anybody."),
}


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old", tmp_path / "new"
    write(old, {name: before for name, (before, _) in FILES.items()})
    write(new, {name: after for name, (_, after) in FILES.items()})
    return old, new


def write(folder: Path, files: dict[str, bytes | None]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if data is not None:
            path.write_bytes(data)


def diff(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any, str]:
    code = run(["diff", *map(str, arguments), "--format", "json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_files_go_together_by_their_names(
    both: tuple[Path, Path], capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    old, new = both
    code, report, said = diff(capsys, old, new, "--jobs", jobs, "--fail-on", "warning")
    assert (code, said) == (1, "leaflet: passed over 1 file that is no leaflet (--verbose names them)\n")
    assert [
        (Path(d["path"]).relative_to(new).as_posix(), [f["rule"] for f in d["findings"]])
        for d in report["documents"]
    ] == [("en/changed.txt", ["diff/instruction-removed"])]
    assert sorted((n["kind"], Path(n["at"]).name) for n in report["notices"]) == [
        ("leaflet-added", "new.txt"),
        ("leaflet-removed", "gone.txt"),
    ]


def test_a_file_of_another_kind_is_the_same_leaflet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write(old, {"velorin.txt": TEXT.encode()})
    write(new, {"velorin.docx": docx_of(TEXT)})
    code, report, _ = diff(capsys, old, new)
    assert (code, [Path(d["path"]).name for d in report["documents"]]) == (0, ["velorin.docx"])
    assert report["notices"] == []


def test_folders_that_are_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        write(folder, {"velorin.txt": TEXT.encode()})
    code, report, err = diff(capsys, old, new)
    assert (code, report["documents"], err) == (0, [], "")
