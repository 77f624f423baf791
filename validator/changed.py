"""Which files differ from a revision of the version control (git), so that only these are checked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence

from validator.errors import UsageError
from validator.review.waivers import BESIDE

_SECONDS = 60


def changed_since(revision: str, paths: Iterable[str], rules: Sequence[str]) -> Callable[[str], bool] | None:
    """Whether a path was touched since a revision: changed, new, or its file of waivers was.

    `rules` are files and folders that every result rests on; if one of them was touched the answer is None:
    all files must be looked at. Raises UsageError where git or the revision is missing.
    """
    if not revision or revision.startswith("-"):
        raise UsageError(f"'{revision}' is no revision")
    tops = {_top(path) for path in (*paths, *rules)}
    touched = {os.path.realpath(os.path.join(top, name)) for top in tops for name in _touched(top, revision)}
    if any(_holds(os.path.realpath(rule), touched) for rule in rules):
        return None
    named = touched | {path.removesuffix(BESIDE) for path in touched if path.endswith(BESIDE)}
    return lambda path: os.path.realpath(_outer(path)) in named


def _outer(path: str) -> str:
    """The file on disk that a path leads to: of a file in an archive the archive."""
    while not os.path.lexists(path) and (parent := os.path.dirname(path)) not in ("", path):
        path = parent
    return path


def _holds(rule: str, touched: Iterable[str]) -> bool:
    return any(path == rule or path.startswith(os.path.join(rule, "")) for path in touched)


def _top(path: str) -> str:
    """The top folder of the working tree that a file or folder belongs to."""
    folder = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
    return _git(folder, "rev-parse", "--show-toplevel").rstrip("\n")


def _touched(top: str, revision: str) -> Iterator[str]:
    """The names, as seen from the top, of what differs from the revision, and of files not yet added."""
    yield from _git(top, "diff", "--name-only", "--no-renames", "-z", revision, "--").split("\0")[:-1]
    yield from _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")[:-1]


def _git(folder: str, *arguments: str) -> str:
    command = ["git", "-C", folder, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        raise UsageError("--changed-since asks git, which is not installed") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"git gave no answer within {_SECONDS} seconds") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"git: {said[0] if said else 'failed'}")
    return done.stdout.decode("utf-8", "surrogateescape")
