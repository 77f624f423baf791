"""`leaflet check`: inputs, exit codes, what goes where."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from .conftest import LEAFLET, environment

NOT_A_LEAFLET = "Shopping list\n\nBread, butter, and the milk of the day for the cat.\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with two leaflets, one text that is none, an image, a hidden file and a loop."""
    place = tmp_path / "folder"
    (place / "b").mkdir(parents=True)
    (place / "b" / "two.txt").write_text(LEAFLET, "utf-8")
    (place / "a.txt").write_text(LEAFLET, "utf-8")
    (place / "list.txt").write_text(NOT_A_LEAFLET, "utf-8")
    (place / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (place / ".hidden.txt").write_text(LEAFLET, "utf-8")
    (place / "b" / "loop").symlink_to(place, target_is_directory=True)
    return place


def paths(outcome):
    """The paths of a JSON report's documents."""
    return [document["path"] for document in json.loads(outcome.out)["documents"]]


def test_gaps_are_code_1_and_the_report_is_on_standard_output(leaflet, sample):
    code, out, err = leaflet("check", sample)
    assert code == 1
    assert err == ""
    assert out.startswith(str(sample))
    assert "section/storage" in out


@pytest.mark.parametrize(("fail_on", "expected"), [("never", 0), ("error", 1), ("warning", 1), ("advice", 1)])
def test_fail_on(leaflet, sample, fail_on, expected):
    assert leaflet("check", sample, "--fail-on", fail_on).code == expected


def test_fail_on_counts_what_is_at_least_as_severe(leaflet, sample, monkeypatch):
    (sample.parent / "leaflet.toml").write_text('[severity]\n"section/storage" = "warning"\n', "utf-8")
    chosen = ("check", sample, "--select", "section/storage")
    assert leaflet(*chosen).code == 0
    assert leaflet(*chosen, "--fail-on", "warning").code == 1


def test_standard_input(process, sample):
    code, out, err = process("check", "-", "--format", "json", stdin=LEAFLET.encode())
    assert (code, err) == (1, "")
    document = json.loads(out)["documents"][0]
    assert document["path"] == "<stdin>"
    assert (
        document["findings"]
        == json.loads(process("check", sample, "--format", "json").out)["documents"][0]["findings"]
    )


def test_a_folder_is_walked_in_order_without_hidden_files_and_loops(leaflet, folder):
    outcome = leaflet("check", folder, "--format", "json")
    assert outcome.code == 1
    assert paths(outcome) == [str(folder / "a.txt"), str(folder / "b" / "two.txt")]
    assert outcome.error_lines == ["leaflet: passed over 2 files that are no leaflet (--verbose names them)"]
    assert json.loads(outcome.out)["summary"]["skipped"] == 2


def test_verbose_names_what_was_passed_over(leaflet, folder):
    lines = leaflet("check", folder, "--verbose").error_lines
    assert any("list.txt: no leaflet" in line for line in lines)
    assert any("photo.png: this is a PNG image" in line for line in lines)
    assert leaflet("check", folder, "--quiet").err == ""


def test_a_broken_text_in_a_folder_is_not_passed_over(leaflet, folder):
    (folder / "empty.html").write_bytes(b"")
    outcome = leaflet("check", folder, "--format", "json")
    assert outcome.code == 3
    assert outcome.error_lines[0] == f"leaflet: error: {folder / 'empty.html'}: the file is empty"
    assert len(paths(outcome)) == 2


_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("old.doc", _OLD_WORD, "this is an old Word file (DOC); save it as DOCX or PDF"),
        ("old", _OLD_WORD, "this is an old Word file (DOC); save it as DOCX or PDF"),
        ("a.rtf", b"{\\rtf1 Leaflet}", "this is an RTF file; save it as DOCX or PDF"),
        (
            "reference.json",
            b'{"resourceType": "DocumentReference"}',
            "this FHIR file holds no Composition, only: DocumentReference;"
            " save the file enclosed in it as a file of its own",
        ),
        (
            "label.xml",
            b'<document xmlns="urn:hl7-org:v3"><title>',
            "the file is not well-formed XML: no element found (line 1, column 41)",
        ),
        (
            "epi.json",
            b'{"resourceType": "Bundle",',
            "the file is not valid JSON: the file ends too early (line 1, column 27)",
        ),
        (
            "label.xml",
            b'<document xmlns="urn:hl7-org:v3"><code code="42231-1"/><component><structuredBody><component>'
            b"<section><title>Guide</title><text>Ask your doctor.</text></section></component></structuredBody>"
            b"</component></document>",
            "by its codes the file holds a text for patients, but no leaflet was recognised in it"
            " (fewer than two section headings of a known template)",
        ),
    ],
)
def test_what_may_be_a_leaflet_is_not_passed_over_unread(leaflet, folder, name, data, reason):
    (folder / name).write_bytes(data)
    outcome = leaflet("check", folder)
    assert outcome.code == 3
    assert outcome.error_lines[0] == f"leaflet: error: {folder / name}: {reason}"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("package.json", b'{"name": '),
        ("patient.json", b'{"resourceType": "Patient"}'),
        ("t.xls", _OLD_WORD[:8]),
    ],
)
def test_what_is_surely_no_leaflet_is_passed_over(leaflet, folder, name, data):
    (folder / name).write_bytes(data)
    outcome = leaflet("check", folder)
    assert (outcome.code, len(outcome.error_lines)) == (1, 1)
    assert "passed over 3 files" in outcome.err


def test_named_files_that_are_no_leaflets_are_passed_over_if_asked(leaflet, folder):
    """As a hook of pre-commit names them; what promises a leaflet and cannot be read is told all the same."""
    (folder / "README.md").write_text("# Our leaflets", "utf-8")
    named = [folder / "README.md", folder / "a.txt"]
    assert leaflet("check", *named).code == 3
    outcome = leaflet("check", "--skip-others", *named)
    assert (outcome.code, len(outcome.error_lines)) == (1, 1)
    assert "passed over 1 file" in outcome.err
    (folder / "old.doc").write_bytes(_OLD_WORD)
    assert leaflet("check", "--skip-others", folder / "old.doc", folder / "absent.txt").code == 3


def test_a_report_of_ours_beside_the_leaflets_is_not_checked_as_one(leaflet, folder):
    """A second run with `-o` in the folder finds what the first one found."""
    shown = [folder / "report.html", folder / "reports"]
    for _ in range(2):
        found = [leaflet("check", folder, "--format", "html", "-o", path) for path in shown]
        assert {outcome.code for outcome in found} == {1}
    assert paths(leaflet("check", folder, "--format", "json")) == [
        str(folder / "a.txt"),
        str(folder / "b" / "two.txt"),
    ]
    named = leaflet("check", shown[0])
    assert named.code == 3
    assert "this is a report of leaflet-validator, no leaflet" in named.err


def test_jobs_keep_the_order_and_the_results(leaflet, folder, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    for number in range(12):
        (folder / f"c{number:02}.txt").write_text(LEAFLET.replace("10 mg", f"{number + 1} mg"), "utf-8")
    alone = leaflet("check", folder, "--format", "json")
    several = leaflet("check", folder, "--format", "json", "--jobs", "3")
    assert alone == several
    assert len(paths(alone)) == 14


def test_select_and_ignore(leaflet, sample):
    def rules(*options):
        report = json.loads(leaflet("check", sample, "--format", "json", *options).out)
        return {entry["rule"] for entry in report["documents"][0]["requirements"]}

    assert rules("--select", "section/storage") == {"section/storage"}
    assert {rule.split("/")[0] for rule in rules("--select", "section")} == {"section"}
    assert "section/storage" not in rules("--select", "section", "--ignore", "section/stor*")
    assert not {rule for rule in rules("--ignore", "statement/*") if rule.startswith("statement/")}


def test_output_file_is_whole_or_absent(leaflet, sample, tmp_path, monkeypatch):
    target = tmp_path / "report.json"
    assert leaflet("check", sample, "-f", "json", "-o", target) == (1, "", "")
    assert json.loads(target.read_text("utf-8"))["summary"]["documents"] == 1
    before = target.read_bytes()

    def breaks(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.engine.judge", breaks)
    assert leaflet("check", sample, "-f", "json", "-o", target).code == 130
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "sample.txt"]


def test_what_is_no_plain_file_is_written_to_and_never_replaced(leaflet, sample, tmp_path):
    import os
    import stat
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text("utf-8")))
    reader.start()
    leaflet("check", sample, "--market", "tr", "-o", str(pipe))
    reader.join(timeout=30)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert "errors" in got[0]


def test_output_into_nowhere_is_one_line(leaflet, sample, tmp_path):
    outcome = leaflet("check", sample, "-o", tmp_path / "nowhere" / "report.txt")
    assert outcome.code == 2
    assert (
        outcome.err
        == f"leaflet: error: cannot write {tmp_path}/nowhere/report.txt: No such file or directory\n"
    )


def test_an_internal_error_costs_one_file_only(leaflet, folder, monkeypatch):
    from validator import engine

    judge = engine.judge

    def fails_once(found, *, path, **others):
        if path.endswith("a.txt"):
            raise ZeroDivisionError("by nothing")
        return judge(found, path=path, **others)

    monkeypatch.setattr("validator.engine.judge", fails_once)
    outcome = leaflet("check", folder, "--format", "json")
    assert outcome.code == 3
    reason = "internal error (ZeroDivisionError: by nothing); --debug shows where"
    assert outcome.error_lines[0] == f"leaflet: error: {folder / 'a.txt'}: {reason}"
    assert "Traceback" not in outcome.err
    assert paths(outcome) == [str(folder / "b" / "two.txt")]
    assert json.loads(outcome.out)["unreadable"] == [{"path": str(folder / "a.txt"), "reason": reason}]
    assert "Traceback" in leaflet("check", folder, "--debug").err


def test_a_dying_worker_costs_one_file_only(leaflet, folder, monkeypatch):
    from validator import engine

    if sys.platform != "linux":
        pytest.skip("the patched function reaches the workers by fork")
    judge = engine.judge

    def dies_once(found, *, path, **others):
        if path.endswith("two.txt"):
            os._exit(9)
        return judge(found, path=path, **others)

    monkeypatch.setattr("validator.engine.judge", dies_once)
    outcome = leaflet("check", folder, folder / "a.txt", "--format", "json", "--jobs", "2")
    assert outcome.code == 3
    assert f"leaflet: error: {folder / 'b' / 'two.txt'}: the process that read this file died" in outcome.err
    assert paths(outcome) == [str(folder / "a.txt")] * 2


def test_a_market_without_wording_in_the_language_is_wrong_use(leaflet, sample, monkeypatch):
    monkeypatch.setattr("validator.settings.require_language", lambda value: None)
    outcome = leaflet("check", sample, "--market", "eu", "--language", "xx")
    assert outcome.code == 2


def test_nothing_is_coloured_or_cut_in_a_pipe(process, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(LEAFLET.replace("Testamol", "Testamol" + "o" * 150), "utf-8")
    out = process("check", path).out
    assert "\033" not in out
    assert "Testamol" + "o" * 150 in out
    assert max(map(len, process("check", path, COLUMNS="80").out.split("\n"))) > 150  # a word is never cut
    assert "…\n" not in out


def test_at_80_columns_no_line_is_longer(process, sample):
    out = process("check", sample.name, "--verbose", COLUMNS="80").out
    assert max(map(len, out.splitlines())) <= 80


def _at_a_terminal(arguments, stream, **variables):
    """What the command writes to a stream that is a terminal; the other one is a pipe."""
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: child}
    started = subprocess.Popen(
        [sys.executable, "-m", "validator", *map(str, arguments)],
        env={**environment(), "TERM": "xterm", **variables},
        **streams,
    )
    os.close(child)
    written = b""
    while True:
        try:
            part = os.read(parent, 10_000)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        written += part
    started.communicate(timeout=60)
    os.close(parent)
    return written.decode()


def test_colour_is_for_terminals_that_want_it(sample):
    assert "\033[31merror\033[0m" in _at_a_terminal(["check", sample], "stdout")
    assert "\033[" not in _at_a_terminal(["check", sample, "--no-color"], "stdout")
    assert "\033[" not in _at_a_terminal(["check", sample], "stdout", NO_COLOR="1")
    assert "\033[" not in _at_a_terminal(["check", sample], "stdout", TERM="dumb")


def test_progress_is_for_many_files_and_terminals(folder, sample):
    for number in range(25):
        (folder / f"c{number:02}.txt").write_text("no leaflet at all", "utf-8")
    shown = _at_a_terminal(["check", folder], "stderr")
    assert f"\r[{'#' * 21}{'-' * 9}] 21 of 29 files" in shown
    assert f"\r[{'#' * 30}] 29 of 29 files" in shown
    (folder / "leaflet.toml").write_text("archives = true\n", "utf-8")  # what they hold is not known before
    assert "\r29 files" in _at_a_terminal(["check", folder, "--config", folder / "leaflet.toml"], "stderr")
    assert "\r" not in _at_a_terminal(["check", folder, "--quiet"], "stderr")
    assert " files\033" not in _at_a_terminal(["check", sample], "stderr")
