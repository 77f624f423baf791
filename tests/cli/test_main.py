"""The command as a whole: version, help, wrong use, pipes and signals."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from tests.leaflets import input_of

from .conftest import environment

ENVIRONMENT = environment()


def test_version_is_answered_before_click_is_loaded():
    code = (
        "import sys; from validator.__main__ import main; main(['--version']);"
        "print(sorted(set(sys.modules) & {'click', 'pydantic', 'yaml', 'lxml', 'jsonschema', 'argparse'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        check=True,
    )
    assert done.stdout.splitlines()[0].startswith("leaflet 0.")
    assert done.stdout.splitlines()[1] == "[]"


def test_importing_the_package_loads_nothing_else():
    code = (
        "import sys, validator; print(sorted(name for name in sys.modules if name.startswith('validator')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        check=True,
    )
    assert done.stdout.strip() == "['validator', 'validator._version']"


def test_a_run_over_kept_results_loads_nothing_that_judges(tmp_path):
    (tmp_path / "leaflet.txt").write_text(input_of("eu-tablet"), "utf-8")
    code = (
        "import sys; from validator.__main__ import main;"
        "main(['check', 'leaflet.txt', '--cache', 'kept', '-o', 'out.txt']);"
        "print(sorted(set(sys.modules) & {'validator.engine', 'validator.checks', 'validator.outline.split', 'jsonschema'}))"
    )
    loaded = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=ENVIRONMENT,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert "validator.engine" in loaded[0]
    assert loaded[1] == "[]"


def test_every_public_name_resolves():
    import validator

    for name in validator.__all__:
        assert getattr(validator, name) is not None
    assert dir(validator) == sorted(validator.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        validator.nothing  # noqa: B018


def test_without_arguments_it_shows_a_short_help(leaflet):
    code, out, err = leaflet()
    assert (code, err) == (0, "")
    assert out.startswith("Usage: leaflet")
    for command in ("check", "parse", "explain", "rules", "template"):
        assert f"\n  {command} " in out


@pytest.mark.parametrize("command", ["check", "parse", "explain", "rules", "template"])
def test_each_command_has_help(leaflet, command):
    code, out, _ = leaflet(command, "--help")
    assert code == 0
    assert out.startswith(f"Usage: leaflet {command}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], "no such command 'chek'"),
        (["check"], "missing argument 'PATH...'"),
        (["check", "x", "--markt", "eu"], "no such option"),
        (["check", "x", "--market", "xx"], "unknown market 'xx': choose eu"),
        (["check", "x", "--language", "xx"], "unknown language 'xx': choose "),
        (
            ["check", "x", "--format", "pdf"],
            "unknown format 'pdf': choose csv, github, gitlab, html, json, jsonl, junit, markdown, sarif, text",
        ),
        (
            ["check", "x", "--input-format", "pdx"],
            "unknown input format 'pdx': choose fhir, spl, docx, pdf, html, markdown, text",
        ),
        (
            ["check", "x", "--fail-on", "erorr"],
            "unknown severity 'erorr': choose error, warning, advice, never",
        ),
        (["check", "x", "--select", "statement/keep-leaflt"], "did you mean 'statement/keep-leaflet'?"),
        (["check", "x", "--jobs", "0"], "invalid value for '--jobs'"),
        (["explain", "statement/keep-leaflt"], "did you mean 'statement/keep-leaflet'?"),
        (["explain", "statement"], "unknown rule 'statement'"),
    ],
)
def test_wrong_use_is_one_line_and_code_2(leaflet, arguments, message):
    code, out, err = leaflet(*arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("leaflet: error: ")
    assert err.count("\n") == 1
    assert message in err


def test_a_reader_that_leaves_early_is_no_error(sample):
    command = f"{sys.executable} -m validator rules --format json | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        check=False,
    )
    assert done.stdout == "[\n"
    assert done.stderr == ""
    assert done.returncode in (0, 141)


def test_closed_output_is_quiet(sample):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "validator", "check", str(sample)],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_interrupt_ends_with_130_and_no_word(leaflet, sample, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.engine.judge", interrupted)
    assert leaflet("check", sample) == (130, "", "")


def test_an_interrupt_while_the_program_is_loading_is_quiet_too(monkeypatch, capsys):
    from validator.__main__ import main

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.cli.run", interrupted)
    assert main(["check", "x"]) == 130
    assert capsys.readouterr() == ("", "")


def test_output_is_utf_8_whatever_the_locale(process, sample):
    found = process(
        "check", sample, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert found.code == 1
    assert "“" in found.out


def test_completion_offers_markets_and_rules():
    offered = _complete("leaflet check --market ", 3)
    assert {"auto", "eu"} <= set(offered)
    assert "statement/keep-leaflet" in _complete("leaflet explain statement/keep", 2)


def _complete(words: str, number: int) -> list[str]:
    code = "import sys; sys.argv = ['leaflet']; from validator.__main__ import main; sys.exit(main())"
    variables = {"_LEAFLET_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**ENVIRONMENT, **variables},
        check=False,
    )
    return [line.removeprefix("plain,") for line in done.stdout.splitlines()]


def test_a_pipe_or_device_is_written_to_and_never_replaced(leaflet, sample, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert leaflet("check", sample, "--format", "csv", "-o", pipe, "--fail-on", "never").code == 0
        assert os.read(reader, 1_000_000).startswith(b"\xef\xbb\xbfkind,")
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)
    assert leaflet("check", sample, "-o", tmp_path).code == 2
