"""Where a report goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TextIO

from validator.errors import UsageError

_ONE_FILE = (".html", ".htm", ".xhtml")
_OURS, _HEAD = '<meta name="generator" content="leaflet-validator', 2000  # characters of the page's head


@contextmanager
def opened(path: str | None) -> Iterator[TextIO]:
    """The stream to write a report to; a file is put in place only if all went well.

    What is there and no plain file (/dev/null, a pipe) is written to: it must never be replaced.
    """
    if path is None or path == "-":
        yield sys.stdout
        return
    if os.path.exists(path) and not os.path.isfile(path):
        try:
            with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                yield stream
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from None
        return
    folder = os.path.dirname(os.path.abspath(path))
    try:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".leaflet-")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def folder(path: str | None) -> tuple[str | None, Callable[[str], AbstractContextManager[TextIO]] | None]:
    """Where a report of several pages goes: its first file, and how to open the others (None: one file).

    A name that ends in .html or .htm is one file, and so is what exists and is no folder; any other
    name is a folder, which is made. An index.html that is none of ours is not written over.
    """
    if (
        path in (None, "-")
        or path.lower().endswith(_ONE_FILE)
        or (os.path.exists(path) and not os.path.isdir(path))
    ):
        return path, None
    index = os.path.join(path, "index.html")
    try:
        os.makedirs(path, exist_ok=True)
        if os.path.exists(index):
            with open(index, encoding="utf-8", errors="replace") as stream:
                ours = _OURS in stream.read(_HEAD)
            if not ours:
                raise UsageError(f"{index} is not a report of ours: name another folder")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    return index, lambda name: opened(os.path.join(path, name))


def _mode(path: str) -> int:
    """The permissions the file had, or those of a new one: mkstemp grants fewer than people expect."""
    if os.path.exists(path):
        return os.stat(path).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def wants_colour(no_color: bool, path: str | None) -> bool:
    """Colour is for people at a terminal who have not refused it."""
    refused = no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return not refused and path is None and sys.stdout.isatty()


def line_width(path: str | None) -> int:
    """The width to wrap at: the terminal's, or what COLUMNS says; 0 (no wrapping) for pipes and files."""
    if path is None and (sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()):
        return max(shutil.get_terminal_size().columns, 40)
    return 0
