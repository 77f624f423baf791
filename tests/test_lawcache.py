"""What is kept of the law beside its files: used while nothing changed, made anew otherwise, never trusted blindly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from validator import lawcache, lawfile, resources
from validator.record import record


@record
class Law:
    """A law file of the tests."""

    title: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package's own law folder with one file and one that extends it."""
    monkeypatch.setattr(lawcache, "PACKAGE", tmp_path)
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "a.yaml").write_text("title: one\n", "utf-8")
    (tmp_path / "law" / "b.yaml").write_text("extends: a.yaml\n", "utf-8")
    return tmp_path / "law"


def _law(folder: Path, name: str) -> str:
    """As a new process would read it."""
    lawfile._values.cache_clear()
    lawfile._read.cache_clear()
    return lawfile.load_law(name, Law, (folder,)).title


def _kept(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").glob("*.pickle"))


@pytest.mark.parametrize("name", ["a.yaml", "b.yaml"])
def test_what_is_kept_is_used_until_a_file_changes(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _law(folder, name) == "one"
    with monkeypatch.context() as patched:
        patched.setattr(lawfile, "_validated", None)  # reading anew would fail
        assert _law(folder, name) == "one"
    (folder / "a.yaml").write_text("title: two\n", "utf-8")
    assert _law(folder, name) == "two"


def test_another_version_of_the_models_makes_it_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _law(folder, "a.yaml") == "one"
    monkeypatch.setattr(lawcache, "_versions", lambda module: "another")
    monkeypatch.setattr(lawfile, "_validated", lambda *given: Law(title="read anew"))
    assert _law(folder, "a.yaml") == "read anew"


@pytest.mark.parametrize("damage", [b"", b"\x80", b"junk", None])
def test_what_is_damaged_is_made_anew(folder: Path, damage: bytes | None) -> None:
    assert _law(folder, "a.yaml") == "one"
    (kept,) = _kept(folder)
    kept.write_bytes(kept.read_bytes()[:-9] if damage is None else damage)
    assert _law(folder, "a.yaml") == "one"
    assert len(kept.read_bytes()) > 20


def test_a_folder_that_cannot_be_written_is_read_each_time(folder: Path) -> None:
    (folder / "__pycache__").write_text("in the way", "utf-8")
    assert [_law(folder, "a.yaml"), _law(folder, "a.yaml")] == ["one", "one"]


def test_law_outside_the_package_is_never_kept(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: house\n", "utf-8")
    assert _law(tmp_path, "a.yaml") == "house"
    assert os.listdir(tmp_path) == ["a.yaml"]
    assert resources.PACKAGE not in tmp_path.parents
