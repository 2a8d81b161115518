"""Figures of Plotly, or mappings with `data` and `layout`, as plain JSON.

Figure --to_json--> {"data", "layout", "frames"} --arrays unpacked--> value
"""

from collections.abc import Mapping
from typing import Any

from msgspec import json

from gradstream.components.outputs.figure import bounded, package_of, written
from gradstream.components.outputs.packed_array import unpack
from gradstream.components.plain import plain
from gradstream.components.types import Store, UnusableYieldError
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

KEYS = {"data", "layout", "frames", "config"}

MAPS = {
    "choropleth", "choroplethmap", "choroplethmapbox", "densitymap", "densitymapbox", "scattergeo",
    "scattermap", "scattermapbox",
}  # fmt: skip
"""Traces for which Plotly's script fetches tiles or coast lines from other servers."""


def take_plotly(value: Any, store: Store) -> Plain | None:
    """Return the value of a figure; None for another value. Raises UnusableYieldError."""
    if package_of(value) == "plotly" and callable(getattr(value, "to_json", None)):
        figure = json.decode(written("Plotly", value.to_json))
        if not _is_figure(figure):
            raise UnusableYieldError(
                f"{kind_name(value)} is a part of a figure: yield plotly.graph_objects.Figure(it)"
            )
    elif _is_figure(value):
        figure = plain(value)
    else:
        return None
    figure = _unpacked(figure, store.limits.figure_bytes)
    _refuse_maps(figure)
    _report_pictures(figure, store)
    return bounded("plotly", figure, most_bytes=store.limits.figure_bytes)


def _is_figure(value: Any) -> bool:
    if not isinstance(value, Mapping) or "data" not in value or not KEYS.issuperset(value):
        return False
    traces = value["data"]
    has_layout = isinstance(value.get("layout", {}), Mapping)
    return has_layout and isinstance(traces, list | tuple) and all(isinstance(one, Mapping) for one in traces)


def _unpacked(part: Any, most_bytes: int) -> Any:
    """Return a part of a figure with lists in place of its arrays."""
    if isinstance(part, list):
        return [_unpacked(one, most_bytes) for one in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("bdata"), str) and isinstance(part.get("dtype"), str):
        items = unpack(part["bdata"], dtype=part["dtype"], most_bytes=most_bytes)
        return part if items is None else plain(_shaped(items, str(part.get("shape", ""))))
    return {key: _unpacked(one, most_bytes) for key, one in part.items()}


def _shaped(items: list[Any], shape: str) -> list[Any]:
    """Return the rows of an array; `shape` is such as "2, 3", or "" for a single row."""
    try:
        sizes = [int(size) for size in shape.split(",")] if shape else []
        for size in reversed(sizes[1:]):
            items = [items[start : start + size] for start in range(0, len(items), size)]
    except ValueError as error:
        raise UnusableYieldError(f"an array of the figure has the shape {shape!r}: {error}") from error
    return items


def _refuse_maps(figure: dict[str, Any]) -> None:
    kinds = (trace.get("type") for trace in figure["data"])
    found = next((kind for kind in kinds if kind in MAPS), None)
    if found is not None:
        raise UnusableYieldError(
            f"a map of Plotly ({found}) fetches its ground from other servers, which the page does not: "
            "yield a figure of Matplotlib, or a scatter of longitudes and latitudes"
        )


def _report_pictures(figure: dict[str, Any], store: Store) -> None:
    """Log the pictures that the page does not fetch."""
    images = (figure.get("layout") or {}).get("images") or []
    for image in images if isinstance(images, list) else []:
        source = image.get("source") if isinstance(image, dict) else None
        if isinstance(source, str) and not source.startswith("data:"):
            store.warn(
                f"the figure's picture {source[:80]} is not shown: nothing is fetched from other servers; "
                "give it to Plotly as an image of Pillow"
            )
