"""The architecture, held by reading the imports, and the budgets for modules and functions."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "validator"

# From bottom to top; a module may import its own layer and those below.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("_version", "align", "document", "errors", "record", "tomlfile"),
    (
        "readers",
        "endings",
        "statements",
        "nearest",
        "resources",
        "lawcache",
        "lawfile",
        "yamltext",
        "records",
        "catalogue",
        "substances",
        "reporting",
        "grammarfile",
        "wordforms",
        "grammar",
        "lexicon",
        "style",
        "vocabulary",
    ),
    ("facts", "checks", "conditions", "notes"),
    (
        "outline",
        "plan",
        "structure",
        "settings",
        "overrides",
        "configuration",
        "report",
        "export",
        "review",
    ),
    ("fingerprint", "homes", "findings", "breaks", "once", "engine", "compare"),
    (
        "parallel",
        "inputs",
        "cache",
        "changed",
        "watching",
        "batch",
        "collate",
        "reports",
        "explanation",
        "coverage",
        "template",
        "monitoring",
        "editing",
        "annotate",
        "mending",
        "diff",
    ),
    ("", "api"),
    ("cli", "__main__"),
)
# Which packages from outside a part of ours alone may use.
RESERVED = {
    "lxml": ("readers",),
    "markdown_it": ("readers",),
    "pypdfium2": ("readers", "annotate"),
    "jsonschema": ("structure",),
    "click": ("cli",),
    "jinja2": ("reports",),
    "yaml": ("yamltext",),
}
HARD_FORMATS = PACKAGE / "readers"
MODULE_CEILING, READER_CEILING, FUNCTION_CEILING = 300, 450, 50

MODULES = sorted(PACKAGE.rglob("*.py"))


def part(module: str) -> str:
    """The part of the package that a dotted name belongs to: "" is the public face."""
    return module.split(".")[1] if "." in module else ""


def own_part(path: Path) -> str:
    inside = path.relative_to(PACKAGE)
    name = inside.parts[0].removesuffix(".py")
    return "" if name == "__init__" else name


def imports(path: Path) -> Iterator[str]:
    """The dotted names a module imports, also inside functions; those for type checkers alone are left out."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {id(node) for block in ast.walk(tree) if _is_type_checking(block) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "validator":
                yield from (f"validator.{alias.name}" for alias in node.names)
            else:
                yield node.module


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def layer(name: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_nothing_above_it(path):
    own = own_part(path)
    above = [
        name
        for name in imports(path)
        if name.split(".")[0] == "validator" and part(name) != own and layer(part(name)) > layer(own)
    ]
    assert above == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_from_outside_stays_in_its_part(path):
    own = own_part(path)
    strayed = [name for name in imports(path) if own not in RESERVED.get(name.split(".")[0], (own,))]
    assert strayed == []


def test_every_part_has_a_layer():
    known = {name for names in LAYERS for name in names}
    assert {own_part(path) for path in MODULES} <= known


def _strings(path: Path) -> Iterator[str]:
    """The strings in the code of a module, docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


@pytest.mark.parametrize("name", ["checks", "facts", "readers"])
def test_checks_and_readers_know_no_severity_and_no_rule(name):
    from validator.catalogue import requirements
    from validator.checks import KINDS

    # A kind may have the name of the one rule it was made for; that is a name, not knowledge.
    forbidden = {"error", "warning", "advice", *requirements()} - set(KINDS)
    for path in sorted((PACKAGE / name).rglob("*.py")):
        assert forbidden.isdisjoint(_strings(path)), path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_grows_beyond_its_budget(path):
    ceiling = READER_CEILING if HARD_FORMATS in path.parents else MODULE_CEILING
    assert len(path.read_text("utf-8").splitlines()) <= ceiling


def test_functions_stay_short():
    lengths = {
        f"{path.relative_to(ROOT)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert {name: length for name, length in lengths.items() if length > FUNCTION_CEILING} == {}
    assert statistics.median(lengths.values()) <= 10


def test_every_public_name_has_a_docstring():
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
        if ast.get_docstring(node) is None
    ]
    assert bare == []
