"""House rules: a folder of law files that adds requirements and accepted wordings to a market of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.leaflets import brief, input_of
from tests.test_markets import law_in
from validator import check, check_many
from validator.configuration import load_configuration
from validator.errors import ConfigurationError, UsageError

TEXT = input_of("eu-tablet")
HOUSE = {
    "sources.yaml": """
sources:
  house: {title: House style of Exempla, seen: text}
""",
    "requirements/house.yaml": """
requirements:
  - id: house/hotline
    title: "The number of our hotline"
    section: contents
    kind: statement
    messages: {missing: "Our hotline is missing.", altered: "Our hotline is not as it should be: {difference}."}
    why: "Patients call it."
    fix: "Insert: {expected}"
    if_section_missing: reported
    since: 2026-01-01
""",
    "eu/profile.yaml": """
requirements:
  house/hotline: {severity: warning, citation: [{source: house, at: "1"}]}
  statement/keep-leaflet: {severity: advice}
""",
    "eu/wording.en.yaml": """
statements:
  hotline: {text: "Call our hotline on 0800 000 000 if anything is unclear.", seen: template}
  disposal:
    accepted: ["Bring what is left over to a pharmacy."]
""",
}
DISPOSAL = (
    "Do not throw away any medicines via wastewater or household waste. Ask your pharmacist how to throw away "
    "medicines you no longer use. These measures will help protect the environment."
)


def changed(old: str, new: str) -> bytes:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new).encode()


def test_a_requirement_of_the_house_is_made_beside_ours(tmp_path: Path) -> None:
    law = law_in(tmp_path, HOUSE)
    (lacking,) = check(TEXT.encode(), law=law).documents
    assert [(f.rule, f.severity, f.message, f.citation[0].source) for f in lacking.findings] == [
        ("house/hotline", "warning", "Our hotline is missing.", "House style of Exempla")
    ]
    (clean,) = check(
        changed("06/2026.", "06/2026.\n\nCall our hotline on 0800 000 000 if anything is unclear."), law=law
    ).documents
    assert clean.findings == ()
    (ours,) = check(TEXT.encode()).documents
    assert ours.findings == ()
    assert len(lacking.requirements) == len(ours.requirements) + 1


def test_the_house_accepts_wordings_and_sets_severities(tmp_path: Path) -> None:
    law = law_in(tmp_path, HOUSE)
    other = changed(DISPOSAL, "Bring what is left over to a pharmacy.")
    assert brief(check(other).documents[0]) == [("statement/disposal", "missing", "warning")]
    assert brief(check(other, law=law, ignore=("house",)).documents[0]) == []
    lost = changed("• Keep this leaflet. You may need to read it again.\n", "")
    assert brief(check(lost, law=law, ignore=("house",)).documents[0]) == [
        ("statement/keep-leaflet", "missing", "advice")
    ]


def test_a_problem_without_a_message_of_its_own(tmp_path: Path) -> None:
    law = law_in(tmp_path, HOUSE)
    text = changed(
        "\n5. How to store Velorin\n\nKeep",
        "\nCall our hotline on 0800 000 000 if anything is unclear.\n\n5. How to store Velorin\n\nKeep",
    )
    (finding,) = check(text, law=law).documents[0].findings
    assert (finding.problem, finding.message) == (
        "misplaced",
        "“Call our hotline on 0800 000 000 if anything is unclear” stands in another place (4. Possible side effects); it belongs in "
        "6. Contents of the pack and other information.",
    )


def test_other_processes_judge_by_the_house_rules_too(tmp_path: Path) -> None:
    law = law_in(tmp_path / "rules", HOUSE)
    paths = [tmp_path / f"{number}.txt" for number in (1, 2, 3)]
    for path in paths:
        path.write_text(TEXT, "utf-8")
    for jobs in (1, 2):
        report = check_many(paths, jobs=jobs, law=law)
        assert [brief(d) for d in report.documents] == [[("house/hotline", "missing", "warning")]] * 3


def test_the_folder_stands_beside_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    law_in(tmp_path / "our-rules", HOUSE)
    path = tmp_path / "leaflet.toml"
    path.write_text('law = "our-rules"\nselect = ["house/hotline"]\n', "utf-8")
    monkeypatch.chdir("/")
    assert load_configuration(path).law == str(tmp_path / "our-rules")


SLIPS = [
    (
        "requirements/house.yaml",
        "title:",
        "titel:",
        "requirements/house.yaml:4",
        "titel: this key is not known",
    ),
    ("requirements/house.yaml", "why:", "# why:", "requirements/house.yaml:3", "why: field required"),
    ("requirements/house.yaml", "house/hotline", "statement/allergy", "requirements/house.yaml:3", "already"),
    (
        "requirements/house.yaml",
        "kind: statement",
        "kind: statemnt",
        "eu/profile.yaml:3",
        "check kind 'statemnt'",
    ),
    ("requirements/house.yaml", "section: contents", "section: contnts", "eu/profile.yaml:3", "'contnts'"),
    (
        "eu/profile.yaml",
        "house/hotline:",
        "house/hotlin:",
        "eu/profile.yaml:3",
        "there is no such requirement",
    ),
    ("eu/profile.yaml", "source: house", "source: hause", "eu/profile.yaml:3", "source 'hause' is not in"),
    (
        "eu/profile.yaml",
        "severity: warning",
        "applies: {rout: oral}, severity: warning",
        "eu/profile.yaml:3",
        "rout",
    ),
    ("eu/profile.yaml", "severity: advice", "severity: advise", "eu/profile.yaml:4", "'error', 'warning' or"),
    ("eu/wording.en.yaml", "accepted:", "acepted:", "eu/wording.en.yaml:5", "this key is not known here"),
    (
        "eu/wording.en.yaml",
        "seen: template",
        "seen: temple",
        "eu/wording.en.yaml:3",
        "'template', 'leaflets',",
    ),
    ("eu/wording.en.yaml", "statements:", "statements: [", "eu/wording.en.yaml:4", "not valid YAML"),
    (
        "eu/wording.en.yaml",
        "statements:",
        "extends: ../eu/wording.en.yaml\nstatements:",
        "eu/wording.en.yaml:2",
        "itself",
    ),
    (
        "eu/wording.en.yaml",
        "statements:",
        "extends: [a]\nstatements:",
        "eu/wording.en.yaml:2",
        "the name of a file",
    ),
    ("eu/wording.en.yaml", "statements:", "cues: 3\nstatements:", "eu/wording.en.yaml:2", "cues: "),
    ("eu/profile.yaml", "requirements:", "sections: 3\nrequirements:", "eu/profile.yaml:2", "sections: "),
    ("sources.yaml", "seen: text", "seen: txt", "sources.yaml:3", "'text', 'secondary' or 'memory'"),
]


@pytest.mark.parametrize(("name", "old", "new", "place", "told"), SLIPS)
def test_a_slip_is_told_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, place: str, told: str
) -> None:
    assert HOUSE[name].count(old) == 1
    law = law_in(tmp_path, {**HOUSE, name: HOUSE[name].replace(old, new)})
    with pytest.raises(ConfigurationError) as caught:
        check(TEXT.encode(), law=law)
    assert str(caught.value).startswith(f"{tmp_path / place}: ")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "holds no law file"),
        ({"eu/wordings.en.yaml": "a: 1"}, "'eu/wordings.en.yaml' in .* is no law file: these are "),
        ({"house.yaml": "a: 1"}, "'house.yaml' in .* is no law file"),
    ],
)
def test_a_folder_that_is_no_law(tmp_path: Path, files: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check(TEXT.encode(), law=law_in(tmp_path, files))
    with pytest.raises(UsageError, match="there is no folder"):
        check(TEXT.encode(), law=str(tmp_path / "absent"))
