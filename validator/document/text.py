"""Two kinds of normalising, kept apart because one of them must never move an offset.

`stretches` runs once, at reading, and may change length: it composes Unicode (NFC), drops
soft hyphens and zero-width signs, maps private-use bullets and folds every run of white
space to one blank. It says for each stretch of output where it stood in the source, so a
reader can keep places true.

`fold` runs for matching and never changes length: an offset in folded text is an offset in
the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# One-to-one swaps only. The Turkish dotted and dotless i meet in "i", because leaflets in
# capitals and their lower-case template must meet, and "İ".lower() would be two characters.
# Romanian is written with a comma or, in older files, a cedilla below s and t.
_SWAPS = (
    ("İ", "i"),
    ("ı", "i"),
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("´", "'"),
    ("`", "'"),
    ("“", '"'),
    ("”", '"'),
    ("„", '"'),
    ("«", '"'),
    ("»", '"'),
    ("‐", "-"),
    ("‑", "-"),
    ("‒", "-"),
    ("–", "-"),
    ("—", "-"),
    ("−", "-"),
    ("µ", "μ"),
    ("ş", "ș"),
    ("Ş", "ș"),
    ("ţ", "ț"),
    ("Ţ", "ț"),
)
# Greek capitals carry no accents and know one sigma: applied to small letters, after lowering.
_GREEK = str.maketrans(
    "άέήίόύώϊϋΐΰ\u1f71\u1f73\u1f75\u1f77\u1f79\u1f7b\u1f7dς",
    "αεηιουωιυιυαεηιουωσ",
)
_HAS_SWAPS = re.compile(f"[{''.join(old for old, _ in _SWAPS)}]")
_HAS_GREEK = re.compile(r"[\u0390\u03ac-\u03ce\u1f71-\u1f7d]")

BULLETS = "•·●○◦▪■□‣⁃∙➢✓"

# Symbol-font bullets that converters leave in the private-use area (Symbol F0B7, Wingdings F0A7 ...).
_PRIVATE_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf09f\uf02d\uf0e0\uf0de"
# Private-use signs that carry meaning (Symbol font): lost, they would change a number.
_PRIVATE_SIGNS = {
    "\uf0b3": "≥",
    "\uf0a3": "≤",
    "\uf06d": "µ",
    "\uf0b0": "°",
    "\uf03e": ">",
    "\uf03c": "<",
    "\uf0b1": "±",
    "\uf061": "α",
    "\uf062": "β",
    "\uf071": "▼",
}
_REPLACED = dict.fromkeys(_PRIVATE_BULLETS, "•") | _PRIVATE_SIGNS

_SPACE = r"\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u0085"
# Soft hyphens, signs without width, and signs that only turn the direction of writing.
_DROPPED = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0000"
_LIGATURES = "\ufb00-\ufb06"  # "ﬁ", "ﬀ": letters that PDF programs hand out as one sign
_SPECIAL = re.compile(
    rf"[{_SPACE}]{{2,}}|[^\S ]|[{_DROPPED}]"
    rf"|[{''.join(_REPLACED)}{_LIGATURES}]"
    r"|\w?[\u0300-\u036f]+"
)

_IS_DROPPED = re.compile(f"[{_DROPPED}]")
HAS_LIGATURE = re.compile(f"[{_LIGATURES}]")

WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*")
_PLAIN_WORD = re.compile(
    r"[0-9]++(?:[.,][0-9]++)++|[a-z0-9]++(?:'[a-z0-9]++)*+"
)  # the same in folded ASCII, faster


def fold(text: str) -> str:
    """Lower case and one-to-one swaps of quotes, dashes and Greek accents; the length never changes."""
    if text.isascii():
        return text.lower().replace("`", "'")
    if _HAS_SWAPS.search(text):
        for old, new in _SWAPS:
            text = text.replace(old, new)
    folded = text.lower()
    if len(folded) != len(text):  # no current code point but a later Unicode may add one
        folded = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return folded.translate(_GREEK) if _HAS_GREEK.search(folded) else folded


def without_accents(text: str) -> str:
    """The text without accents, as capitals are often written; its length may change."""
    parts = unicodedata.normalize("NFD", text)
    return parts if parts.isascii() else "".join(c for c in parts if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def fold_wording(text: str) -> str:
    """`fold` for wordings of the law, which come again with every leaflet."""
    return fold(text)


@lru_cache(maxsize=8192)
def wording_key(text: str) -> str:
    """A wording of the law as word text, with a blank at both ends."""
    return f" {' '.join(words(text))} "


def words(text: str) -> list[str]:
    """The words of a text, folded: the unit in which wordings are compared."""
    return folded_words(fold(text))


def folded_words(folded: str) -> list[str]:
    """The words of a text that is folded already."""
    return word_pattern(folded).findall(folded)


def word_pattern(folded: str) -> re.Pattern[str]:
    """What a word of a folded text is."""
    return _PLAIN_WORD if folded.isascii() else WORD


def after_words(text: str, count: int, start: int = 0) -> int:
    """The offset after so many words of a text from `start` on."""
    for number, match in enumerate(WORD.finditer(fold(text), start), 1):
        if number == count:
            return match.end()
    return len(text)


def begins_after(text: str, count: int, start: int = 0) -> bool:
    """Whether a sentence, or a colon, follows so many words: they are a heading run into its paragraph."""
    rest = text[after_words(text, count, start) :].lstrip()
    return rest.lstrip(":.–- " + BULLETS)[:1].isupper() or rest.startswith(":")


def stretches(raw: str) -> Iterator[tuple[int, str]]:
    """Split raw text into (offset in raw, normalised text) pieces; joined they are the clean text.

    Runs of white space become one blank, also at the ends; the caller trims.
    """
    if raw.isascii() and "  " not in raw and raw.isprintable():
        if raw:
            yield 0, raw
        return
    at = 0
    for match in _SPECIAL.finditer(raw):
        if match.start() > at:
            yield at, raw[at : match.start()]
        piece = _normal(match.group())
        if piece:
            yield match.start(), piece
        at = match.end()
    if at < len(raw):
        yield at, raw[at:]


def _normal(piece: str) -> str:
    if piece in _REPLACED:
        return _REPLACED[piece]
    if _IS_DROPPED.match(piece):
        return ""
    if HAS_LIGATURE.match(piece):
        return unicodedata.normalize("NFKC", piece)
    if piece.isspace() or piece[0].isspace():
        return " "
    return unicodedata.normalize("NFC", piece)


def clean(raw: str) -> str:
    """The normalised text alone, trimmed, for names and attributes that need no place."""
    return re.sub(r" {2,}", " ", "".join(piece for _, piece in stretches(raw))).strip()
