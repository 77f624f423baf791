"""A Word file as a package of parts: some of them replaced or added, all others taken over byte by byte."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from validator.errors import UnreadableError
from validator.readers.limits import DEFAULT_LIMITS, Limits

_TYPES = "[Content_Types].xml"
_ID = re.compile(rb"""\bId\s*=\s*["']([^"']*)["']""")
_CLOSED = re.compile(rb"/>\s*\Z")


class WordFile:
    """The parts of a file whose text the reader has read before."""

    def __init__(self, data: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        """Raises UnreadableError for what the reader may not have seen: too much, two parts of one name."""
        self._source = zipfile.ZipFile(BytesIO(data))
        entries = self._source.infolist()
        self._names = {entry.filename.lower(): entry for entry in entries}
        if len(self._names) < len(entries):
            raise UnreadableError("the file holds two parts of one name: save it with Word first")
        if sum(entry.file_size for entry in entries) > limits.max_unpacked:
            limit = limits.max_unpacked / 1_000_000
            raise UnreadableError(f"the file unpacks to more than the limit of {limit:g} MB")

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None if there is none of that name."""
        found = self._names.get(name.lower())
        return None if found is None else self._data(found)

    def _data(self, entry: zipfile.ZipInfo) -> bytes:
        try:
            return bytes(self._source.read(entry))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            raise UnreadableError(f"the part {entry.filename} cannot be unpacked") from None

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """The file with these parts in place of its own; new ones come last."""
        wanted = {name.lower(): data for name, data in parts.items()}
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in self._source.infolist():
                data = wanted.pop(entry.filename.lower(), None)
                target.writestr(entry, self._data(entry) if data is None else data)
            for name, data in parts.items():
                if name.lower() in wanted:
                    target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def related(self, part: str, relation: str, target: str) -> dict[str, bytes]:
        """The relationships of a part with one more: the changed part by its name."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        uri = "http://schemas.openxmlformats.org/package/2006/relationships"
        data = self.read(name) or f'<Relationships xmlns="{uri}"></Relationships>'.encode()
        taken = {match.group(1) for match in _ID.finditer(data)}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdLeaflet{n}".encode() not in taken)
        entry = f'<Relationship Id="rIdLeaflet{number}" Type="{relation}" Target="{target}"/>'
        return {name: appended(data, entry.encode())}

    def typed(self, part: str, content_type: str) -> dict[str, bytes]:
        """The list of content types with one more part."""
        data = self.read(_TYPES) or b""
        entry = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
        return {_TYPES: appended(data, entry.encode())}


def appended(xml: bytes, entry: bytes) -> bytes:
    """A part's XML with an element put in before the end of its root element."""
    if closed := _CLOSED.search(xml):  # <Relationships xmlns="..."/>
        name: bytes = re.findall(rb"<([^\s/>?!]+)", xml)[-1]
        return xml[: closed.start()] + b">" + _like(name, entry) + b"</" + name + b">" + xml[closed.end() :]
    at = xml.rindex(b"</")
    return xml[:at] + _like(xml[at + 2 :].rstrip(b"> \t\r\n"), entry) + xml[at:]


def _like(root: bytes, entry: bytes) -> bytes:
    """An element without prefix under the prefix of the root element, if that has one."""
    prefix = root.rpartition(b":")[0]
    unbound = entry.startswith(b"<") and b":" not in entry.split(None, 1)[0]
    return entry.replace(b"<", b"<" + prefix + b":", 1) if prefix and unbound else entry
