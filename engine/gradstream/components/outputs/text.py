"""The output kinds `text`, `markdown` and `code`: a string, or nothing."""

from typing import Any

from gradstream.components.outputs.delivery import AppendText, Delivery, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name


class TextOutput(OutputKind):
    """Shows text; numbers and other objects as `str` shows them."""

    def encode(self, value: Any, _output: Output, _store: Store) -> str | None:
        """Return the text."""
        if value is None or type(value) is str:
            return value
        if isinstance(value, bytes | bytearray):
            raise UnusableYieldError(f"expected text, such as value.decode(), got {kind_name(value)}")
        return str(value)

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a text or null."""
        return {"type": ["string", "null"]}

    def delivery(self, output: Output) -> Delivery:
        """Return that steps are appended to the text, or replace it."""
        return AppendText(self.encode) if output.updates == "append" else Replace(self.encode)

    def as_text(self, value: Plain) -> str:
        """Return the text, "" for none."""
        return value if isinstance(value, str) else ""
