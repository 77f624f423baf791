"""Measures the tool on a folder of real leaflets: what is read, what is sectioned, which rules fire.

    python benchmarks/corpus.py FOLDER [--group epi-html/en ...] [--rule RULE] [--severity error]

The folder holds one sub-folder a group, however deep. `--rule` lists every finding of that rule.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from validator.batch import documents
from validator.catalogue import profile
from validator.errors import LeafletError
from validator.readers import load
from validator.report import Document, Finding
from validator.settings import Options

# Where a file breaks off, what should follow was lost on the way into the folder: the finding is right about the
# file and says nothing of the leaflet, so it is counted apart.
CUT = "document/truncated"
SKIPPED = {"MANIFEST.tsv", "README.md"}


@dataclass
class Group:
    """The figures of one folder; `fired` counts the leaflets in which a rule fired, by severity.

    `cut` are the leaflets whose file breaks off; `clean` and `errors` leave that finding out, `spotless` and
    `serious` do not.
    """

    files: int = 0
    read: int = 0
    leaflets: int = 0
    sectioned: int = 0
    cut: int = 0
    spotless: int = 0
    serious: int = 0
    clean: int = 0
    errors: int = 0
    fired: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def sectioned(document: Document) -> bool:
    """Whether every main section of the market's template was found."""
    wanted = {f"section/{plan.id}" for plan in profile(document.market).sections}
    gone = {f.rule for f in document.findings if f.problem == "missing" and f.rule in wanted}
    return not gone


def measure(root: Path, groups: list[str], rule: str, severity: str) -> dict[str, Group]:
    """The figures by folder; findings of `rule` are printed as they come."""
    found: dict[str, Group] = defaultdict(Group)
    for path in sorted(root.rglob("*")):
        folder = str(path.parent.relative_to(root))
        if path.is_dir() or path.name in SKIPPED or (groups and folder not in groups):
            continue
        group = found[folder]
        group.files += 1
        try:
            results = documents(load(str(path)), str(path), Options())
        except LeafletError as error:
            group.notes.append(f"{path.name}: {error}")
            continue
        group.read += 1
        for document in results:
            _add(group, document, rule, severity)
    return found


def _add(group: Group, document: Document, rule: str, severity: str) -> None:
    group.leaflets += 1
    group.sectioned += sectioned(document)
    serious = [finding for finding in document.findings if finding.severity == "error"]
    errors = [finding for finding in serious if finding.rule != CUT]
    group.cut += len(errors) < len(serious)
    group.spotless += not serious
    group.serious += len(serious)
    group.errors += len(errors)
    group.clean += not errors
    for key in {(f.severity, f.rule, f.problem) for f in document.findings}:
        group.fired[key] += 1
    for finding in document.findings:
        if rule and finding.rule.startswith(rule) and finding.severity == severity:
            print(_line(document, finding))


def _line(document: Document, finding: Finding) -> str:
    place = finding.location.line or finding.location.page
    return f"{Path(document.path).name}:{place}: {finding.rule}: {finding.message} [{finding.evidence[:120]}]"


def table(found: dict[str, Group], severity: str) -> Iterator[str]:
    """The tables, in Markdown."""
    yield (
        "| group | files | read | leaflets | fully sectioned | without error | errors a leaflet "
        "| file breaks off | without other error | other errors a leaflet |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for name, group in found.items():
        count = max(1, group.leaflets)
        yield (
            f"| {name} | {group.files} | {group.read} | {group.leaflets} | {group.sectioned / count:.1%} "
            f"| {group.spotless / count:.1%} | {group.serious / count:.2f} "
            f"| {group.cut} | {group.clean / count:.1%} | {group.errors / count:.2f} |"
        )
    yield ""
    yield f"| rule at severity {severity} | problem | " + " | ".join(found) + " |"
    yield "|---|---|" + "---|" * len(found)
    rules = sorted({key[1:] for group in found.values() for key in group.fired if key[0] == severity})
    for rule, problem in rules:
        cells = [str(group.fired[severity, rule, problem] or "") for group in found.values()]
        yield f"| {rule} | {problem} | " + " | ".join(cells) + " |"
    for name, group in found.items():
        for note in group.notes:
            yield f"\n- {name}: {note}"


def main() -> int:
    """Parse the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--group", action="append", default=[])
    parser.add_argument("--rule", default="")
    parser.add_argument("--severity", default="error")
    asked = parser.parse_args()
    if not asked.folder.is_dir():
        print(f"{asked.folder} is no folder", file=sys.stderr)
        return 2
    for line in table(measure(asked.folder, asked.group, asked.rule, asked.severity), asked.severity):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
