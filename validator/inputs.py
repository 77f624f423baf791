"""Which files some paths mean: files, folders, and the files in archives."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from validator.errors import UnreadableError
from validator.readers import DEFAULT_LIMITS, Limits, load
from validator.review.waivers import BESIDE

# In a folder these names promise a text: not being able to read one is a failure. Anything else (images,
# archives, tables) is passed over and counted, unless its content shows a text. The last line has no reader.
_TEXTUAL = (
    ".txt .text .md .markdown .html .htm .xhtml .docx .docm .dotx .dotm .pdf"
    " .doc .dot .rtf .odt .ott .fodt .pages .wpd .wps .mht .mhtml"
)
TEXTUAL = tuple(_TEXTUAL.split())
_HIDDEN = (".", "~$")  # Word writes "~$..." beside a file that is open
_UNPACKED = 1_000_000_000  # bytes that all files of one archive may have together


@dataclass(frozen=True, slots=True)
class Input:
    """A file to check; `named` if the user gave its own name; `error` if it is known to be lost."""

    path: str
    named: bool = True
    error: str = ""
    data: bytes | None = None


def must_be_told(name: str, error: UnreadableError) -> bool:
    """Whether a file of a folder that cannot be read may be a leaflet: silence about it would be wrong."""
    return error.text or (error.text is None and name.lower().endswith(TEXTUAL))


def inputs(
    paths: Iterable[str | Path | Input], *, archives: bool = False, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Input]:
    """Every file that the paths mean; folders are walked in order of names, hidden entries left out.

    With `archives` the files in ZIP archives are meant too, named "archive.zip/inner.txt".
    """
    for entry in _files(paths):
        if archives and entry.data is None and not entry.error and entry.path.lower().endswith(".zip"):
            yield from _unpacked(entry, limits)
        else:
            yield entry


def _unpacked(entry: Input, limits: Limits) -> Iterator[Input]:
    """The files in an archive one after the other; archives in it stay closed, names never become paths."""
    from validator.readers.archive import Archive  # zipfile costs start-up time

    try:
        archive = Archive(load(entry.path, limits), replace(limits, max_unpacked=_UNPACKED))
    except UnreadableError as error:
        yield replace(entry, error=str(error))
        return
    for name in archive.files:
        inner = Input(f"{entry.path}/{name}", False)
        try:
            data = archive.read(name)
        except UnreadableError as error:
            yield replace(inner, error=str(error))
        else:
            yield replace(inner, data=data)


def _files(paths: Iterable[str | Path | Input]) -> Iterator[Input]:
    for path in paths:
        if isinstance(path, Input):
            yield path
        elif os.path.isdir(path):
            yield from _walk(str(path), set())
        else:
            yield Input(str(path))


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[Input]:
    try:
        status = os.stat(folder)
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Input(folder, False, f"the folder cannot be read: {error.strerror}")
        return
    if (identity := (status.st_dev, status.st_ino)) in seen:  # a symbolic link that leads back
        return
    seen.add(identity)
    for entry in entries:
        if entry.name.startswith(_HIDDEN) or entry.name.endswith(BESIDE):
            continue
        if entry.is_dir():
            yield from _walk(entry.path, seen)
        elif _is_file(entry):
            yield Input(entry.path, False)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a plain file, or a link that leads nowhere (reading it tells so): no pipes or devices."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return entry.name.lower().endswith(TEXTUAL)
