"""Where readers can turn to: addresses of sites and mail, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_ADDRESS = r"(?:https?://|www\.)[^\s()<>\"“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_NUMBER = (
    r"(?<![\d.,/])(?:\+|\(?0|1-8)[\d\s().-]{6,20}\d(?![\d.,/]\d)"
    # Without the code of a country or a town a word says what it is: "teléfono 91 562 04 20".
    r"|(?P<called>(?<![^\W\d_])(?:t[eé]l(?:[eé](?:f|ph)\w*)?|tlf|tfno|puh(?:elin)?|τηλ\w*|тел\w*|fax)[^\w+]{0,4})"
    r"[1-9][\d\s().-]{5,20}\d(?![\d.,/]\d)"
)
_CONTACT = re.compile(f"{_ADDRESS}|{_NUMBER}", re.IGNORECASE)
_NUMBER_ALONE = re.compile(_NUMBER, re.IGNORECASE)
_ADDRESS_ALONE = re.compile(f"{_ADDRESS}|(?P<called>(?!))", re.IGNORECASE)
# What tells at a glance that a text may hold one: hardly any does.
_LONG = re.compile(r"\d[\d\s().-]{5,}\d")
_SIGNS = re.compile(r"@|www\.|://", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[.-]\d{1,2}[.-]\d{4}")
_DIGITS_AT_LEAST = 7  # of a telephone number with its code
# A number without the code of a country is one of a telephone for certain where a word says so.
_CALLED = re.compile(
    r"(?<![^\W\d_])(?:t[eé]l|tlf|tfno|puh|τηλ|тел|phone|fax|s[ií]mi|ring|call|hotline|☎)[^\d+]{0,25}$",
    re.IGNORECASE,
)

Kind = Literal["mail", "site", "telephone"]


class Contact(NamedTuple):
    """A contact: what identifies it, as it is written and where; `sure` unless it is any row of digits."""

    kind: Kind
    key: str
    written: str
    start: int
    sure: bool

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + len(self.written)


def read(text: str) -> Iterator[Contact]:
    """The contacts of a text, in order."""
    for match in _matches(text):
        start = match.end("called") if match["called"] else match.start()
        written = match.string[start : match.end()].rstrip(".,;:)")
        kind = _kind(written)
        key = _key(kind, written)
        if key:
            sure = kind != "telephone" or written[0] == "+" or bool(_CALLED.search(text, 0, start))
            yield Contact(kind, key, written, start, sure)


def _matches(text: str) -> Iterator[re.Match[str]]:
    numbered, addressed = _LONG.search(text), _SIGNS.search(text)
    if numbered or addressed:
        pattern = _CONTACT if numbered and addressed else _NUMBER_ALONE if numbered else _ADDRESS_ALONE
        yield from pattern.finditer(text)


def contacts(text: str) -> dict[str, str]:
    """The contacts of a text: what identifies them, and as they are written."""
    found: dict[str, str] = {}
    for contact in read(text):
        found.setdefault(contact.key, contact.written)
    return found


def without_contacts(text: str) -> str:
    """The text with its contacts blanked out: their figures are no amounts."""
    return _CONTACT.sub(lambda match: (match["called"] or "").ljust(len(match.group())), text)


def _kind(written: str) -> Kind:
    if "@" in written:
        return "mail"
    return "site" if "/" in written or written.lower().startswith("www") else "telephone"


def _key(kind: Kind, written: str) -> str:
    if kind == "site":
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", written.lower()).rstrip("/")
    if kind == "mail":
        return written.lower()
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    return digits if len(digits) >= _DIGITS_AT_LEAST and not _DATE.fullmatch(written) else ""
