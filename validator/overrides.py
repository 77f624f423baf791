"""Other options for some files, as people write them: one `[[override]]` of the configuration file."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from validator.configuration import facts
from validator.document.blocks import Revisions
from validator.records import Severity


class FileOptions(BaseModel):
    """Other options for the files that `path` means, as seen from the configuration file.

    * in `path` also stands for /. `ignore`, `severity` and `product` add to what holds elsewhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    path: str = Field(min_length=1)
    market: str | None = None
    language: str | None = None
    template: str | None = None
    revisions: Revisions | None = None
    select: list[str] | None = None
    ignore: list[str] | None = None
    product: dict[str, str | bool | list[str]] | None = None
    severity: dict[str, Severity] | None = None

    def given(self) -> dict[str, Any]:
        """What is set, as the file says it, `path` left out."""
        values = {key: getattr(self, key) for key in type(self).model_fields if key != "path"}
        return {key: value for key, value in values.items() if value is not None}

    def changes(self) -> dict[str, Any]:
        """What is set, as fields of `Options`."""
        found = {
            key: tuple(value) if isinstance(value, list) else value for key, value in self.given().items()
        }
        if self.product is not None:
            found["product"] = facts(self.product)
        return found
