"""What is worked out in a run: overrides for some files, results kept, files touched, files watched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time

import pytest

from tests.leaflets import input_of
from validator.batch import sweep
from validator.cache import cache
from validator.settings import Options
from validator.watching import Watched

TEXT = input_of("eu-tablet")
OPEN = TEXT.replace("Talk to a doctor or go", "[Talk to a doctor or go")
LOST = TEXT.replace("• Keep this leaflet. You may need to read it again.\n", "")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "a.txt").write_text(LOST, "utf-8")
    (tmp_path / "two" / "b.txt").write_text(LOST, "utf-8")
    return tmp_path


def rules(outcome):
    """The findings of a report in JSON: file, rule, severity."""
    return [
        (os.path.basename(document["path"]), finding["rule"], finding["severity"])
        for document in json.loads(outcome.out)["documents"]
        for finding in document["findings"]
    ]


def configure(folder, text):
    (folder / "leaflet.toml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("a.txt", "statement/keep-leaflet", "error"), ("b.txt", "statement/keep-leaflet", "error")]),
        (
            '[[override]]\npath = "two/*"\nignore = ["statement/keep-leaflet"]\n',
            [("a.txt", "statement/keep-leaflet", "error")],
        ),
        (
            '[[override]]\npath = "two/*"\n[override.severity]\n"statement/keep-leaflet" = "advice"\n',
            [("a.txt", "statement/keep-leaflet", "error"), ("b.txt", "statement/keep-leaflet", "advice")],
        ),
        (
            'ignore = ["statement/keep-leaflet"]\n[[override]]\npath = "two/*"\nselect = ["section"]\n',
            [],
        ),
        (
            '[[override]]\npath = "*.txt"\nselect = ["section"]\n'
            '[[override]]\npath = "two/*"\nselect = ["statement/keep-leaflet"]\n',
            [("b.txt", "statement/keep-leaflet", "error")],
        ),
    ],
)
def test_other_options_for_some_files(leaflet, folder, text, found):
    configure(folder, text)
    assert rules(leaflet("check", "one", "two", "--format", "json")) == found


def test_facts_of_a_product_and_its_market(leaflet, folder):
    configure(
        folder,
        '[[override]]\npath = "two/*"\nmarket = "uk"\n[override.product]\nkind = "radiopharmaceutical"\n',
    )
    documents = json.loads(leaflet("check", "one", "two", "--format", "json").out)["documents"]
    assert [document["market"] for document in documents] == ["eu", "uk"]
    verdicts = [
        {entry["rule"]: entry["verdict"] for entry in document["requirements"]}["statement/keep-out-of-reach"]
        for document in documents
    ]
    assert verdicts == ["met", "not-applicable"]
    documents = json.loads(leaflet("check", "two", "--format", "json", "--market", "eu").out)["documents"]
    assert [document["market"] for document in documents] == ["eu"]  # the command line wins


def test_parse_and_fix_follow_the_overrides_too(leaflet, folder):
    configure(folder, '[[override]]\npath = "two/*"\nmarket = "uk"\nignore = ["statement/keep-leaflet"]\n')
    for name, market in (("one/a.txt", "eu"), ("two/b.txt", "uk")):
        assert json.loads(leaflet("parse", name).out)["metadata"]["market"]["value"] == market
    assert leaflet("fix", "one/a.txt", "--dry-run").code == 1
    assert leaflet("fix", "two/b.txt", "--dry-run").code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[override]]\nmarket = "uk"\n', "leaflet.toml:1: override.path: "),
        (
            '[[override]]\npath = "*"\nmarket = "mars"\n',
            "leaflet.toml:3: override.market: unknown market 'mars'",
        ),
        (
            '[[override]]\npath = "*"\nignore = ["x/y"]\n',
            "leaflet.toml:3: override.ignore: unknown rule 'x/y'",
        ),
        ('[[override]]\npath = "*"\njobs = 2\n', "leaflet.toml:3: override.jobs: "),
        ('[[override]]\npath = "*"\n[override.product]\ncolour = "red"\n', "unknown product fact 'colour'"),
        ('[[override]]\npath = "*"\nmarket = "us"\nlanguage = "de"\n', "for '*': "),
    ],
)
def test_a_slip_in_an_override(leaflet, folder, text, told):
    configure(folder, text)
    outcome = leaflet("check", "one")
    assert outcome.code == 2
    assert told in outcome.err


# Results that are kept


def results(paths, options, kept=None):
    return list(sweep([str(path) for path in paths], options, kept=kept))


def test_kept_results_are_those_that_are_worked_out(folder):
    options = Options()
    kept = cache(str(folder / "kept"), options)
    first = results([folder / "one"], options, kept)
    second = results([folder / "one"], options, kept)
    assert [result.cached for result in (*first, *second)] == [False, True]
    assert first[0].documents == second[0].documents == results([folder / "one"], options)[0].documents
    # the same content under another name is known, and told under its own
    (other,) = results([folder / "two"], options, kept)
    assert other.cached
    assert other.documents[0].path == str(folder / "two" / "b.txt")


@pytest.mark.parametrize(
    ("options", "content"),
    [
        (Options(market="uk"), LOST),
        (Options(ignore=("style",)), LOST),
        (Options(product={"route": "oral"}), LOST),
        (Options(), OPEN),
    ],
)
def test_another_content_or_option_is_worked_out_anew(folder, options, content):
    kept = cache(str(folder / "kept"), Options())
    results([folder / "one"], Options(), kept)
    (folder / "one" / "a.txt").write_text(content, "utf-8")
    assert [result.cached for result in results([folder / "one"], options, kept)] == [False]


def test_another_law_or_version_is_worked_out_anew(folder, monkeypatch):
    stamp = cache(str(folder / "kept"), Options()).stamp
    monkeypatch.setattr("validator.cache.__version__", "99")
    other = cache(str(folder / "kept"), Options()).stamp
    law = folder / "law"
    shutil.copytree(os.path.join(os.path.dirname(cache.__code__.co_filename), "law"), law)
    (law / "sources.yaml").write_text((law / "sources.yaml").read_text("utf-8") + "# changed\n", "utf-8")
    monkeypatch.setenv("LEAFLET_LAW", str(law))
    assert len({stamp, other, cache(str(folder / "kept"), Options()).stamp}) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"missing", b"altered"),
        lambda data: data[::-1],
        lambda data: b"x" * 64 + b"\n[]",
    ],
)
def test_a_spoilt_entry_is_written_anew(folder, spoil):
    options = Options()
    kept = cache(str(folder / "kept"), options)
    (right,) = results([folder / "one"], options, kept)
    (entry,) = (path for path in (folder / "kept").rglob("*") if path.is_file() and len(path.name) == 62)
    entry.write_bytes(spoil(entry.read_bytes()))
    again, after = results([folder / "one"], options, kept), results([folder / "one"], options, kept)
    assert [result.cached for result in (*again, *after)] == [False, True]
    assert again[0].documents == after[0].documents == right.documents


def test_waivers_count_although_the_result_is_kept(leaflet, folder):
    configure(folder, 'cache = "kept"\n')
    assert leaflet("check", "one").code == 1
    waiver = '[[waiver]]\nrule = "statement/keep-leaflet"\nreason = "agreed"\nby = "A"\n'
    (folder / "one" / "a.txt.waivers.toml").write_text(waiver, "utf-8")
    outcome = leaflet("check", "one", "--statistics")
    assert outcome.code == 0
    assert outcome.error_lines[0].startswith("1 file, 1 of them kept from an earlier run, 1 leaflet in ")
    assert outcome.error_lines[1:] == ["      1  waived   statement/keep-leaflet"]
    assert "kept" not in leaflet("check", "one", "--statistics", "--no-cache").err
    assert (folder / "kept" / ".gitignore").read_text("utf-8") == "*\n"


def test_several_processes_keep_results_too(process, folder):
    first = process(
        "check", "one", "two", "--cache", "kept", "--jobs", "2", "--format", "json", SOURCE_DATE_EPOCH="0"
    )
    second = process(
        "check", "one", "two", "--cache", "kept", "--format", "json", "--statistics", SOURCE_DATE_EPOCH="0"
    )
    assert first.out == second.out
    assert "2 files, 2 of them kept" in second.err


def test_a_second_run_is_far_quicker(folder):
    """The work on a file alone; what the program needs to start is the same."""
    options = Options()
    kept = cache(str(folder / "kept"), options)
    paths = []
    for number in range(10):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_text(TEXT.replace("velorastine", f"velorastine{number}"), "utf-8")
    results(paths[:1], options)
    took = []
    for _ in range(2):
        start = time.process_time()
        results(paths, options, kept)
        took.append(time.process_time() - start)
    assert took[0] > 8 * took[1]  # 20 to 30 times on a quiet machine; docs/cli.md has the figures


# Files that were touched


@pytest.fixture
def repository(folder):
    if shutil.which("git") is None:
        pytest.skip("git is not on this machine: --changed-since was not tested")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def git(folder, *arguments):
    person = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", "-C", str(folder), *person, *arguments], check=True, capture_output=True)


def checked(outcome):
    return [os.path.basename(document["path"]) for document in json.loads(outcome.out)["documents"]]


def since(leaflet, *paths):
    return leaflet("check", *(paths or ("one", "two")), "--changed-since", "HEAD", "--format", "json")


def test_only_touched_leaflets_are_checked(leaflet, repository):
    nothing = since(leaflet)
    assert (nothing.code, checked(nothing)) == (0, [])
    (repository / "two" / "b.txt").write_text(OPEN, "utf-8")
    assert checked(since(leaflet)) == ["b.txt"]
    (repository / "one" / "new name.txt").write_text(TEXT, "utf-8")
    assert checked(since(leaflet)) == ["new name.txt", "b.txt"]
    assert checked(since(leaflet, "one/a.txt")) == []
    os.unlink(repository / "two" / "b.txt")
    assert checked(since(leaflet)) == ["new name.txt"]


def test_waivers_and_configuration_touch_leaflets(leaflet, repository):
    waiver = '[[waiver]]\nrule = "statement/keep-leaflet"\nreason = "agreed"\nby = "A"\n'
    (repository / "one" / "a.txt.waivers.toml").write_text(waiver, "utf-8")
    assert checked(since(leaflet)) == ["a.txt"]
    configure(repository, 'fail-on = "warning"\n')
    everything = since(leaflet)
    assert checked(everything) == ["a.txt", "b.txt"]
    assert everything.error_lines == [
        "leaflet: the configuration or the house rules changed: all files are checked"
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("one", "--changed-since", "no-such-revision"), "git: "),
        (("one", "--changed-since", "--output=x"), "'--output=x' is no revision"),
        (("-", "--changed-since", "HEAD"), "standard input has no revision"),
    ],
)
def test_what_git_cannot_tell(leaflet, repository, arguments, told):
    outcome = leaflet("check", *arguments)
    assert outcome.code == 2
    assert told in outcome.err
    assert len(outcome.error_lines) == 1


# Files that are watched


def test_a_look_finds_what_came_or_changed(folder):
    watched = Watched([str(folder)])

    def look():
        return [os.path.basename(entry.path) for entry in watched.look()]

    assert look() == ["a.txt", "b.txt"]
    assert look() == []
    (folder / "one" / "a.txt").write_text(TEXT + "\n", "utf-8")
    (folder / "new.txt").write_text(TEXT, "utf-8")
    assert look() == ["new.txt", "a.txt"]
    os.unlink(folder / "new.txt")
    assert look() == []
    (folder / "new.txt").write_text(TEXT, "utf-8")
    assert look() == ["new.txt"]


def test_watching_reports_what_is_saved(leaflet, folder, monkeypatch):
    rounds = iter((lambda: (folder / "two" / "b.txt").write_text(OPEN, "utf-8"), lambda: None))

    def pause(seconds):
        assert seconds == 0.5
        step = next(rounds, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr("validator.cli.watch.time.sleep", pause)
    outcome = leaflet("watch", "one", "two", "--interval", "0.5")
    assert outcome.code == 130
    lines = outcome.out.splitlines()
    assert [line for line in lines if line.startswith(("one", "two"))] == [
        "one/a.txt",
        "two/b.txt",
        "two/b.txt",
    ]
    assert outcome.err.count("leaflet: watching one, two (Ctrl-C ends)") == 2
    assert "consistency/brackets" in outcome.out


def test_watching_nothing_is_an_error_and_an_empty_folder_is_watched(leaflet, folder, monkeypatch):
    def pause(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.cli.watch.time.sleep", pause)
    outcome = leaflet("watch", "absent")
    assert (outcome.code, outcome.out) == (3, "")
    assert "absent: there is no such file or folder" in outcome.err
    (folder / "empty").mkdir()
    assert "leaflet: watching empty" in leaflet("watch", "empty").err


def test_watching_tells_of_waivers_out_of_order(leaflet, folder, monkeypatch):
    def pause(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.cli.watch.time.sleep", pause)
    waiver = '[[waiver]]\nrule = "statement/overdose"\nreason = "r"\nby = "A"\nuntil = 2020-01-01\n'
    (folder / "one" / "a.txt.waivers.toml").write_text(waiver, "utf-8")
    assert "the waiver for statement/overdose by A (“r”) expired on 2020-01-01" in leaflet("watch", "one").out
