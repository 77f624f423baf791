"""Where a report goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from validator.errors import UsageError


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
