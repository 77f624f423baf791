"""The check kinds; importing this package registers them all."""

from validator.checks import (
    black_triangle,
    consistency,
    document,
    dose,
    dose_sums,
    excipient,
    frequency,
    reference,
    residue,
    section,
    topic,
    wording,
)
from validator.checks.registry import KINDS, Check, Task

__all__ = [
    "KINDS",
    "Check",
    "Task",
    "black_triangle",
    "consistency",
    "document",
    "dose",
    "dose_sums",
    "excipient",
    "frequency",
    "reference",
    "residue",
    "section",
    "topic",
    "wording",
]
