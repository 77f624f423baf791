"""The command `leaflet`, also `python -m validator`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from validator._version import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; the version is answered before anything is loaded."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] in (["--version"], ["-V"]):
        print(f"leaflet {__version__}")
        return 0
    # What a run loads stays to its end; looking through it again and again took a tenth of the time.
    gc.set_threshold(50_000, 20, 20)
    try:
        from validator.cli import run

        return run(given)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
