"""ZIP archives within the limits: what kind of file one is, and its entries without surprises."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

from validator.errors import UnreadableError
from validator.readers.limits import DEFAULT_LIMITS, Limits

_CENTRAL_HEADER = b"PK\x01\x02"  # each entry has one; counting them costs nothing, listing them may
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes to unpack
_ENCRYPTED = 0x1
_SMALL = 1_000_000  # below this size a high ratio is no attack
_DAMAGED = "the ZIP archive is damaged or cut off"

# What an archive is, by an entry that it holds and how its other entries begin.
_KINDS = (
    ("[content_types].xml", "word/", "docx"),
    ("[content_types].xml", "xl/", "an Excel file (XLSX); save the leaflet as DOCX, HTML or text"),
    ("[content_types].xml", "ppt/", "a PowerPoint file (PPTX); save the leaflet as DOCX, HTML or text"),
    ("mimetype", "content.xml", "an OpenDocument file (ODT); save it as DOCX or PDF"),
    ("mimetype", "meta-inf/container.xml", "an EPUB book; save the leaflet as HTML or text"),
)


class Archive:
    """The entries of a ZIP archive; all reading together stays within the limits."""

    def __init__(self, data: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        """Raises UnreadableError for what is damaged or has too many entries."""
        if data.count(_CENTRAL_HEADER) > limits.max_entries:
            raise UnreadableError(f"the ZIP archive has more than {limits.max_entries} entries")
        try:
            self._file = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise UnreadableError(_DAMAGED) from None
        # Names differ in case between what a part refers to and what some programs write.
        self._entries = {entry.filename.lower().lstrip("/"): entry for entry in self._file.infolist()}
        self._limits = limits
        self._left = limits.max_unpacked

    @property
    def names(self) -> Iterable[str]:
        """The names of all entries, in lower case."""
        return self._entries

    @property
    def files(self) -> Iterable[str]:
        """The names of the entries that are files, as the archive writes them."""
        return [entry.filename for entry in self._entries.values() if not entry.is_dir()]

    def read(self, name: str) -> bytes | None:
        """The bytes of an entry, None if there is no such entry."""
        entry = self._entries.get(name.lower().lstrip("/"))
        if entry is None:
            return None
        self._check(entry)
        try:
            with self._file.open(entry) as stream:
                data = stream.read(min(self._left, self._limits.max_bytes) + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise UnreadableError(f"{_DAMAGED}: {name} cannot be unpacked") from None
        self._left -= len(data)
        if self._left < 0:  # the sizes in the archive are only its claim
            raise self._too_large()
        return data

    def _check(self, entry: zipfile.ZipInfo) -> None:
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableError("the ZIP archive is protected by a password")
        if entry.compress_type not in _METHODS:
            raise UnreadableError(f"{entry.filename} is packed by a method that is not supported")
        if entry.file_size > self._left:
            raise self._too_large()
        self._limits.check_size(entry.file_size)
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > _SMALL and ratio > self._limits.max_ratio:
            raise UnreadableError(
                f"{entry.filename} unpacks to more than {self._limits.max_ratio} times its size"
            )

    def _too_large(self) -> UnreadableError:
        limit = self._limits.max_unpacked
        return UnreadableError(f"the file unpacks to more than the limit of {limit / 1_000_000:g} MB")


def sniff(data: bytes) -> str:
    """The name of the format that a ZIP archive is; raises UnreadableError that says what else it is."""
    names = list(Archive(data).names)
    for needed, start, kind in _KINDS:
        if needed in names and any(name.startswith(start) for name in names):
            if " " not in kind:
                return kind
            raise UnreadableError(f"this is {kind}")
    raise UnreadableError("this is a ZIP archive; --archives reads the files in it")
