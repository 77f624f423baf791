"""Findings as comments of a Word file: anchored on their words, everything else as it was."""

from __future__ import annotations

import re
from io import BytesIO

import docx as python_docx
import pytest
from lxml import etree

from tests.docx_files import b, docx, docx_of, p, package, r, table
from tests.editing.conftest import SPOILT, format_errors, parts
from tests.leaflets import input_of
from tests.pdf_files import black
from validator.readers import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"


def built(text: str = SPOILT) -> bytes:
    """A file as python-docx makes it: with all parts that Word expects."""
    document = python_docx.Document()
    for line in text.split("\n"):
        if line.startswith("• "):
            document.add_paragraph(line[2:], style="List Bullet")
        elif line:
            paragraph = document.add_paragraph()
            for number, word in enumerate(re.split(r"(?<= )", line)):  # runs as Word cuts them
                paragraph.add_run(word).bold = number % 7 == 3
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def annotated(leaflet, tmp_path):
    def annotate(data: bytes, *options: str) -> bytes:
        source, copy = tmp_path / "leaflet.docx", tmp_path / "reviewed.docx"
        source.write_bytes(data)
        result = leaflet("annotate", str(source), "-o", str(copy), *options)
        assert result.code == 0, result.err
        assert source.read_bytes() == data
        return copy.read_bytes()

    return annotate


def commented(data: bytes) -> list[tuple[str, list[str]]]:
    """Every comment of ours: the words it is anchored on, and its lines."""
    found = parts(data)
    root = etree.fromstring(found[MAIN])
    words: dict[str, str] = {}
    opened: set[str] = set()
    for element in root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        number = element.get(f"{W}id")
        if element.tag == f"{W}commentRangeStart":
            opened.add(number)
            words[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            opened.remove(number)
        else:
            for each in opened:
                words[each] += element.text
    assert not opened
    referred = [element.get(f"{W}id") for element in root.iter(f"{W}commentReference")]
    comments = etree.fromstring(found["word/comments.xml"])
    ids = [comment.get(f"{W}id") for comment in comments]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(referred)
    return [
        (words[c.get(f"{W}id")], ["".join(p.itertext()) for p in c])
        for c in comments
        if c.get(f"{W}author") == "leaflet-validator"
    ]


def test_each_finding_is_a_comment_on_its_words(annotated):
    found = commented(annotated(built()))
    assert [(words, lines[0].split(":")[0], lines[0].partition(": ")[2]) for words, lines in found[1:]] == [
        ("Package leaflet: Information for the patient", "error", "statement/keep-leaflet, missing"),
        (
            "Keep this medicine out of the sight and grasp of children",
            "warning",
            "statement/keep-out-of-reach, altered",
        ),
    ]
    overview, missing, altered = (lines for _, lines in found)
    assert re.fullmatch(r"leaflet-validator \S+: 1 error, 1 warning", overview[0])
    assert missing[1:4] == [
        "The statement “Keep this leaflet. You may need to read it again.” is missing.",
        "It is not in the text; these words only show where it belongs.",
        "Fix: Insert: Keep this leaflet. You may need to read it again.",
    ]
    assert altered[1] == "The statement differs from the required wording: “grasp” instead of “reach”."
    assert altered[-1].startswith("Law: ")


def test_nothing_else_in_the_file_changes(annotated):
    before, after = parts(built()), parts(annotated(built()))
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {MAIN, "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert list(after) == [*before, "word/comments.xml"]
    for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):  # one entry more
        at = after[name].rindex(b"<Relationship " if "rels" in name else b"<Override ")
        assert after[name][:at] + after[name][after[name].index(b"/>", at) + 2 :] == before[name]


def test_the_text_is_only_cut_where_marks_stand(annotated):
    """Taking the marks out, with the tags that close and open a cut run, gives the bytes as they were."""
    before, after = built(), annotated(built())
    xml = parts(after)[MAIN]
    # the beginning of a cut run is repeated after the marks
    xml = re.sub(
        rb'</w:t></w:r>((?:<w:commentRangeStart w:id="\d+"/>|<w:commentRangeEnd w:id="\d+"/><w:r>'
        rb'<w:commentReference w:id="\d+"/></w:r>)+)<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t xml:space="preserve">',
        rb"\1",
        xml,
    )
    xml = re.sub(
        rb'<w:commentRangeStart w:id="\d+"/>|<w:commentRangeEnd w:id="\d+"/><w:r><w:commentReference w:id="\d+"/></w:r>',
        b"",
        xml,
    )
    assert xml.replace(b' xml:space="preserve"', b"") == parts(before)[MAIN].replace(
        b' xml:space="preserve"', b""
    )
    assert [block.text for block in read(after).blocks] == [block.text for block in read(before).blocks]


def test_the_reader_and_python_docx_open_the_copy(annotated):
    document = python_docx.Document(BytesIO(annotated(built())))
    told = [comment.text for comment in document.comments]
    assert len(told) == 3
    assert {comment.author for comment in document.comments} == {"leaflet-validator"}
    original = python_docx.Document(BytesIO(built()))
    assert [p.text for p in document.paragraphs] == [p.text for p in original.paragraphs]
    bold = [[(run.text, run.bold) for run in p.runs if run.text and run.bold] for p in document.paragraphs]
    kept = ["".join(text for text, _ in runs) for runs in bold]
    assert kept == ["".join(run.text for run in p.runs if run.bold) for p in original.paragraphs]


@pytest.mark.parametrize("alone", [True, False])
def test_a_comment_on_a_picture_begins_before_it_ends(annotated, alone):
    """A picture where the black triangle belongs has no words; its comment stands in its paragraph."""
    document = python_docx.Document(BytesIO(built(input_of("eu-tablet"))))
    (stated,) = (each for each in document.paragraphs if "▼" in each.text)
    words = stated.text.replace("▼", "")
    stated.clear()
    picture = stated.insert_paragraph_before() if alone else stated
    image = BytesIO()
    black().save(image, "PNG")
    picture.add_run().add_picture(image)
    stated.add_run(words)
    stream = BytesIO()
    document.save(stream)
    copy = annotated(stream.getvalue())
    _, (anchored, lines) = commented(copy)
    assert (anchored, lines[0]) == ("", "advice: black-triangle/symbol, missing")
    (mark,) = etree.fromstring(parts(copy)[MAIN]).iterfind(f".//{W}commentRangeStart[@{W}id='1']")
    assert mark.getparent().find(f".//{W}drawing") is not None


def test_marks_stand_where_the_format_allows_them(annotated):
    """Range marks are children of paragraphs (or of what groups runs in them), never of runs or properties."""
    root = etree.fromstring(parts(annotated(built()))[MAIN])
    for mark in root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd"):
        assert mark.getparent().tag == f"{W}p"
        assert mark.getprevious() is None or mark.getprevious().tag != f"{W}sectPr"
    for paragraph in root.iter(f"{W}p"):
        tags = [child.tag for child in paragraph]
        assert f"{W}pPr" not in tags[1:]
    for run_ in root.iter(f"{W}r"):
        assert [child.tag for child in run_].count(f"{W}rPr") <= 1
        assert f"{W}rPr" not in [child.tag for child in run_][1:]


def test_libreoffice_reads_the_copy(annotated, office):
    pdf = office(annotated(built()))
    assert pdf.startswith(b"%PDF")
    text = " ".join(block.text for block in read(pdf).blocks)
    assert "Keep this medicine out of the sight and grasp of children" in text


def test_comments_that_are_there_stay_and_no_number_is_taken_twice(annotated):
    document = python_docx.Document(BytesIO(built()))
    paragraph = document.paragraphs[3]
    document.add_comment(paragraph.runs, text="Please check this.", author="A. Person", initials="AP")
    stream = BytesIO()
    document.save(stream)
    before, copy = stream.getvalue(), annotated(stream.getvalue(), "--ignore", "residue/tracked-change")
    assert len(commented(copy)) == 3
    reread = python_docx.Document(BytesIO(copy))
    assert [(c.author, c.text) for c in reread.comments if c.author == "A. Person"] == [
        ("A. Person", "Please check this.")
    ]
    changed = {name for name, data in parts(copy).items() if parts(before).get(name) != data}
    assert changed == {MAIN, "word/comments.xml"}
    own, ours = parts(before)["word/comments.xml"], parts(copy)["word/comments.xml"]
    assert ours.startswith(own[: own.rindex(b"</")])


def test_a_second_copy_of_a_copy(annotated):
    once = annotated(built())
    twice = annotated(once, "--ignore", "residue/tracked-change")
    assert len(commented(twice)) == 6


NAME = p(b("Package leaflet: Information for the patient")) + p(b("Velorin 5 mg tablets"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (p("See [this and that."), "[this and that."),
        (p(r("See [th"), r("is &amp; that.")), "[this &amp; that."),
        (p(f'<w:hyperlink r:id="r0">{r("See [this and that.")}</w:hyperlink>'), "[this and that."),
        (
            p("<w:r><w:t>See </w:t><w:tab/><w:t>[this</w:t><w:tab/><w:t>and that.</w:t></w:r>"),
            "[thisand that.",
        ),
        (
            p('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t>See [this and that.</w:t></w:r>'),
            "[this and that.",
        ),
        (table([p("Cell"), p("See [this and that.")]), "[this and that."),
        (
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF [x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                "See [this and that.",
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            ),
            "[this and that.",
        ),
        (p('<w:ins w:id="9" w:author="A">' + r("See [this and that.") + "</w:ins>"), "[this and that."),
        (p("<w:r><w:t>See [this\r\nand <![CDATA[that]]>.</w:t></w:r>"), "[this\nand that."),
    ],
)
def test_words_are_found_in_whatever_holds_them(annotated, body, words):
    text = "".join(p(line) for line in SPOILT.split("\n")[1:])
    copy = annotated(docx(NAME + body + text), "--select", "consistency/brackets")
    (_, (found, lines)) = commented(copy)
    assert found == words
    assert lines[0].endswith("consistency/brackets, inconsistent")


def test_a_text_box_and_a_header_get_their_comment_in_the_running_text(annotated):
    box = (
        "<w:p><w:r><w:t>Before the box</w:t></w:r><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + p("See [this and that.")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    text = "".join(p(line) for line in SPOILT.split("\n")[1:])
    copy = annotated(docx(NAME + box + text), "--select", "consistency/brackets")
    root = etree.fromstring(parts(copy)[MAIN])
    assert not root.xpath("//w:txbxContent//w:commentRangeStart", namespaces={"w": W[1:-1]})
    assert len(commented(copy)) == 2


def test_the_strict_variant(annotated):
    strict = annotated(docx("".join(p(line) for line in SPOILT.split("\n")), strict=True))
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in parts(strict)["word/comments.xml"]
    relations = parts(strict)["word/_rels/document.xml.rels"]
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in relations


def test_hostile_words_do_no_harm(annotated):
    text = SPOILT.replace("of the sight and grasp", "of (<w:p> &amp; \u2028 =cmd|' /C the sight and reach")
    found = commented(annotated(docx_of(text), "--select", "consistency/brackets"))
    assert "(<w:p> &amp; " in found[1][1][1]


def test_a_checker_of_the_format_finds_no_new_error(annotated, tmp_path):
    before, after = built(), annotated(built())
    assert format_errors(after, tmp_path) == format_errors(before, tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (MAIN, rb'(<w:commentRangeStart w:id="\d+"/>)(<w:r>)', rb"\2\1"),
        (MAIN, rb'<w:commentReference w:id="\d+"/>', b'<w:commentReference w:id="77"/>'),
        ("word/comments.xml", rb"<w:p>(<w:r>.*?</w:r>)</w:p>", rb"\1"),
        ("[Content_Types].xml", rb'<Override PartName="/word/comments.xml"[^>]*>', b""),
    ],
)
def test_that_checker_sees_what_would_be_wrong(annotated, tmp_path, name, old, new):
    files = parts(annotated(built()))
    broken, count = re.subn(old, new, files[name], count=1)
    assert count == 1
    assert format_errors(package({**files, name: broken}), tmp_path) != format_errors(built(), tmp_path)
