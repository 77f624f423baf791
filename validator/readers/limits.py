"""How much a reader may be asked to swallow, and the loading of a file within those bounds."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from validator.errors import UnreadableError

if TYPE_CHECKING:  # pathlib costs start-up time and is only named here
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no real leaflet comes near; what exceeds one is refused, never cut short.

    `max_bytes`: size of the file. `max_blocks`: paragraphs in one file. `max_block_chars`:
    characters in one paragraph. `max_depth`: nesting of what is kept as a tree (JSON, XML outside
    its narratives, Markdown). `max_nodes`: values of JSON, elements of XML outside its narratives.
    `max_tags`: tags and character references of HTML in one file. `max_attributes`: those of one tag.
    For packed files (DOCX): `max_entries` of the archive, `max_unpacked` bytes of all parts that
    are read together, `max_ratio` of unpacked to packed size, `max_elements`: elements and
    attributes of one XML part. For PDF: `max_pages`, `max_characters` of text, `max_objects`:
    text runs, lines and images drawn on one page; `max_unpacked` bytes of one part.
    """

    max_bytes: int = 50_000_000
    max_blocks: int = 200_000
    max_block_chars: int = 1_000_000
    max_depth: int = 100
    max_nodes: int = 300_000
    max_tags: int = 500_000
    max_attributes: int = 1_000
    max_entries: int = 10_000
    max_unpacked: int = 50_000_000
    max_ratio: int = 200
    max_elements: int = 4_000_000
    max_pages: int = 5_000
    max_characters: int = 10_000_000
    max_objects: int = 500_000

    def changed(self) -> dict[str, int]:
        """The limits that are not the default."""
        pairs = ((entry.name, getattr(self, entry.name), entry.default) for entry in fields(self))
        return {name: most for name, most, default in pairs if most != default}

    def check_size(self, size: int) -> None:
        """Refuse a file of this many bytes if it is too large."""
        if size > self.max_bytes:
            raise UnreadableError(f"the file is larger than the limit of {_megabytes(self.max_bytes)}")

    def check_paragraph(self, size: int) -> None:
        """Refuse a paragraph of this many characters if it is too long."""
        if size > self.max_block_chars:
            limit = self.max_block_chars
            raise UnreadableError(f"the file has a paragraph of more than {limit} characters")

    def check_tags(self, count: int) -> None:
        """Refuse a file of this many tags and character references if they are too many."""
        if count > self.max_tags:
            raise UnreadableError(f"the file has more than {self.max_tags} tags and character references")


DEFAULT_LIMITS = Limits()


def load(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file; a file over the limit is refused before it is read into memory."""
    try:
        if os.path.isdir(path):
            raise UnreadableError("this is a folder, not a file")
        limits.check_size(os.stat(path).st_size)
        return _read_bounded(path, limits)
    except FileNotFoundError:
        raise UnreadableError("the file does not exist") from None
    except PermissionError:
        raise UnreadableError("no permission to read the file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(f"the file cannot be read: {reason}") from None


def _read_bounded(path: str | Path, limits: Limits) -> bytes:
    # A pipe has no size and a file may grow: what counts is what arrives.
    with open(path, "rb") as stream:
        data = stream.read(limits.max_bytes + 1)
    limits.check_size(len(data))
    return data


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"
