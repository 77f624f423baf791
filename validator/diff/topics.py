"""What a piece of text is about, by the section and the sub-heading of the template that it stands under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Topic = Literal[
    "contraindication",
    "interaction",
    "warning",
    "instruction",
    "effect",
    "storage",
    "composition",
    "excipient",
    "contact",
    "text",
]

_BY_PART: Mapping[str, Topic] = {
    "do-not-use": "contraindication",
    "other-medicines": "interaction",
    "food-and-drink": "interaction",
    "what-it-contains": "composition",
    "active-substance": "composition",
    "excipients": "excipient",
    "holder": "contact",
    "manufacturer": "contact",
    "appearance": "text",
    "other-sources": "text",
    "professionals": "instruction",
}
_BY_SECTION: Mapping[str, Topic] = {
    "who-should-not-use": "contraindication",
    "important-information": "warning",
    "before-use": "warning",
    "what-to-avoid": "warning",
    "how-to-use": "instruction",
    "storage": "storage",
}


def topic(section: str, part: str, effects: str, ingredients: bool) -> Topic:
    """The topic; `effects` is the market's section of side effects, `ingredients`: it is their list."""
    if ingredients:
        return "excipient"
    if part in _BY_PART:
        return _BY_PART[part]
    if section == effects:
        return "effect"
    return _BY_SECTION.get(section, "text")
