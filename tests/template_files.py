"""Template documents for the tests, composed from a language pack in the notation of official templates."""

from __future__ import annotations

from collections.abc import Iterator

from validator.template.expected import FRONT, Expected, Outlined, outlined

from .docx_files import b, docx, p, r, table

GREY = '<w:shd w:val="clear" w:color="auto" w:fill="BFBFBF"/>'


def template(market: str, language: str) -> list[str]:
    """The paragraphs of a template: instructions in brackets, options around sentences, X for the name."""
    law = outlined(market, language)
    pack = law.pack
    assert pack is not None
    headings = [f"{number}. {pack.sections[key].text}" for key, number in law.sections.items()]
    lines = [
        "[See the instructions for the use of this document.]",
        pack.title.text,
        "{(Invented) name strength pharmaceutical form}",
        *_statements(law, FRONT, ""),
        *_statements(law, "any", ""),
        *([pack.contents_title.text] if pack.contents_title else []),
        *headings,
        *([pack.contents_end.text] if pack.contents_end else []),
    ]
    for section, heading in zip(law.sections, headings, strict=True):
        lines += [heading, "[Instruction that begins here", "<and goes on> in another paragraph.]"]
        lines += _statements(law, section, "")
        for entry in law.entries:
            if entry.keys[0] == "subheadings" and entry.zone == section and entry.old:
                lines += [f"<{entry.old.text}>", *_statements(law, section, entry.keys[1])]
    return [line.replace("{X}", "X") for line in lines]


def _statements(law: Outlined, zone: str, under: str) -> Iterator[str]:
    known = {entry.keys[1] for entry in law.entries if entry.keys[0] == "subheadings"}
    for entry in law.entries:
        if (
            entry.keys[0] == "statements"
            and entry.zone == zone
            and _home(entry, known) == under
            and entry.old
        ):
            yield f"<{entry.old.text}>" if entry.fixed else f"[{entry.old.text[1:-1]}]"


def _home(entry: Expected, known: set[str]) -> str:
    return entry.under if entry.under in known else ""


def as_docx(lines: list[str]) -> bytes:
    """The template as a Word file: headings in bold, grey shading for slots, a table at the end."""
    body = []
    for line in lines:
        before, brace, after = line.partition("{")
        if line[0].isdigit():
            body.append(p(b(line)))
        elif brace:
            body.append(p(r(before + brace), r(after, GREY)))
        else:
            body.append(p(r(line)))
    cells = table(
        [p("{Member State A}"), p("{Member State B}")], [p("[local representative]"), p("Tel: {number}")]
    )
    return docx("".join(body) + cells)


def as_text(lines: list[str]) -> bytes:
    """The template as plain text, one paragraph a line."""
    return "\n".join(lines).encode()
