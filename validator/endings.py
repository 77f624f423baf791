"""Turkish endings behind a name: `{X}’in` of a wording is "NUROFEN’in", "PAROL’ün" or "ASPİRİNA’nın".

The wordings hold one form of each ending; vowel harmony and the joining consonant are those of the name.
"""

from __future__ import annotations

import re

_GLUED = re.compile(r"\{X\}’(in|i|ten)\b")
_VOWELS = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
_BACK = "aıou"
_HARD = "fstkçşhp"  # behind them -den is -ten


def named(notation: str, name: str) -> str:
    """A wording with a name in its slot {X}; the endings that the wordings glue to it agree with the name."""
    glued = _GLUED.sub(lambda found: f"{{X}}’{_ending(name, found.group(1))}", notation)
    return glued.replace("{X}", name)


def _ending(name: str, ending: str) -> str:
    letters = [char for char in _lower(name) if char.isalpha()]
    last = next((char for char in reversed(letters) if char in _VOWELS), "")
    if not last:
        return ending
    open_end = letters[-1] in _VOWELS
    if ending == "ten":
        return ("t" if letters[-1] in _HARD else "d") + ("a" if last in _BACK else "e") + "n"
    vowel = _VOWELS[last]
    if ending == "in":
        return f"{'n' if open_end else ''}{vowel}n"
    return f"{'y' if open_end else ''}{vowel}"


def _lower(name: str) -> str:
    return name.replace("I", "ı").replace("İ", "i").lower()
