"""Versions out of a git repository: changed, renamed, added and removed leaflets, and what can be in the way."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.docx_files import docx_of
from tests.leaflets import input_of
from validator.cli import run

TEXT = input_of("eu-tablet")
CHANGED = TEXT.replace("• dry mouth\n", "")


class Repository:
    """A repository of its own, apart from all settings of the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "A")
        self.git("config", "user.email", "a@example.org")
        self.git("config", "core.autocrlf", "false")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True, encoding="utf-8"
        )
        return done.stdout.strip()

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def commit(self, message: str = "x") -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "work"
    folder.mkdir()
    made = Repository(folder)
    made.write("leaflets/a.txt", TEXT)
    made.write("leaflets/notes.txt", "Nothing for patients.\n")
    made.write("leaflets/logo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(99)))
    made.commit()
    monkeypatch.chdir(folder)
    return made


def diff(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, the lines of the CSV report in short, and what was said beside it."""
    import csv
    import io

    code = run(["diff", *arguments, "--format", "csv"])
    out, err = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))
    found = [
        f"{row['path']} {row['rule']} {row['message']}".strip() for row in rows if row["kind"] == "finding"
    ]
    found += [
        f"{row['kind']} {row['path']} {row['rule']} {row['message']}"
        for row in rows
        if row["kind"] not in ("finding", "document")
    ]
    return code, found, err


LOST = "diff/side-effect-removed A side effect of the older version is missing: “dry mouth”."


def test_the_working_tree_against_a_revision(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(capsys, "--base", "HEAD") == (0, [], "")
    repository.write("leaflets/a.txt", CHANGED)
    repository.write("leaflets/notes.txt", "Still nothing for patients.\n")
    repository.write("leaflets/logo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(9)))
    code, found, said = diff(capsys, "--base", "HEAD", "leaflets")
    assert (code, found) == (1, [f"leaflets/a.txt {LOST}"])
    assert "passed over" in said
    assert diff(capsys, "--base", "HEAD", "elsewhere")[:2] == (0, [])


def test_two_revisions(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write("leaflets/a.txt", CHANGED)
    repository.commit()
    repository.write("leaflets/a.txt", TEXT)
    assert diff(capsys, "--base", "HEAD~1", "--head", "HEAD")[:2] == (1, [f"leaflets/a.txt {LOST}"])
    assert diff(capsys, "--base", "HEAD", "--head", "HEAD~1")[0] == 0  # a side effect is new: a warning


def test_from_a_folder_inside(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("leaflets/a.txt", CHANGED)
    repository.write("leaflets/new.txt", TEXT)
    monkeypatch.chdir(repository.folder / "leaflets")
    code, found, _ = diff(capsys, "--base", "HEAD")
    assert code == 1
    assert found[0] == f"a.txt {LOST}"
    assert "new.txt" in found[1]


def test_a_renamed_file_is_followed(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.git("mv", "leaflets/a.txt", "leaflets/b.txt")
    repository.write("leaflets/b.txt", CHANGED)
    repository.commit()
    code, found, _ = diff(capsys, "--base", "HEAD~1")
    assert code == 1
    assert found[0] == f"leaflets/b.txt {LOST}"
    assert "renamed from leaflets/a.txt" in found[1]


@pytest.mark.parametrize("committed", [True, False])
def test_added_and_removed_leaflets_are_told(
    repository: Repository, capsys: pytest.CaptureFixture[str], committed: bool
) -> None:
    (repository.folder / "leaflets/a.txt").unlink()
    repository.write("leaflets/z.txt", input_of("de-tablet"))
    repository.write("leaflets/list.txt", "No leaflet either.\n")
    if committed:
        repository.commit()
    code, found, _ = diff(capsys, "--base", "HEAD~1" if committed else "HEAD", "--fail-on", "warning")
    assert code == 1
    assert [line.split(" ")[:2] for line in found] == [
        ["leaflet-removed", "leaflets/a.txt"],
        ["leaflet-added", "leaflets/z.txt"],
    ]
    assert "the leaflet is gone, and with it all that it said" in found[0]
    assert "the leaflet is new" in found[1]
    assert diff(capsys, "--base", "HEAD~1" if committed else "HEAD")[0] == 0


def test_the_branch_alone_counts_with_merge_base(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.git("checkout", "--quiet", "-b", "edit")
    repository.git("checkout", "--quiet", "main")
    repository.write("leaflets/a.txt", TEXT.replace("• dry mouth", "• dry mouth\n• hair loss"))
    repository.commit()
    repository.git("checkout", "--quiet", "edit")
    assert diff(capsys, "--base", "main")[0] == 1  # what main has gained since looks like a loss
    assert diff(capsys, "--base", "main", "--merge-base") == (0, [], "")
    assert diff(capsys, "--base", "main", "--head", "edit", "--merge-base") == (0, [], "")


def test_names_that_look_like_options_or_revisions(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["--output=x.txt", "HEAD.txt", "a b;$(touch pwned).txt", "ünï.txt", ":(top)x.txt"]
    for name in names:
        repository.write(f"leaflets/{name}", TEXT)
    repository.commit()
    for name in names:
        repository.write(f"leaflets/{name}", CHANGED)
    code, found, _ = diff(capsys, "--base", "HEAD")
    assert code == 1
    assert sorted(found) == sorted(f"leaflets/{name} {LOST}" for name in names)
    assert not (repository.folder / "pwned").exists()


def test_word_files_of_a_repository(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write("leaflets/w.docx", docx_of(TEXT))
    repository.commit()
    repository.write("leaflets/w.docx", docx_of(CHANGED))
    assert diff(capsys, "--base", "HEAD")[:2] == (1, [f"leaflets/w.docx {LOST}"])


def test_links_are_passed_over(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.folder / "leaflets/link.txt").symlink_to("a.txt")
    assert diff(capsys, "--base", "HEAD") == (0, [], "")
    repository.commit()
    assert diff(capsys, "--base", "HEAD~1") == (0, [], "")


def test_a_pointer_of_lfs_is_no_leaflet(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write(
        "leaflets/l.txt", f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"
    )
    repository.commit()
    repository.write("leaflets/l.txt", TEXT)
    code, _, said = diff(capsys, "--base", "HEAD")
    assert code == 3
    assert "pointer of Git LFS" in said


def test_a_leaflet_that_is_none_any_more(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write("leaflets/a.txt", "Nothing for patients.\n")
    code, _, said = diff(capsys, "--base", "HEAD")
    assert code == 3
    assert "leaflets/a.txt: no leaflet was recognised" in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--base", "nowhere"), "'nowhere' is no revision of the repository"),
        (("--base", "--all"), "'--all' is no revision of the repository"),
        (("--base", "HEAD", "--head", "HEAD:leaflets/a.txt"), "'HEAD:leaflets/a.txt' is no revision"),
        (("--head", "HEAD"), "--head and --merge-base need --base"),
        (("leaflets", "leaflets/a.txt"), "'leaflets' is a folder: name two folders, two files, or a git"),
        (("leaflets",), "'leaflets' is a folder: name two folders, two files, or a git revision with --base"),
        ((), "name the older and the newer file"),
        (("leaflets/a.txt", "leaflets/a.txt", "leaflets/a.txt"), "name the older and the newer file"),
        (("--base", "HEAD", "--revisions", "original"), "--revisions has no meaning here"),
    ],
)  # fmt: skip
def test_wrong_use_is_told(
    repository: Repository, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    code, _, said = diff(capsys, *arguments)
    assert (code, told in said) == (2, True), said


def test_no_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    code, _, said = diff(capsys, "--base", "HEAD")
    assert code == 2
    assert "is in no git repository" in said


def test_without_git(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    code, _, said = diff(capsys, "--base", "HEAD")
    assert (code, "git is not installed, or not on the path" in said) == (2, True)
