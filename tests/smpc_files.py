"""Files as authorities publish them: an SmPC with its section 4.8, then a leaflet, in four formats."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tests.compose import example_text, smpc_text
from tests.docx_files import docx, p, table
from tests.pdf_files import HEIGHT, drawn
from validator.records import Example

Row = tuple[str, ...]
Content = list[str | list[Row]]
"""Paragraphs and tables; in a cell, lines are parted by line feeds."""

_LINE, _FIRST, _LEFT, _COLUMN = 14.0, HEIGHT - 70, 60.0, 160.0
_LINES = 50


@dataclass(frozen=True)
class Words:
    """What a language says: heading of 4.8, filling, categories as in the SmPC, two of them in the leaflet."""

    heading: str
    filling: str
    labels: dict[str, str]
    common: str
    rare: str


LANGUAGES = {
    "en": Words(
        "4.8 Undesirable effects",
        "The patients in the study were treated with the medicine for the time of the study.",
        {"very-common": "Very common", "common": "Common", "rare": "Rare", "not-known": "Not known"},
        "Common (may affect up to 1 in 10 people)",
        "Rare (may affect up to 1 in 1,000 people)",
    ),
    "de": Words(
        "4.8 Nebenwirkungen",
        "Die Patienten in der Studie wurden mit dem Arzneimittel für die Dauer der Studie behandelt.",
        {"very-common": "Sehr häufig", "common": "Häufig", "rare": "Selten", "not-known": "Nicht bekannt"},
        "Häufig (kann bis zu 1 von 10 Behandelten betreffen)",
        "Selten (kann bis zu 1 von 1.000 Behandelten betreffen)",
    ),
    "es": Words(
        "4.8 Reacciones adversas",
        "Los pacientes del estudio fueron tratados con el medicamento durante el tiempo del estudio.",
        {
            "very-common": "Muy frecuentes",
            "common": "Frecuentes",
            "rare": "Raras",
            "not-known": "Frecuencia no conocida",
        },
        "Frecuentes (pueden afectar hasta 1 de cada 10 personas)",
        "Raros (pueden afectar hasta 1 de cada 1.000 personas)",
    ),
    "sv": Words(
        "4.8 Biverkningar",
        "Patienterna i studien behandlades med det läkemedel som de fick under hela den tid som studien varade.",
        {
            "very-common": "Mycket vanliga",
            "common": "Vanliga",
            "rare": "Sällsynta",
            "not-known": "Ingen känd frekvens",
        },
        "Vanliga (kan förekomma hos upp till 1 av 10 användare)",
        "Sällsynta (kan förekomma hos upp till 1 av 1 000 användare)",
    ),
}


def leaflet_text(language: str, effects: str) -> str:
    """A complete leaflet with these lines at the end of its section on side effects."""
    return example_text("", Example(verdict="pass", language=language, texts={"side-effects": effects}))


def content(language: str, effects: Content, leaflet: str) -> Content:
    """A file's paragraphs and tables: an SmPC with this section 4.8, and a leaflet."""
    words = LANGUAGES[language]
    before, after = smpc_text("\0", words.heading, words.filling).split("\0")
    return [*_lines(before), *effects, *_lines(after), *_lines(leaflet)]


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def as_text(found: Content) -> bytes:
    """Plain text, which knows no tables."""
    return "\n\n".join(part for part in found if isinstance(part, str)).encode()


def as_docx(found: Content) -> bytes:
    """A Word file with real tables."""
    return docx("".join(p(part) if isinstance(part, str) else _word_table(part) for part in found))


def _word_table(rows: list[Row]) -> str:
    return table(*([("".join(p(line) for line in cell.split("\n"))) for cell in row] for row in rows))


def as_html(found: Content) -> bytes:
    """A web page with real tables."""
    body = "\n".join(
        f"<p>{escape(part)}</p>" if isinstance(part, str) else _html_table(part) for part in found
    )
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>\n{body}\n</body></html>".encode()


def _html_table(rows: list[Row]) -> str:
    cells = ("".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def as_pdf(found: Content) -> bytes:
    """Pages with the words at their places: lines under each other, cells beside each other."""
    pages: list[list[tuple[float, float, str]]] = [[]]
    y = _FIRST
    for part in found:
        rows = [(part,)] if isinstance(part, str) else part
        for row in rows:
            lines = [_wrapped(cell, 95 if len(row) == 1 else 26) for cell in row]
            height = max(map(len, lines))
            if y - height * _LINE < HEIGHT - 70 - _LINES * _LINE:
                pages.append([])
                y = _FIRST
            for column, cell in enumerate(lines):
                for number, line in enumerate(cell):
                    if line:
                        bold = len(row) == 1 and line[:1].isdigit()
                        words = f"*{line}*" if bold else line
                        pages[-1].append((_LEFT + column * _COLUMN, y - number * _LINE, words))
            y -= height * _LINE + (4 if len(row) > 1 else 8)
    return drawn(*pages, size=10)


def _wrapped(text: str, width: int) -> list[str]:
    found = []
    for line in text.split("\n"):
        words, now = line.split(" "), ""
        for word in words:
            if now and len(now) + 1 + len(word) > width:
                found.append(now)
                now = word
            else:
                now = f"{now} {word}".strip()
        found.append(now)
    return found


FORMATS = {"txt": as_text, "docx": as_docx, "html": as_html, "pdf": as_pdf}
