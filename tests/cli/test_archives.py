"""`--archives`: leaflets inside ZIP archives, hostile archives too."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from .conftest import LEAFLET


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return path


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    inner = archive(tmp_path / "inner.zip", {"hidden.txt": LEAFLET.encode()}).read_bytes()
    (tmp_path / "inner.zip").unlink()
    files = {
        "en/leaflet.txt": LEAFLET.encode(),
        "../../escape.txt": LEAFLET.encode(),
        "empty.txt": b"",
        "picture.png": b"\x89PNG\r\n\x1a\n",
        "again.zip": inner,
        "bomb.txt": b"0" * 60_000_000,
    }
    return archive(tmp_path / "leaflets.zip", files)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_leaflets_in_an_archive_are_checked(leaflet, packed, jobs):
    outcome = leaflet("check", packed, "--archives", "--format", "json", "--jobs", jobs)
    assert outcome.code == 3
    found = json.loads(outcome.out)
    assert [d["path"] for d in found["documents"]] == [
        f"{packed}/en/leaflet.txt",
        f"{packed}/../../escape.txt",
    ]
    assert found["unreadable"] == [
        {"path": f"{packed}/empty.txt", "reason": "the file is empty"},
        {"path": f"{packed}/bomb.txt", "reason": "the file is larger than the limit of 50 MB"},
    ]
    assert found["summary"]["skipped"] == 2
    assert not list(packed.parent.parent.glob("escape.txt"))


def test_without_the_option_an_archive_is_named(leaflet, packed):
    outcome = leaflet("check", packed)
    assert outcome.code == 3
    assert "this is a ZIP archive; --archives reads the files in it" in outcome.err


def test_archives_in_folders_are_read_too(leaflet, packed):
    outcome = leaflet("check", packed.parent, "--archives", "--format", "json")
    assert len(json.loads(outcome.out)["documents"]) == 2


def test_a_damaged_archive_is_one_clear_line(leaflet, packed):
    packed.write_bytes(packed.read_bytes()[:2000])
    outcome = leaflet("check", packed, "--archives")
    assert (outcome.code, outcome.err) == (
        3,
        f"leaflet: error: {packed}: the ZIP archive is damaged or cut off\n",
    )
