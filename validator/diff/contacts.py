"""Where readers can turn to: addresses of sites and mail, telephone numbers."""

from __future__ import annotations

import re

_CONTACT = re.compile(
    r"(?:https?://|www\.)[^\s()<>\"“”]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\d.,/])(?:\+|\(?0|1-8)[\d\s().-]{6,20}\d(?![\d.,/]\d)",
    re.IGNORECASE,
)
_DIGITS_AT_LEAST = 7  # of a telephone number with its code


def contacts(text: str) -> dict[str, str]:
    """The contacts of a text: what identifies them, and as they are written."""
    found: dict[str, str] = {}
    for match in _CONTACT.finditer(text):
        written = match.group().rstrip(".,;:)")
        if key := _key(written):
            found.setdefault(key, written)
    return found


def without_contacts(text: str) -> str:
    """The text with its contacts blanked out: their figures are no amounts."""
    return _CONTACT.sub(lambda match: " " * len(match.group()), text)


def _key(written: str) -> str:
    if "@" in written or "/" in written or written.lower().startswith("www"):
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", written.lower()).rstrip("/")
    digits = re.sub(r"\D", "", written)
    return digits if len(digits) >= _DIGITS_AT_LEAST else ""
