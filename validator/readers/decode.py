"""Bytes to text: the encoding is found in the bytes first and in what the file declares second."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from validator.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# Browsers read the older name as its Windows superset, and so do the programs that wrote such files.
_SUPERSET = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
# The letters beyond ASCII of languages in which leaflets are written, by the encoding that has them.
# The first encoding wins a tie: then the text is the same in both. (Icelandic goes without its rare ý,
# which is where Turkish has its most frequent letter.)
_ALPHABETS = {
    "cp1252": (
        "äöüß åäöé æøåé éèêëàâçîïôûùüœæ áéíóúñüçàèòïªº¿¡ ãõáéíóúâêôàçº àèéìòù ëéïöüèê áðéíóúþæö àáèéíòóúïç"
    ),
    "cp1254": "çğıöşüâîi̇",
    "cp1250": "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţ čšžćđ",
    "iso8859_2": "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţ čšžćđ",
    "cp1257": "āčēģīķļņšūž ąčęėįšųūž äõöüšž",
    "mac_roman": "äöüß åäöé æøåé éèêëàâçîïôûùüœæ áéíóúñüçàèòïªº¿¡ ãõáéíóúâêôàçº àèéìòù ëéïöüèê",
}
# Scripts of their own: the most frequent letters tell them apart.
_SCRIPTS = {
    "cp1251": "аоеитнрсвл",
    "iso8859_5": "аоеитнрсвл",
    "koi8_r": "аоеитнрсвл",
    "cp1253": "άαοιετσνηυρ",
    "iso8859_7": "άαοιετσνηυρ",
}
_NEUTRAL = frozenset("“”„‘’‚–—•…°®™©±µ§«»²³½¼¾×·†‡€\xa0\xad")
_HEAD = 4096
_SAMPLE = 16_384
_NUL_SHARE = 0.02
_CONTROL_SHARE = 0.05
_BELIED = 0.1  # a share of the letters; a page may well hold a few names from other languages
_FOREIGN = "\u0370"  # where the letters of Greek and Cyrillic begin
_RUN = re.compile(rb"[\x80-\xff]+")
_WORD = 2.5  # bytes beyond ASCII in a row: in Latin script they stand alone or in pairs
_ASCII = bytes(range(128))
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x00\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file with line feeds alone as line ends, and remarks on what was guessed or lost."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of a file; raises UnreadableError if the bytes are no text at all."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _certain(data[len(mark) :], encoding)
    wide = _wide_encoding(data[:_HEAD])
    if wide:
        return _certain(data, wide)
    _refuse_binary(data)
    try:
        return _tidy(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _not_utf8(data)


def peek(data: bytes, size: int = 65_536) -> str:
    """The beginning of a file as rough text, good enough to tell one format from another."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) : size].decode(encoding, "replace")
    return data[:size].decode(_wide_encoding(data[:_HEAD]) or "utf-8", "replace")


def _certain(data: bytes, encoding: str) -> Decoded:
    try:
        return _tidy(data.decode(encoding))
    except UnicodeDecodeError:
        return _tidy(data.decode(encoding, "replace"), _damaged(encoding))


def _damaged(encoding: str) -> str:
    return f"some bytes are not valid {encoding} and were replaced"


def _wide_encoding(head: bytes) -> str:
    """UTF-16 without a mark shows in zeros that stand on one side of the byte pairs alone."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(len(head) / 20, 4) or min(even, odd) * 8 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _refuse_binary(data: bytes) -> None:
    head = data[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if head.count(0) > len(head) * _NUL_SHARE + 3 or controls > len(head) * _CONTROL_SHARE + 3:
        raise UnreadableError("this is a binary file, not text")


def _not_utf8(data: bytes) -> Decoded:
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost * 4 < len(data) - len(text) - 2 * lost:  # nearly all multi-byte signs are sound
        return _tidy(text, _damaged("utf-8"))
    declared, encoding = _declared(data[:_HEAD]), _guess(data)
    if declared and not _is_belied(data, declared, encoding):
        return _certain(data, declared)
    said = (
        "is not in the encoding it names" if _DECLARED.search(data[:_HEAD]) else "does not say its encoding"
    )
    return _tidy(data.decode(encoding, "replace"), f"the file {said}; read as {encoding}")


def _declared(head: bytes) -> str:
    """The single-byte encoding that a meta element or XML declaration names, as Python calls it."""
    match = _DECLARED.search(head)
    if not match:
        return ""
    try:
        name = codecs.lookup(match.group(1).decode("ascii")).name
    except LookupError:
        return ""
    name = _SUPERSET.get(name, name)
    if not name.startswith(("iso8859", "cp125", "koi8", "mac", "cp8")):  # not a multi-byte one, not a codec
        return ""
    return name


def _is_belied(data: bytes, declared: str, guessed: str) -> bool:
    """Whether the letters fit an alphabet better in another encoding than in the declared one."""
    signs = data.translate(None, _ASCII)[:_SAMPLE]
    letters = signs.decode(declared, "replace")
    if (guessed in _SCRIPTS) != (sum(sign >= _FOREIGN for sign in letters) * 2 > len(letters)):
        return True
    known = " ".join(_ALPHABETS.values()).split()
    better = _likeness(signs, guessed, known) - _likeness(signs, declared, known)
    return guessed not in _SCRIPTS and better > _BELIED


def _guess(data: bytes) -> str:
    """The encoding in which nearly all letters beyond ASCII belong to the alphabet of one language."""
    signs = data.translate(None, _ASCII)[:_SAMPLE]
    runs = [len(run) for run in islice(map(re.Match.group, _RUN.finditer(data)), _SAMPLE)]
    alphabets = _SCRIPTS if sum(runs) > _WORD * len(runs) else _ALPHABETS
    return max(alphabets, key=lambda encoding: _likeness(signs, encoding, alphabets[encoding].split()))


def _likeness(signs: bytes, encoding: str, alphabets: list[str]) -> float:
    found = Counter(signs.decode(encoding, "replace").lower())
    letters = sum(count for sign, count in found.items() if sign not in _NEUTRAL)
    if not letters:
        return 1.0
    return max(sum(found[sign] for sign in set(alphabet)) for alphabet in alphabets) / letters


def _tidy(text: str, *notes: str) -> Decoded:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        # A zero-width sign keeps the columns; readers drop it when they normalise.
        text = text.replace("\0", "\u200b")
        notes = (*notes, "NUL characters were dropped")
    return Decoded(text, notes)
