"""Times the tool: in process, as a whole process, its memory over many files, and beside peers.

    python benchmarks/speed.py [--corpus FOLDER] [--files 2000]

Peers that are not installed are left out. Ratios are of one run; quote medians.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SAMPLE = HERE / "fixtures" / "leaflets" / "aknetrent" / "input.txt"
CLEAN = HERE / "fixtures" / "leaflets" / "eu-tablet" / "input.txt"
RUNS = 9


def median_ms(task: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of a task in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def process(*command: str) -> Callable[[], object]:
    """A task that runs a command to its end and throws its output away; compiled modules are kept."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, capture_output=True, check=False, env=environment)  # the first run compiles
    return lambda: subprocess.run(command, capture_output=True, check=False, env=environment)


def html_leaflet(size: int = 22_000) -> bytes:
    """A leaflet in HTML of about that many bytes, made from our own."""
    paragraphs = [line for line in CLEAN.read_text("utf-8").splitlines() if line.strip()]
    body = [f"<p>{line}</p>" for line in paragraphs]
    filler = "<p>Your doctor will check your blood regularly and may change the dose of this medicine.</p>"
    head, tail = body[:40], body[40:]
    while sum(map(len, head + tail)) < size:
        head.append(filler)
    return ("<html><body>\n" + "\n".join(head + tail) + "\n</body></html>").encode()


def in_process() -> dict[str, float]:
    """Milliseconds a leaflet after warm-up, by step."""
    from validator import engine
    from validator.outline.split import leaflets
    from validator.readers import read

    data = html_leaflet()
    reading = read(data, name="leaflet.html")
    leaflet = leaflets(reading)[0]
    steps: dict[str, Callable[[], object]] = {
        "read (HTML, 22 KB)": lambda: read(data, name="leaflet.html"),
        "outline and facts": lambda: leaflets(reading),
        "checks and findings": lambda: engine.judge(leaflet, path="x", sha256=""),
    }
    for task in steps.values():
        task()
    found = {name: median_ms(task, 40) for name, task in steps.items()}
    found["total"] = sum(found.values())
    return found


def memory(count: int) -> tuple[float, float]:
    """Peak memory in MB after a tenth of the files and after all of them."""
    from validator import iter_documents

    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            (Path(folder) / f"{number}.txt").write_bytes(SAMPLE.read_bytes())
        peaks = []
        for done, _ in enumerate(iter_documents([folder]), 1):
            if done in (count // 10, count):
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return peaks[0], peaks[-1]


def pdf(folder: Path, runs: int) -> tuple[float, float, float]:
    """Milliseconds of the processor for all PDFs of a folder: bare text in both ways of pypdfium2, and our reader.

    Each is the best of its runs, which take turns: what else the machine does only makes a run longer.
    """
    import pypdfium2

    from validator.readers import pdf as reader

    files = [path.read_bytes() for path in sorted(folder.rglob("*.pdf"))]

    def bare(data: bytes, text: Callable[[pypdfium2.PdfTextPage], str]) -> None:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            text(words)
            words.close()
            page.close()
        document.close()

    tasks: list[Callable[[bytes], object]] = [
        lambda data: bare(data, pypdfium2.PdfTextPage.get_text_bounded),
        lambda data: bare(data, pypdfium2.PdfTextPage.get_text_range),
        reader.read,
    ]
    best = [[float("inf")] * len(files) for _ in tasks]
    for _ in range(runs):
        for number, data in enumerate(files):
            for times, task in zip(best, tasks, strict=True):
                start = time.process_time()
                task(data)
                times[number] = min(times[number], time.process_time() - start)
    bounded, ranged, ours = (sum(times) * 1000 for times in best)
    return bounded, ranged, ours


def peers(folder: str, files: int) -> dict[str, float]:
    """Milliseconds for the same folder of Markdown copies: ours and the peers that are installed."""
    ours = [sys.executable, "-m", "validator", "check", "--format", "json", "--fail-on", "never", folder]
    commands: dict[str, Sequence[str]] = {"leaflet check": ours}
    for name, arguments in {
        "rumdl": ["check", folder],
        "codespell": [folder],
        "proselint": ["check", folder],
    }.items():
        beside = str(Path(sys.executable).parent)
        if executable := shutil.which(name, path=os.pathsep.join((beside, os.environ.get("PATH", "")))):
            commands[name] = [executable, *arguments]
    return {name: median_ms(process(*command), 3) / files for name, command in commands.items()}


def main() -> int:
    """Run everything and print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--corpus", type=Path, help="a folder of leaflets, for the reading of its PDFs")
    asked = parser.parse_args()
    os.environ.setdefault("PYTHONUTF8", "1")
    leaflet = [sys.executable, "-m", "validator"]
    print("| whole process | median ms |\n|---|---|")
    print(f"| python, nothing else | {median_ms(process(sys.executable, '-c', 'pass')):.0f} |")
    print(f"| leaflet --version | {median_ms(process(*leaflet, '--version')):.0f} |")
    print(f"| leaflet check, sample | {median_ms(process(*leaflet, 'check', str(SAMPLE))):.0f} |")
    print("\n| in process, after warm-up | ms a leaflet |\n|---|---|")
    for name, value in in_process().items():
        print(f"| {name} | {value:.2f} |")
    if asked.corpus and asked.corpus.is_dir():
        bounded, ranged, ours = pdf(asked.corpus, RUNS)
        print(
            "\n| all PDFs of the corpus, ms of the processor | bare text | our reader | ratio |\n|---|---|---|---|"
        )
        print(
            f"| pypdfium2 `get_text_bounded` (of its README) | {bounded:.0f} | {ours:.0f} | {ours / bounded:.2f} |"
        )
        print(f"| pypdfium2 `get_text_range` | {ranged:.0f} | {ours:.0f} | {ours / ranged:.2f} |")
    early, late = memory(asked.files)
    print(
        f"\nPeak memory: {early:.0f} MB after {asked.files // 10} files, {late:.0f} MB after {asked.files}."
    )
    with tempfile.TemporaryDirectory() as folder:
        count = 100
        for number in range(count):
            (Path(folder) / f"{number}.md").write_bytes(CLEAN.read_bytes())
        found = peers(folder, count)
    ours = found["leaflet check"]
    print(f"\n| {count} files, one run | ms a file | ratio to ours |\n|---|---|---|")
    for name, value in found.items():
        print(f"| {name} | {value:.1f} | {value / ours:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
