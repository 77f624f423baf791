"""`leaflet.toml` and `[tool.leaflet]`: discovery, precedence, errors with file, line and key."""

from __future__ import annotations

import json

import pytest

from validator.configuration import Configuration, find_configuration, load_configuration
from validator.errors import ConfigurationError
from validator.settings import Options, matches

from ..test_house_rules import HOUSE


def test_the_nearest_file_wins(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "leaflet.toml").write_text("", "utf-8")
    assert find_configuration(inner) == tmp_path / "leaflet.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    assert find_configuration(inner) == tmp_path / "leaflet.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.leaflet]\n", "utf-8")
    assert find_configuration(inner) == tmp_path / "a" / "pyproject.toml"
    (tmp_path / "a" / "leaflet.toml").write_text("", "utf-8")
    assert find_configuration(inner) == tmp_path / "a" / "leaflet.toml"


def test_every_key_is_read(tmp_path):
    path = tmp_path / "leaflet.toml"
    path.write_text(
        'market = "eu"\nlanguage = "en"\nformat = "json"\nfail-on = "advice"\njobs = 2\nrevisions = "original"\n'
        'select = ["section"]\nignore = ["warning/*"]\n'
        '[severity]\n"section/storage" = "advice"\n'
        '[product]\nroute = "oral"\nsubstance = ["isotretinoin", "soya"]\n',
        "utf-8",
    )
    found = load_configuration(path)
    assert found == Configuration(
        market="eu",
        language="en",
        format="json",
        fail_on="advice",
        jobs=2,
        revisions="original",
        select=["section"],
        ignore=["warning/*"],
        severity={"section/storage": "advice"},
        product={"route": "oral", "substance": ["isotretinoin", "soya"]},
    )
    assert found.facts() == {"route": "oral", "substance": "isotretinoin,soya"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "jobs = 2\nmarkt = 'eu'\n",
            2,
            "markt: unknown key; did you mean 'market'? known keys are archives, baseline, cache, evidence, fail-on,",
        ),
        ("jobs = 'two'\n", 1, "jobs: expected a valid integer, found 'two'"),
        ("\n\njobs = 0\n", 3, "jobs: expected greater than or equal to 1, found 0"),
        ("select = 'section'\n", 1, "select: expected a valid list, found 'section'"),
        (
            "fail-on = 'errors'\n",
            1,
            "fail-on: expected 'error', 'warning', 'advice' or 'never', found 'errors'",
        ),
        ("market = 'xx'\n", 1, "market: unknown market 'xx': choose eu"),
        (
            "ignore = ['warning/*', 'statment']\n",
            1,
            "ignore: unknown rule 'statment': did you mean 'statement'?",
        ),
        (
            "[severity]\n'section/storage' = 'fatal'\n",
            2,
            "severity.section/storage: expected 'error', 'warning' or",
        ),
        ("[severity]\n'section/*' = 'error'\n", 2, "severity.section/*: unknown rule 'section/*'"),
        ("[product]\nroute = 3\n", 2, "product.route: expected a text, a list of texts, true or false"),
        ("[product]\nrout = 'oral'\n", 2, "product.rout: unknown product fact 'rout': choose "),
        ("[product]\nclass = 'opioids'\n", 2, "product.class: unknown product fact 'class': choose "),
        (
            "[product]\nprescription = true\nroute = 'orall'\n",
            3,
            "product.route: unknown route 'orall': choose oral, injection, inhalation, ",
        ),
        (
            "[product]\nrevised = 'June 2016'\n",
            2,
            "product.revised: 'June 2016' is no date: write 2024-06-15, 2024-06 or 2024",
        ),
        (
            "[[override]]\npath = 'a/*'\n[override.product]\ndoses = 'two'\n",
            4,
            "override.product.doses: unknown doses 'two': choose single",
        ),
        ("[produkt]\nroute = 'oral'\n", 1, "produkt: unknown key; did you mean 'product'?"),
        ("template = '9'\n", 1, "template: unknown template '9': choose "),
        ("template = '11'\n", 1, "template: template '11' of market 'eu' is not in force: "),
        ("jobs = 2\nlaw = 'absent'\n", 2, "law: there is no folder '"),
        ("product = 3\n", 1, "product: expected a valid table, found 3"),
        ("jobs = \n", None, "not valid TOML: "),
    ],
)
def test_an_error_names_file_line_and_key(tmp_path, text, line, message):
    path = tmp_path / "leaflet.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(path)
    where = f"{path}:{line}: " if line else f"{path}: "
    assert str(caught.value).startswith(where + message)


def test_the_line_in_pyproject_is_that_of_the_own_table(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text(
        "[tool.other]\njobs = 'x'\n\n[tool.leaflet]\nmarket = 'eu'\njobs = 'x'\n\n[tool.leaflet.product]\nrout = 'x'\n",
        "utf-8",
    )
    with pytest.raises(ConfigurationError, match=rf"^{path}:6: jobs: "):
        load_configuration(path)


def test_a_value_where_the_table_belongs(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool]\nleaflet = 3\n", "utf-8")
    with pytest.raises(ConfigurationError, match=rf"^{path}: tool.leaflet: expected a valid table"):
        load_configuration(path)


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_configuration(tmp_path / "absent.toml")
    path = tmp_path / "leaflet.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load_configuration(path)


def test_the_command_line_wins(leaflet, sample):
    (sample.parent / "leaflet.toml").write_text(
        'format = "json"\nselect = ["section/storage"]\nfail-on = "never"\n', "utf-8"
    )
    configured = leaflet("check", sample)
    assert configured.code == 0
    assert [entry["rule"] for entry in json.loads(configured.out)["documents"][0]["requirements"]] == [
        "section/storage"
    ]
    given = leaflet("check", sample, "--format", "text", "--select", "section/contents", "--fail-on", "error")
    assert given.code == 1
    assert "section/contents" in given.out
    assert "section/storage" not in given.out


def test_a_broken_configuration_is_one_line_and_code_2(leaflet, sample):
    path = sample.parent / "leaflet.toml"
    path.write_text('format = "pdf"\n', "utf-8")
    assert leaflet("check", sample) == (
        2,
        "",
        f"leaflet: error: {path}: format: unknown format 'pdf': choose csv, github, gitlab, html, json, jsonl, junit, markdown, sarif, text\n",
    )
    other = sample.parent / "other.toml"
    other.write_text("", "utf-8")
    assert leaflet("check", sample, "--config", other).code == 1


def test_facts_given_reach_the_engine(leaflet, sample):
    path = sample.parent / "leaflet.toml"

    def verdict(substance):
        path.write_text(f'[product]\nsubstance = "{substance}"\n', "utf-8")
        report = json.loads(
            leaflet("check", sample, "--format", "json", "--select", "warning/isotretinoin-ppp").out
        )
        return report["documents"][0]["requirements"][0]["verdict"]

    assert verdict("isotretinoin") == "gap"
    assert verdict("testamol") == "not-applicable"


def test_patterns():
    assert matches("warning", "warning/sun")
    assert matches("warning/*", "warning/sun")
    assert matches("warning/sun", "warning/sun")
    assert not matches("warn", "warning/sun")
    assert Options().wants("warning/sun")
    assert not Options(select=("section",)).wants("warning/sun")
    assert not Options(ignore=("warning",)).wants("warning/sun")


def test_house_rules_reach_every_command(leaflet, sample):
    folder = sample.parent / "our-rules"
    for name, text in HOUSE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (sample.parent / "leaflet.toml").write_text('law = "our-rules"\n', "utf-8")
    found = leaflet("check", sample, "--select", "house/hotline", "--fail-on", "warning")
    assert (found.code, found.err) == (1, "")
    assert "Our hotline is missing." in found.out
    assert "house/hotline" in leaflet("rules").out
    assert "Patients call it." in leaflet("explain", "house/hotline").out
    assert leaflet("parse", sample).code == 0
    (sample.parent / "leaflet.toml").write_text("", "utf-8")
    assert "unknown rule 'house/hotline'" in leaflet("explain", "house/hotline").err


def test_the_template_of_the_configuration(leaflet, sample):
    path = sample.parent / "leaflet.toml"
    path.write_text('template = "10.3"\n', "utf-8")
    assert "(eu-qrd-10.3)" in leaflet("check", sample).out
    assert "(eu-qrd-10.4)" in leaflet("check", sample, "--template", "10.4").out
    path.write_text('market = "uk"\nlanguage = "en"\n', "utf-8")
    assert json.loads(leaflet("parse", sample).out)["metadata"]["market"]["value"] == "uk"
