"""The output kind `json`: any value that JSON can represent.

With `updates: append` it is a list, and each step adds one item.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.plain import plain_shown
from gradstream.components.types import JsonSchema, Store
from gradstream.format.types import Output
from gradstream.format.values import Plain


class JsonOutput(OutputKind):
    """Shows plain values."""

    handed_as: ClassVar[str | None] = "json"

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return a plain copy."""
        return plain_shown(value, f"output `{output.name}`", store)

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of any value, or of a list of steps."""
        return {"type": ["array", "null"]} if output.updates == "append" else {}

    def delivery(self, output: Output) -> Delivery:
        """Return that each step adds one item, or replaces the value."""
        return AppendEdits(self.join) if output.updates == "append" else Replace(self.encode)

    def join(self, shown: Plain, added: Any, output: Output, store: Store) -> Joined:
        """Return the list with one more item."""
        items = [] if shown is None else shown
        items.append(self.encode(added, output, store))
        return Joined(value=items, edits=[("insert", [len(items) - 1], items[-1])])


KINDS: Mapping[str, OutputKind] = {"json": JsonOutput()}
