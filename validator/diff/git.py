"""Versions of leaflets out of a git repository: which files changed between two revisions, and their bytes.

Git is called with a list of arguments, never through a shell; contents are asked for by their object name,
so that no file name is ever read as an option or a revision. Nothing is fetched, no filter and no external
program is run.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from validator.errors import UnreadableError, UsageError
from validator.readers import DEFAULT_LIMITS, Limits

_SECONDS = 120
_FILES = ("100644", "100755")  # plain files; links and other repositories are passed over
_LFS = b"version https://git-lfs.github.com/spec/"
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a revision, or of the working tree where `name` is ""."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that differs: either side is None where it was added or removed; a renamed one has two paths."""

    old: Blob | None
    new: Blob | None


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository around a folder."""

    root: Path
    folder: Path
    limits: Limits = DEFAULT_LIMITS

    def commit(self, revision: str) -> str:
        """The name of the commit that a revision means; a UsageError if there is none."""
        asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
        found = _git(self.folder, *asked)
        if found.returncode:
            raise UsageError(
                f"'{revision}' is no revision of the repository {self.root} (if it is a branch of the "
                "server, fetch it first; a shallow clone holds the newest commits alone)"
            )
        return found.stdout.decode().strip()

    def merge_base(self, one: str, other: str) -> str:
        """The commit where two histories part, the first one if they have none in common."""
        found = _git(self.folder, "merge-base", one, other)
        return found.stdout.decode().strip() if not found.returncode else one

    def changed(self, base: str, head: str, paths: Sequence[str]) -> Iterator[Changed]:
        """The files that differ between two commits; without `head`, between one and the working tree."""
        asked = ["diff", "--raw", "-z", "--no-abbrev", "--find-renames", "--no-ext-diff", "--no-textconv"]
        found = _git(self.folder, *asked, base, *([head] if head else []), "--", *paths)
        if found.returncode:
            raise UsageError(f"git cannot compare the revisions: {_said(found.stderr)}")
        yield from _entries(found.stdout, working=not head)
        if not head:
            more = _git(
                self.root, "ls-files", "--others", "--exclude-standard", "-z", "--", *self._inside(paths)
            )
            for name in filter(None, more.stdout.split(b"\0")):
                path = self.root / os.fsdecode(name)
                if path.is_file() and not path.is_symlink():
                    yield Changed(None, Blob(os.fsdecode(name), ""))

    def _inside(self, paths: Sequence[str]) -> list[str]:
        """Paths as they are known from the top of the repository."""
        return [os.path.relpath(os.path.join(self.folder, path), self.root) for path in paths]

    def read(self, blob: Blob) -> bytes:
        """The bytes of a file; an UnreadableError says what is in the way."""
        if not blob.name:
            from validator.readers import load

            return load(str(self.root / blob.path), self.limits)
        size = _git(self.folder, "cat-file", "-s", blob.name)
        if size.returncode:
            raise UnreadableError(f"git does not have the contents ({_said(size.stderr)})")
        self.limits.check_size(int(size.stdout))
        data = _git(self.folder, "cat-file", "blob", blob.name).stdout
        if data.startswith(_LFS):
            raise UnreadableError("the revision holds a pointer of Git LFS, not the file itself")
        return data

    def shown(self, path: str) -> str:
        """A path of the repository as seen from the working directory."""
        return os.path.relpath(self.root / path, Path.cwd())


def repository(folder: Path, limits: Limits = DEFAULT_LIMITS) -> Repository:
    """The repository that a folder is in; a UsageError if it is in none, or git is not there."""
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        said = _said(found.stderr)
        raise UsageError(
            f"'{folder}' is in no git repository"
            if "not a git repository" in said
            else f"git cannot read the repository around '{folder}': {said}"
        )
    return Repository(Path(os.fsdecode(found.stdout.rstrip(b"\n"))), folder, limits)


def _entries(output: bytes, working: bool) -> Iterator[Changed]:
    """The entries of `git diff --raw -z`: ":modes names status NUL path NUL [path NUL]"."""
    fields = iter(output.split(b"\0"))
    for head in fields:
        if not head.startswith(b":"):
            continue
        old_mode, new_mode, old_name, new_name, status = head[1:].decode().split(" ")
        old_path = os.fsdecode(next(fields, b""))
        new_path = os.fsdecode(next(fields, b"")) if status[0] in "RC" else old_path
        old = Blob(old_path, old_name) if old_mode in _FILES and status[0] not in "AC" else None
        # The working tree may hold what was never added: its files have no name of their own there.
        own = "" if working else new_name
        new = Blob(new_path, own) if new_mode in _FILES and status[0] != "D" else None
        if old or new:
            yield Changed(old, new)


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    settings = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "diff.external="]
    try:
        return subprocess.run(
            ["git", *settings, *arguments],
            cwd=folder,
            env={**os.environ, **_QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed, or not on the path") from None
    except NotADirectoryError:
        raise UsageError(f"'{folder}' is no folder") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"git did not answer within {_SECONDS} seconds") from None


def _said(output: bytes) -> str:
    lines = [line for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[0].removeprefix("fatal: ") if lines else "no reason given"
