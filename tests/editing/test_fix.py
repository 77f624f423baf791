"""`leaflet fix`: what was lost comes back where it stood, nothing else changes, nothing is made up."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from lxml import etree

from tests.docx_files import docx_of
from tests.editing.conftest import SPOILT, format_errors, parts
from tests.editing.test_annotate_docx import MAIN, W, built
from tests.leaflets import input_of
from validator import check
from validator.mending.run import Fixed, fixed
from validator.mending.wording import like
from validator.readers import read
from validator.settings import Options

TEXT = input_of("eu-tablet")
DAY = datetime(2026, 1, 1)


def fix(data: bytes | str, name: str = "leaflet.txt", **options: object) -> Fixed:
    given = data.encode() if isinstance(data, str) else data
    return fixed(given, name, Options(**options), DAY)  # type: ignore[arg-type]


def texts(data: bytes, name: str = "leaflet.txt", **view: str) -> list[str]:
    return [block.text for block in read(data, name=name, **view).blocks]  # type: ignore[arg-type]


def markdown(text: str) -> str:
    """The leaflet with Markdown's marks: headings, lists, bold sub-headings."""
    lines = re.sub(r"(?m)^• ", "- ", text).split("\n")
    heads = {line for line in lines if re.match(r"\d\. ", line)}
    seen: set[str] = set()
    out = []
    for line in lines:
        if line in heads and line not in seen:
            seen.add(line)
            out.append(f"{line}  ")
        elif line in heads:
            out.append(f"## {line}")
        elif (
            re.match(
                r"(If you|Driving|Other medicines|What Velorin|Marketing|Pregnancy|Warnings|Do not take V)",
                line,
            )
            and line[-1] != "."
        ):
            out += [f"**{line}**", ""]
        else:
            out.append(line)
    return "\n".join(out)


WHOLE = {
    "statement/read-carefully": "Read all of this leaflet carefully before you start taking this medicine because it contains important information for you.",
    "statement/keep-leaflet": "• Keep this leaflet. You may need to read it again.",
    "statement/further-questions": "• If you have any further questions, ask your doctor or pharmacist.",
    "statement/prescribed-for-you": "• This medicine has been prescribed for you only. Do not pass it on to others. It may harm them, even if their signs of illness are the same as yours.",
    "statement/take-as-told": "Always take this medicine exactly as your doctor or pharmacist has told you. Check with your doctor or pharmacist if you are not sure.",
    "statement/side-effects-intro": "Like all medicines, this medicine can cause side effects, although not everybody gets them.",
    "statement/keep-out-of-reach": "Keep this medicine out of the sight and reach of children.",
    "statement/disposal": "Do not throw away any medicines via wastewater or household waste. Ask your pharmacist how to throw away medicines you no longer use. These measures will help protect the environment.",
}


@pytest.mark.parametrize("rule", WHOLE)
def test_a_lost_statement_comes_back_where_it_stood(rule):
    line = WHOLE[rule]
    assert TEXT.count(f"{line}\n") == 1
    result = fix(TEXT.replace(f"{line}\n", ""))
    assert [(mend.rule, mend.done) for mend in result.done] == [(rule, "put in")]
    assert result.left == ()
    assert texts(result.data) == texts(TEXT.encode())


def test_all_of_them_at_once():
    spoilt = TEXT
    for line in WHOLE.values():
        spoilt = spoilt.replace(f"{line}\n", "")
    result = fix(spoilt)
    assert {mend.rule for mend in result.done} == set(WHOLE)
    assert sorted(texts(result.data)) == sorted(texts(TEXT.encode()))


ALTERED = [
    ("statement/keep-out-of-reach", "sight and reach of", "sight and grasp of"),
    ("statement/prescribed-for-you", "Do not pass it on", "You may pass it on"),
    (
        "statement/take-as-told",
        "exactly as your doctor or pharmacist has told",
        "roughly as your doctor or pharmacist has told",
    ),
    ("statement/side-effects-intro", "although not everybody", "and everybody"),
    (
        "statement/keep-out-of-reach",
        "Keep this medicine out of the sight and reach of",
        "Keep out of the reach and sight of",
    ),
    ("black-triangle/symbol", "▼This", "This"),
    ("black-triangle/symbol", "▼This", "◆This"),
    ("black-triangle/statement", " This will allow quick identification of new safety information.", ""),
    (
        "statement/prescribed-for-you",
        " It may harm them, even if their signs of illness are the same as yours.",
        "",
    ),
]


@pytest.mark.parametrize(("rule", "old", "new"), ALTERED)
@pytest.mark.parametrize("form", ["text", "markdown", "docx"])
def test_an_altered_statement_is_restored_word_by_word(rule, old, new, form):
    assert TEXT.count(old) == 1
    make = {"text": str.encode, "markdown": lambda text: markdown(text).encode(), "docx": docx_of}[form]
    name = {"text": "a.txt", "markdown": "a.md", "docx": "a.docx"}[form]
    result = fix(make(TEXT.replace(old, new)), name)
    assert [mend.rule for mend in result.done] == [rule]
    if form == "docx":
        assert texts(result.data) == texts(make(TEXT))
        assert texts(result.data, revisions="original") == texts(make(TEXT.replace(old, new)))
    else:
        assert result.data == make(TEXT)


TOLD = "Always take this medicine exactly as your doctor or pharmacist has told you. Check with your doctor or pharmacist if you are not sure."


def test_a_sentence_that_was_lost_gets_the_choice_that_the_leaflet_makes():
    given = "Always take exactly as your doctor has told you."
    wanted = "Always take this medicine exactly as your doctor has told you. Check with your doctor if you are not sure."
    assert TEXT.count(TOLD) == 1
    assert texts(fix(TEXT.replace(TOLD, given)).data) == texts(TEXT.replace(TOLD, wanted).encode())


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", "Take it daily. Ask your doctor or pharmacist."),
        ("Use it daily.", "Use it daily. Ask your doctor or pharmacist."),
        ("Use this daily. Ask your pharmacist.", "Use it daily. Ask your pharmacist."),
        ("Use it daily. Ask your doctor now.", "Use it daily. Ask your doctor."),
        (
            "Ask your doctor or pharmacist first. Use it daily.",
            "Use it daily. Ask your doctor or pharmacist.",
        ),
        ("Eat it daily. Ask a nurse or friend.", "Take it daily. Ask your doctor or pharmacist."),
    ],
)
def test_no_choice_is_no_choice_of_a_list(given, wanted):
    """Of `<doctor> <or> <pharmacist>` nothing is left out, though that is the nearest to a text without it."""
    assert like("<Take> <Use> it daily. Ask your <doctor> <or> <pharmacist>.", given, "", True) == wanted


def test_an_address_is_one_word_of_a_statement():
    """It begins with "www", which once was taken for its end, and the words put in came between."""
    text = input_of("uk-tablet")
    (line,) = [line for line in text.split("\n") if "via the Yellow Card Scheme" in line]
    address = "www.mhra.gov.uk/yellowcard"
    short = line[: line.index(address)] + f"{address}."
    short = short.replace(" This includes any possible side effects not listed in this leaflet.", "")
    (found,) = [
        f
        for f in check(text.replace(line, short).encode(), market="uk").documents[0].findings
        if f.rule == "statement/reporting-side-effects"
    ]
    assert found.evidence.endswith(address)
    result = fix(text.replace(line, short), market="uk")
    assert [mend.rule for mend in result.done] == ["statement/reporting-side-effects"]
    assert result.data.decode().count(address) == 1
    assert f"{address} or search for MHRA Yellow Card" in result.data.decode()


@pytest.mark.parametrize(
    ("old", "new", "rule", "why"),
    [
        (
            "Do not throw away any medicines via wastewater or household waste.",
            "You should not throw away any medicines via wastewater.",
            "statement/disposal",
            "other words stand within it or beside it",
        ),
        (
            TOLD,
            "Always take this medicine as your doctor has told you. Ask your doctor if you are not sure.",
            "statement/take-as-told",
            "a sentence beside it says in other words what is missing",
        ),
        (
            "Talk to a doctor or go",
            "[Talk to a doctor or go",
            "consistency/brackets",
            "its fix needs a person",
        ),
    ],
)
def test_what_a_person_must_do_is_left_with_the_reason(old, new, rule, why):
    assert TEXT.count(old) == 1
    given = TEXT.replace(old, new)
    result = fix(given)
    assert (rule, why) in [(each.rule, each.why) for each in result.left]
    assert rule not in [mend.rule for mend in result.done]


def between(text: str, first: str, stop: str) -> str:
    return text[text.index(first) : text.index(stop)]


@pytest.mark.parametrize(
    ("lost", "rule", "put_in"),
    [
        (
            between(TEXT, "Driving and using machines\n", "Velorin contains lactose\n"),
            "statement/driving",
            [
                "Driving and using machines",
                "{how this medicine affects the ability to drive and use machines}",
            ],
        ),
        (
            between(TEXT, "Other medicines and Velorin\n", "Velorin with food"),
            "statement/other-medicines",
            [
                "Other medicines and Velorin",
                "Tell your doctor or pharmacist if you are taking, have recently taken or might take any other medicines.",
                "{…}",
            ],
        ),
        (
            "This leaflet was last revised in 06/2026.\n",
            "statement/last-revised",
            ["This leaflet was last revised in {MM YYYY}."],
        ),
    ],
)
@pytest.mark.parametrize("form", ["text", "docx"])
def test_what_only_the_product_knows_stays_a_slot_that_is_reported(lost, rule, put_in, form):
    assert TEXT.count(lost) == 1
    spoilt = TEXT.replace(lost, "")
    data, name = (spoilt.encode(), "a.txt") if form == "text" else (docx_of(spoilt), "a.docx")
    result = fix(data, name)
    assert [mend.rule for mend in result.done] == [rule]
    before, after = texts(data, name), texts(result.data, name)
    at = after.index(put_in[0])
    assert after == [*before[:at], *put_in, *before[at:]]
    found = {(f.rule, f.evidence) for f in check(result.data, name=name).documents[0].findings}
    slot = put_in[-1][put_in[-1].index("{") :].rstrip(".")
    assert ("residue/placeholder", slot) in found


def test_a_sub_heading_is_set_like_the_nearest_one():
    """Not like the first of the section, which is set in another way here."""
    at = TEXT.index("Driving and using machines\nVelorin")
    lost = TEXT[:at] + TEXT[TEXT.index("Velorin contains lactose", at) :]
    given = lost.replace("\nVelorin contains lactose\n", "\n### Velorin contains lactose\n\n")
    lines = fix(given, "leaflet.md").data.decode().split("\n")
    assert lines[lines.index("### Velorin contains lactose") - 4] == "### Driving and using machines"


def test_a_list_of_contents_is_made_of_the_headings():
    lost = between(TEXT, "What is in this leaflet", "\n\n1. What Velorin is and what it is used for\n\n")
    result = fix(TEXT.replace(lost, ""))
    assert [mend.rule for mend in result.done] == ["section/contents-list"]
    assert texts(result.data) == texts(TEXT.encode())


@pytest.mark.parametrize(
    "name", ["eu-tablet", "de-tablet", "tr-tablet", "uk-tablet", "fr-tablet", "aknetrent"]
)
def test_the_second_time_nothing_is_left_to_fix(name):
    text = input_of(name)
    lines = text.split("\n")
    for number in range(0, len(lines), 9):
        given = "\n".join(lines[:number] + lines[number + 1 :])
        once = fix(given)
        assert fix(once.data).data == once.data


@pytest.mark.parametrize("number", range(0, 110, 6))
def test_a_word_file_with_all_changes_accepted_is_the_fixed_text(number):
    """Whatever line is lost: text and Word file are fixed alike, and rejecting gives back what was there."""
    lines = SPOILT.split("\n")
    given = "\n".join(lines[:number] + lines[number + 1 :])
    plain, word = fix(given), fix(docx_of(given), "a.docx")
    assert [mend.rule for mend in word.done] == [mend.rule for mend in plain.done]
    assert texts(word.data) == texts(plain.data)
    assert texts(word.data, revisions="original") == texts(docx_of(given))


def test_other_lines_the_encoding_and_the_line_ends_stay():
    for mark, encoding in ((b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")):
        given = mark + SPOILT.replace("\n", "\r\n").encode(encoding)
        wanted = mark + TEXT.replace("\n", "\r\n").encode(encoding)
        assert fix(given).data == wanted


def test_tracked_changes_bear_our_name_and_the_format_is_kept(tmp_path):
    before = built()
    result = fix(before, "a.docx")
    assert len(result.done) == 2
    after = result.data
    assert [name for name in parts(after) if parts(after)[name] != parts(before)[name]] == [MAIN]
    root = etree.fromstring(parts(after)[MAIN])
    changes = list(root.iter(f"{W}ins", f"{W}del"))
    assert {(c.get(f"{W}author"), c.get(f"{W}date")) for c in changes} == {
        ("leaflet-validator", "2026-01-01T00:00:00Z")
    }
    ids = [c.get(f"{W}id") for c in changes]
    assert len(ids) == len(set(ids))
    assert "".join(root.xpath("//w:del//w:delText/text()", namespaces={"w": W[1:-1]})) == "grasp"
    assert not root.xpath("//w:del//w:t", namespaces={"w": W[1:-1]})
    assert format_errors(after, tmp_path) == format_errors(before, tmp_path)


def test_libreoffice_reads_the_tracked_changes(office):
    text = " ".join(block.text for block in read(office(fix(built(), "a.docx").data)).blocks)
    assert "Keep this leaflet. You may need to read it again." in text


def test_a_file_with_open_changes_is_refused_only_if_there_is_something_to_fix():
    from validator.errors import UnreadableError

    fixed_once = fix(docx_of(SPOILT), "a.docx").data
    assert fix(fixed_once, "a.docx").data == fixed_once
    spoilt = docx_of(SPOILT)
    body = parts(spoilt)[MAIN].replace(
        b"<w:body>", b'<w:body><w:p><w:ins w:id="1" w:author="A"><w:r><w:t>New</w:t></w:r></w:ins></w:p>'
    )
    from tests.docx_files import package

    with pytest.raises(UnreadableError, match="holds tracked changes: accept or reject them"):
        fix(package({**parts(spoilt), MAIN: body}), "a.docx")


def test_behind_a_text_that_breaks_off_nothing_is_put_in():
    cut = TEXT[: TEXT.index("Reporting of side effects")] + "Reporting of side"
    result = fix(cut)
    assert ("statement/reporting-side-effects", "the text before it breaks off: restore that first") in [
        (each.rule, each.why) for each in result.left
    ]


def test_the_command_writes_or_shows(leaflet, tmp_path):
    path = tmp_path / "leaflet.txt"
    path.write_text(SPOILT, "utf-8")
    shown = leaflet("fix", path, "--dry-run")
    assert shown.code == 1
    assert path.read_text("utf-8") == SPOILT
    assert [line for line in shown.out.splitlines() if line[0] in "+-"] == [
        f"--- {path}",
        f"+++ {path} (fixed)",
        "+• Keep this leaflet. You may need to read it again.",
        "-Keep this medicine out of the sight and grasp of children.",
        "+Keep this medicine out of the sight and reach of children.",
    ]
    assert shown.error_lines == [
        "fixed: statement/keep-leaflet: put in",
        "fixed: statement/keep-out-of-reach: restored",
        "2 fixed, 0 left to a person",
    ]
    copied = leaflet("fix", path, "-o", tmp_path / "fixed.txt")
    assert (copied.code, path.read_text("utf-8")) == (0, SPOILT)
    assert (tmp_path / "fixed.txt").read_text("utf-8") == TEXT
    assert leaflet("fix", path).code == 0
    assert path.read_text("utf-8") == TEXT
    again = leaflet("fix", path, "--dry-run")
    assert (again.code, again.out) == (0, "")


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        (
            "a.html",
            b"<html><body>"
            + b"".join(b"<p>%s</p>" % line.encode() for line in SPOILT.split("\n"))
            + b"</body></html>",
            2,
            "only text, Markdown and Word files are fixed",
        ),
        (
            "a.txt",
            SPOILT.replace("▼", "").replace("Velorin", "V\u00e9lorin").encode("cp1252"),
            3,
            "only files in UTF-8 are fixed",
        ),
        ("a.txt", b"nothing of the kind", 3, "no leaflet was recognised"),
    ],
)
def test_what_is_not_fixed(leaflet, tmp_path, name, content, code, told):
    path = tmp_path / name
    path.write_bytes(content)
    result = leaflet("fix", path)
    assert result.code == code
    assert told in result.err
    assert path.read_bytes() == content
