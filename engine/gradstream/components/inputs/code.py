"""The input kind `code`: text in which every character counts, in a monospaced field."""

from collections.abc import Mapping
from typing import ClassVar

from gradstream.components.inputs.kind import InputKind
from gradstream.components.inputs.text import TextInput


class CodeInput(TextInput):
    """Hands over a string as it was typed, an empty one for a field that was not filled in."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "clear")

    holds_message = False


KINDS: Mapping[str, InputKind] = {"code": CodeInput()}
