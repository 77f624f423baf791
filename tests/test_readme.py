"""The README shows real output, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validator.__main__ import main
from validator.catalogue import profile

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_output_it_shows_is_real(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)
    main(["check", "fixtures/leaflets/aknetrent/input.txt", "--market", "tr"])
    printed = capsys.readouterr().out.splitlines()
    shown = [
        line for block in re.findall(r"```text\n(.*?)```", README, re.DOTALL) for line in block.splitlines()
    ]
    assert shown
    assert [line for line in shown if line not in printed] == []


def test_the_walk_for_translators_shows_real_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "translators.md").read_text("utf-8")
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)
    commands = re.findall(r"```sh\nleaflet (compare fixtures.*?)\n```\n\n```text\n(.*?)```", page, re.DOTALL)
    assert len(commands) == 2
    for command, shown in commands:
        main(command.split())
        printed = capsys.readouterr().out.splitlines()
        assert [line for line in shown.splitlines() if line not in printed] == []


@pytest.mark.parametrize(
    "page", ["README.md", *(str(p.relative_to(ROOT)) for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()] == []


def test_the_changelog_counts_the_requirements() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    counts = re.search(r"(\d+) requirements in `eu`, (\d+) in `tr`", text)
    assert counts is not None
    assert [int(count) for count in counts.groups()] == [len(profile(m).requirements) for m in ("eu", "tr")]
