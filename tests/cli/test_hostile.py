"""Hostile and broken input: one clear line each, the right exit code, no traceback, the rest is checked."""

from __future__ import annotations

import shutil

import pytest

from .conftest import LEAFLET, ROOT


@pytest.fixture
def hostile(tmp_path):
    """A folder of files that cannot be checked, by name."""
    place = tmp_path / "hostile"
    place.mkdir()
    (place / "empty.txt").write_bytes(b"")
    (place / "blank.txt").write_bytes(b"\xef\xbb\xbf \r\n\r\n")
    (place / "junk.bin").write_bytes(bytes(range(256)) * 40)
    (place / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (place / "prose.txt").write_text("It was a dark and stormy night, and the rain fell.\n" * 20, "utf-8")
    (place / "folder").mkdir()
    (place / "loop.txt").symlink_to(place / "loop.txt")
    with (place / "huge.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    return place


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("absent.txt", "the file does not exist"),
        ("empty.txt", "the file is empty"),
        ("blank.txt", "the file is empty"),
        ("junk.bin", ""),
        ("picture.png", "this is a PNG image"),
        ("prose.txt", "no leaflet was recognised in this file"),
        ("folder", "no leaflet found in this folder"),
        ("loop.txt", "the file cannot be read"),
        ("huge.txt", "the file is larger than the limit of 50 MB"),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_gets_one_line_and_the_rest_is_checked(leaflet, hostile, sample, name, cause, jobs):
    outcome = leaflet("check", hostile / name, sample, "--jobs", jobs)
    assert outcome.code == 3
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith(f"leaflet: error: {hostile / name}: {cause}")
    assert "Traceback" not in outcome.err
    assert f"\n{sample}\n" in "\n" + outcome.out
    assert "1 leaflet checked" in outcome.out


@pytest.mark.parametrize("name", ["absent.txt", "empty.txt", "junk.bin", "prose.txt", "folder", "huge.txt"])
def test_parse_says_it_in_one_line_too(leaflet, hostile, name):
    outcome = leaflet("parse", hostile / name)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"leaflet: error: {hostile / name}: ")
    assert outcome.err.count("\n") == 1


def test_all_of_them_together(leaflet, hostile, sample):
    names = ["absent.txt", "empty.txt", "junk.bin", "prose.txt", "folder", "huge.txt"]
    outcome = leaflet("check", *(hostile / name for name in names), sample)
    assert outcome.code == 3
    assert len(outcome.error_lines) == len(names)
    assert "1 leaflet checked" in outcome.out
    assert f"{len(names)} not checked" in outcome.out


def test_control_characters_of_a_leaflet_never_reach_the_terminal(leaflet, tmp_path):
    path = tmp_path / "evil\x1b[31m.txt"
    path.write_text(
        LEAFLET.replace("[", "").replace("pain", "pain \x1b]0;owned\x07 \u202e [never closed"), "utf-8"
    )
    outcome = leaflet("check", path, "--verbose")
    assert outcome.code == 1
    assert not set(outcome.out) & {"\x1b", "\x07", "\u202e"}


@pytest.fixture
def law(tmp_path):
    """A copy of the law that a test may break."""
    return shutil.copytree(ROOT / "validator" / "law", tmp_path / "law")


def _slip(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_typing_slip_in_the_requirements_is_one_line_and_code_2(process, law, sample, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(LEAFLET, "utf-8")
    slipped = law / "requirements" / "statement.yaml"
    line = _slip(slipped, "    title:", "    titel:")
    outcome = process("check", sample, other, "--market", "eu", LEAFLET_LAW=str(law))
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith(f"leaflet: error: {slipped}:")
    assert int(outcome.err.split(":")[3]) in (line - 1, line)


def test_a_slip_in_one_wording_leaves_the_other_languages_alone(process, law, sample):
    slipped = law / "tr" / "wording.tr.yaml"
    if not slipped.exists():
        pytest.skip("the law of this market is not there")
    _slip(slipped, "statements:", "statments:")
    assert process("check", sample, LEAFLET_LAW=str(law)).code == 1


def test_yaml_that_is_none_is_one_line(process, law, sample):
    broken = law / "eu" / "profile.yaml"
    broken.write_text("market: [eu\n", "utf-8")
    outcome = process("check", sample, "--market", "eu", LEAFLET_LAW=str(law))
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert f"{broken}:" in outcome.err
    assert "not valid YAML" in outcome.err
