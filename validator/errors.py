"""What can go wrong outside a leaflet's content; each error owns its exit code and its one line.

LeafletError
├── UsageError          2  wrong options, unknown market or rule
├── ConfigurationError  2  a broken leaflet.toml or law file: names file, line and what was expected
└── UnreadableError     3  one input that cannot be read; the rest of the batch goes on
"""

from __future__ import annotations

EXIT_CLEAN = 0
EXIT_GAPS = 1
EXIT_USAGE = 2
EXIT_UNREADABLE = 3


class LeafletError(Exception):
    """The base of all errors a caller may expect; `str()` is one plain sentence."""

    exit_code = EXIT_USAGE


class UsageError(LeafletError):
    """The caller asked for something that does not exist, such as an unknown market."""


class ConfigurationError(LeafletError):
    """A configuration or law file is broken; the message names file, line and what was expected."""


class UnreadableError(LeafletError):
    """An input could not be read; the message names the cause, the caller adds the file.

    `text` tells whether the file's content shows a text document, such as an old Word file or damaged
    FHIR: in a folder it may be a leaflet and is reported, not passed over. None: nothing is known. False:
    it is surely no leaflet, whatever its name.
    """

    exit_code = EXIT_UNREADABLE

    def __init__(self, message: str = "", *, text: bool | None = None) -> None:
        super().__init__(message)
        self.text = text
