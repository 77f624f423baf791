"""Reports which mandatory content of a package leaflet is missing, altered or contradictory.

    >>> import validator
    >>> report = validator.check("leaflet.txt", market="eu")
    >>> [finding.rule for document in report.documents for finding in document.findings]

Names are resolved when first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from validator._version import __version__

if TYPE_CHECKING:
    from validator.api import changes, check, check_many, explain, iter_documents, parse, translations
    from validator.document.leaflet import Leaflet
    from validator.errors import ConfigurationError, LeafletError, UnreadableError, UsageError
    from validator.records import Requirement
    from validator.report import Document, Failure, Finding, Report
    from validator.settings import Options

_HOMES = {
    "changes": "api",
    "check": "api",
    "check_many": "api",
    "explain": "api",
    "iter_documents": "api",
    "parse": "api",
    "translations": "api",
    "Requirement": "catalogue",
    "Leaflet": "document.leaflet",
    "ConfigurationError": "errors",
    "LeafletError": "errors",
    "UnreadableError": "errors",
    "UsageError": "errors",
    "Document": "report",
    "Failure": "report",
    "Finding": "report",
    "Report": "report",
    "Options": "settings",
}

__all__ = [
    "ConfigurationError",
    "Document",
    "Failure",
    "Finding",
    "Leaflet",
    "LeafletError",
    "Options",
    "Report",
    "Requirement",
    "UnreadableError",
    "UsageError",
    "__version__",
    "changes",
    "check",
    "check_many",
    "explain",
    "iter_documents",
    "parse",
    "translations",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'validator' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(f"validator.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
