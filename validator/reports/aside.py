"""Text put aside until what stands before it is known; beyond a few megabytes it goes to a temporary file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from typing import TextIO

_IN_MEMORY = 4_000_000  # characters


class Aside:
    """A list of pieces of text that grows outside memory."""

    def __init__(self, separator: str = "") -> None:
        self.count = 0
        self._lengths: list[int] = []
        self._separator = separator
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (close() closes it)
            _IN_MEMORY, "w+", encoding="utf-8", errors="backslashreplace", newline=""
        )

    def add(self, piece: str) -> None:
        """Put one piece aside, with the separator before it if it is not the first."""
        self._lengths.append(self._file.write(self._separator + piece if self.count else piece))
        self.count += 1

    def copy_to(self, out: TextIO) -> None:
        """Write all pieces."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, out)

    def pieces(self) -> Iterator[str]:
        """The pieces one by one, those after the first with the separator before them."""
        self._file.seek(0)
        for length in self._lengths:
            yield self._file.read(length)

    def close(self) -> None:
        """Remove what was put aside."""
        self._file.close()
