"""The output kinds `text`, `markdown` and `code`: a string, or nothing."""

from typing import Any

from gradstream.components.types import Store, UnusableYield
from gradstream.components.wording import kind_name
from gradstream.format.types import Output


class TextOutput:
    """Shows text; numbers and other objects as `str` shows them."""

    def encode(self, value: Any, _output: Output, _store: Store) -> str | None:
        """Return the text."""
        if value is None or type(value) is str:
            return value
        if isinstance(value, bytes | bytearray):
            raise UnusableYield(f"{kind_name(value)} is no text; accepted is text, such as value.decode()")
        return str(value)
