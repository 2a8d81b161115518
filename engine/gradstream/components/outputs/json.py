"""The output kind `json`: any value that JSON can say.

With `updates: append` it is a list, and each step adds one item.
"""

from typing import Any

from gradstream.components.plain import plain
from gradstream.components.types import Joined, Plain, Store
from gradstream.format.types import Output


class JsonOutput:
    """Shows plain values."""

    def encode(self, value: Any, _output: Output, _store: Store) -> Plain:
        """Return a plain copy."""
        return plain(value)

    def join(self, shown: Plain, added: Any, _output: Output) -> Joined:
        """Return the list with one more item."""
        items = [] if shown is None else shown
        items.append(plain(added))
        return Joined(value=items, edits=[("insert", [len(items) - 1], items[-1])])
