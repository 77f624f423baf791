"""Open changes and comments of a Word file: what the check says of them, in either view."""

from __future__ import annotations

import pytest

from tests.docx_files import docx, docx_of, p, r
from tests.leaflets import input_of, judged
from validator import engine
from validator.outline.split import leaflets
from validator.readers import read
from validator.report import Document, Finding
from validator.settings import Options

TEXT = input_of("eu-tablet")
RULE = "residue/tracked-change"
SENTENCE = "Swallow the tablet whole with a glass of water."


def changed(*runs: str, text: str = TEXT, **parts: str) -> bytes:
    """The leaflet with one sentence made of other runs."""
    return docx("".join(p(*runs) if line == SENTENCE else p(line) for line in text.split("\n")), **parts)


def ins(text: str, author: str = "Ann") -> str:
    return f'<w:ins w:author="{author}">{r(text)}</w:ins>'


def gone(text: str, author: str = "Ann") -> str:
    return f'<w:del w:author="{author}">{r(text, tag="delText")}</w:del>'


def found(document: Document) -> list[Finding]:
    return [finding for finding in document.findings if finding.rule == RULE]


def verdict(document: Document) -> tuple[str, str]:
    return next((j.verdict, j.reason) for j in document.requirements if j.rule == RULE)


@pytest.mark.parametrize(
    ("runs", "evidence"),
    [
        ((ins("Swallow "), "the tablet"), "inserted “Swallow” by Ann"),
        ((gone("Chew "), "the tablet", ins(" whole", "Bob")), "deleted “Chew” by Ann, inserted “whole” by Bob"),
        ((r("Swallow it.", '<w:rPrChange w:author=""><w:rPr/></w:rPrChange>'),), "formatted anew “Swallow it.”"),
        (("x", *(ins(f"{n} ", str(n)) for n in range(7))), None),
        (("x", ins("y" * 200)), f"inserted “{'y' * 79}…” by Ann"),
    ],
)  # fmt: skip
def test_the_changes_of_a_paragraph_are_one_finding(runs: tuple[str, ...], evidence: str | None) -> None:
    (finding,) = found(judged(changed(*runs)))
    assert finding.problem == "leftover"
    assert finding.location.section == "how-to-use"
    assert finding.location.paragraph == 1 + TEXT.split("\n").index(SENTENCE)
    if evidence is None:
        evidence = ", ".join(f"inserted “{n}” by {n}" for n in range(5)) + " and 2 more in the same paragraph"
    assert finding.evidence == evidence
    assert finding.message == f"The file holds an unresolved change or comment: {evidence}."


def test_each_comment_is_a_finding() -> None:
    comments = "".join(f'<w:comment w:id="{n}" w:author="Bob">{p(f"why {n}?")}</w:comment>' for n in (1, 2))
    marks = [f'<w:r><w:commentReference w:id="{n}"/></w:r>' for n in (1, 2)]
    document = judged(changed("Swallow it", *marks, comments=comments))
    assert [finding.evidence for finding in found(document)] == [f"comment “why {n}?” by Bob" for n in (1, 2)]
    assert document.notes == ()


def test_the_view_decides_what_is_judged_and_the_changes_are_told_in_both() -> None:
    sentence = "Keep this medicine out of the sight and reach of children."
    assert sentence in TEXT
    body = "".join(p(gone(line) if line == sentence else line) for line in TEXT.split("\n"))
    missing, kept = (
        engine.judge(
            leaflets(read(docx(body), revisions=view))[0],
            path="leaflet.docx",
            sha256="",
            options=Options(revisions=view),
        )
        for view in ("accepted", "original")
    )
    assert [f.rule for f in missing.findings] == [RULE, "statement/keep-out-of-reach"]
    assert [f.rule for f in kept.findings] == [RULE]
    assert missing.notes == ("the file holds tracked changes: judged as if all of them were accepted",)
    assert kept.notes == ("the file holds tracked changes: judged as it was before them",)


def test_without_changes_it_is_met_and_without_marks_in_the_format_it_does_not_apply() -> None:
    assert verdict(judged(docx_of(TEXT))) == ("met", "nothing of the kind was found")
    assert verdict(judged(TEXT)) == ("not-applicable", "the format (text) has no revision marks")


def test_changes_go_with_the_leaflet_that_they_stand_in() -> None:
    second = TEXT.replace("Velorin", "Vexorin")
    body = "".join(p(line) for line in TEXT.split("\n"))
    body += "".join(
        p(ins("Swallow it."), " ") if line == SENTENCE else p(line) for line in second.split("\n")
    )
    first, other = leaflets(read(docx(body)))
    assert first.changes == ()
    (change,) = other.changes
    assert other.blocks[change.block].text[change.start : change.end] == "Swallow it."


def test_changes_in_a_header_are_told_with_its_part() -> None:
    header = p("Velorin ", ins("leaflet"))
    (finding,) = found(judged(changed(SENTENCE, header1=header)))
    assert (finding.location.xpath, finding.location.paragraph) == ("word/header1.xml", 1)


def test_a_missing_statement_at_the_end_is_not_placed_in_a_footer() -> None:
    text = TEXT.replace("This leaflet was last revised in", "Printed in")
    reading = read(changed(SENTENCE, text=text, footer1=p("page 1")))
    (leaflet,) = leaflets(reading)
    document = engine.judge(leaflet, path="x", sha256="")
    (finding,) = [f for f in document.findings if f.rule == "statement/last-revised"]
    assert finding.location.xpath is None
