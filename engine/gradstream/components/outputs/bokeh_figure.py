"""Figures, layouts and documents of Bokeh, or their JSON, as JSON of a document.

Figure --json_item--> {"doc", …} --ids numbered from 1, arrays unpacked--> value

Bokeh's models can hold JavaScript, which its script compiles from text. No script that comes with a value
runs in the page, so those are refused.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from gradstream.components.outputs.figure import bounded, package_of, written
from gradstream.components.outputs.packed_array import unpack
from gradstream.components.plain import plain
from gradstream.components.types import Store, UnusableYieldError
from gradstream.format.values import Plain

SCRIPTED = "CustomJS"
"""How the names of all models begin that are compiled from text."""

TABLES = {"DataTable", "DataCube"}


def take_bokeh(value: Any, store: Store) -> Plain | None:
    """Return the value of a figure; None for another value. Raises UnusableYieldError."""
    document = _document(value)
    if document is None:
        return None
    most_bytes = store.limits.figure_bytes
    return bounded("bokeh", _Renewal(most_bytes).of(plain(document)), most_bytes=most_bytes)


def _document(value: Any) -> Any:
    """Return a document's JSON, None for another value."""
    if package_of(value) == "bokeh":
        if callable(getattr(value, "add_root", None)):
            return written("Bokeh", value.to_json)
        # `bokeh.plotting` has loaded it already.
        return written("Bokeh", lambda: import_module("bokeh.embed").json_item(value))["doc"]
    if isinstance(value, Mapping):
        document = value.get("doc", value)
        if (
            isinstance(document, Mapping)
            and isinstance(document.get("roots"), list)
            and "version" in document
        ):
            return document
    return None


class _Renewal:
    """Gives the parts of one document ids of its own, and lists in place of arrays, which are bounded."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._numbers: dict[str, str] = {}

    def of(self, part: Any) -> Any:
        """Return a part with them."""
        if isinstance(part, list):
            return [self.of(one) for one in part]
        if not isinstance(part, dict):
            return part
        if part.get("type") == "ndarray":
            return _unpacked(part, self._most_bytes)
        _refuse(part)
        copy = {key: self.of(one) for key, one in part.items() if key != "id"}
        if isinstance(part.get("id"), str):
            copy["id"] = self._numbers.setdefault(part["id"], f"p{len(self._numbers) + 1}")
        return copy


def _refuse(part: dict[str, Any]) -> None:
    """Raise UnusableYieldError for a model that needs JavaScript from text, or another script."""
    name = part.get("name")
    if part.get("type") != "object" or not isinstance(name, str):
        return
    if name.startswith(SCRIPTED):
        raise UnusableYieldError(
            f"the figure has JavaScript in it ({name}, which js_on_change and js_link make too), and no "
            "script that comes with a value runs in the page: leave it out, and make what a visitor "
            "changes an input of the demo"
        )
    if name in TABLES:
        raise UnusableYieldError(
            f"a table of Bokeh ({name}) is not shown: yield its rows to an output `type: table`"
        )


def _unpacked(array: dict[str, Any], most_bytes: int) -> Any:
    """Return an array of one dimension as a list; others as they are."""
    data, shape = array.get("array"), array.get("shape")
    if isinstance(data, list):
        return data if isinstance(shape, list) and len(shape) == 1 else array
    if not isinstance(data, dict) or not isinstance(data.get("data"), str) or not isinstance(shape, list):
        return array
    if len(shape) != 1 or array.get("order") != "little":
        return array
    items = unpack(data["data"], dtype=str(array.get("dtype")), most_bytes=most_bytes, is_zipped=True)
    if items is None:
        return array
    # Of whole numbers, each is written as JSON has it.
    return [_number(item) for item in items] if items and isinstance(items[0], float) else items


def _number(item: Any) -> Any:
    """Return a number as Bokeh writes it in a list."""
    if item != item:  # noqa: PLR0124 (NaN alone differs from itself)
        return {"type": "number", "value": "nan"}
    if item in (float("inf"), float("-inf")):
        return {"type": "number", "value": "+inf" if item > 0 else "-inf"}
    return item
