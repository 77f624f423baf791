"""Options of the whole suite."""

from __future__ import annotations

import os

import pytest

# Whoever runs the tests may have a terminal; what they compare is written for none.
os.environ.pop("COLUMNS", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write the golden reports anew; review them as a diff"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden reports are to be written instead of compared."""
    return bool(request.config.getoption("--update"))
