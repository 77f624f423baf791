"""Text made fit for a terminal: control characters shown, lines wrapped, colour where it is wanted."""

from __future__ import annotations

import re
import textwrap

_COLOURS = {"error": "31", "warning": "33", "advice": "36", "bold": "1", "dim": "2", "clean": "32"}
# Control characters and the signs that turn the direction of text: shown, they can do no harm.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]"
)


def safe(text: str) -> str:
    """The text with every control character made visible; line ends and tabs become blanks."""
    return _CONTROL.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if match.group() in "\t\n\r":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def paint(text: str, colour: str, wanted: bool) -> str:
    """The text in a colour of the terminal, if colour is wanted."""
    return f"\033[{_COLOURS[colour]}m{text}\033[0m" if wanted else text


def wrap(text: str, indent: int, width: int, hanging: int = 0) -> str:
    """The text indented and wrapped; a width of 0 leaves it in one line, words are never cut."""
    first, rest = " " * indent, " " * (indent + hanging)
    if not width:
        return first + text
    return textwrap.fill(
        text,
        max(width, indent + hanging + 20),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
