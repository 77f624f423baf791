"""Files of every kind to write remarks into, and programs that are not ours to look at the result."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.cli.conftest import _own_folder, leaflet, process
from tests.leaflets import input_of

__all__ = ["_own_folder", "leaflet", "process"]

# A complete leaflet, spoilt: a statement lost, one weakened, a bracket left open.
SPOILT = (
    input_of("eu-tablet")
    .replace("• Keep this leaflet. You may need to read it again.\n", "")
    .replace(
        "Keep this medicine out of the sight and reach of children.",
        "Keep this medicine out of the sight and grasp of children.",
    )
)


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def format_errors(data: bytes, tmp_path: Path) -> list[tuple[str, str]]:
    """What a checker of Office Open XML that is not ours finds wrong; it keeps state, so each run is new."""
    path = tmp_path / "audited.docx"
    path.write_bytes(data)
    command = [sys.executable, "-m", "openxml_audit", "--output", "json", "--max-errors", "0", str(path)]
    (told,) = json.loads(subprocess.run(command, capture_output=True, timeout=120, check=False).stdout)
    return sorted((error["part_uri"], error["description"]) for error in told["errors"])


@pytest.fixture
def office(tmp_path: Path):
    """Converts a file to PDF by LibreOffice, and gives the PDF's bytes."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not on this machine: its reading of the file was not tested")

    def convert(data: bytes, suffix: str = "docx") -> bytes:
        source = tmp_path / f"given.{suffix}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [
            program,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return (tmp_path / "given.pdf").read_bytes()

    return convert
