"""What a text in another notation is, and what it says."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Notation(Struct, frozen=True, kw_only=True):
    """A text's notation: its name, and the keys and values that it gives, or the text as YAML.

    `repair` is said where it has neither, and of what was done to the text.
    """

    name: str
    values: Mapping[str, Any] | None = None
    text: str = ""
    repair: str = ""
