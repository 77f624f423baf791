"""What two languages have in common in writing: the beginnings of names and of words from Latin and Greek.

Words are reduced to a few Latin letters, so that "hydrochlorothiazide", "hydrochlorthiazid" and
"υδροχλωροθειαζίδη" begin alike. That carries an alignment; it proves no translation right.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

STEM = 4  # letters that two words must have in common at their beginning
_LEAST = 5  # letters of a word that is looked at; shorter ones begin alike by chance
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "i", "ю": "iu", "я": "ia",
}  # fmt: skip
_LETTERS = str.maketrans(
    {**_GREEK, **_CYRILLIC, "æ": "e", "œ": "e", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ß": "ss"}
)
# Greek letters that are one sound together; an INN has "u" where they are "ου", and "g" where they are "γκ".
_GREEK_PAIRS = (("ου", "u"), ("ευ", "eu"), ("αυ", "au"), ("οι", "oe"), ("γγ", "ng"), ("γκ", "g"))
# What the same sound of a Latin or Greek word is written as in one language or another.
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ch", "k"), ("rh", "r"), ("qu", "k"), ("ae", "e"), ("oe", "e"),
    ("c", "k"), ("y", "i"), ("z", "s"), ("w", "v"), ("j", "i"), ("x", "ks"),
)  # fmt: skip
_HISSES = (("ts", "s"), ("sz", "s"), ("k", "s"))
_STOPS = (("mp", "b"), ("mb", "b"), ("nt", "d"), ("nd", "d"))  # Greek writes "b" and "d" as "μπ" and "ντ"
_DOUBLE = re.compile(r"(.)\1")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The beginning of a folded word in plain letters, "" of one too short or without letters."""
    if len(word) < _LEAST or not word.isalpha():
        return ""
    plain = word if word.isascii() else _plain(word)
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    plain = _DOUBLE.sub(r"\1", plain).removeprefix("h")
    return plain[:STEM] if len(plain) >= STEM else ""


@lru_cache(maxsize=20_000)
def sounds(word: str) -> str:
    """A folded word in plain letters that stand for sounds, so that an INN is nearly alike in all languages.

    "k", "c", "s" and "z" are one: "ciprofloxacin" is "siprofloksasin" in Turkish and "tsiprofloksatsiin"
    in Estonian; "d" is "nt", and "b" is "mp", as in Greek. "" for a word that is no word.
    """
    if not word.isalpha():
        return ""
    plain = word if word.isascii() else _plain(word)
    for written, sound in (*_SOUNDS, *_HISSES, *_STOPS):
        plain = plain.replace(written, sound)
    return _DOUBLE.sub(r"\1", plain).removeprefix("h")


def _plain(word: str) -> str:
    for written, sound in _GREEK_PAIRS:
        word = word.replace(written, sound)
    letters = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(letter for letter in letters if letter.isascii())
