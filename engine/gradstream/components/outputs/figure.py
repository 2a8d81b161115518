"""Figures of Plotly, Altair and Bokeh, which their library's script draws in the page.

    figure --the library's own JSON--> {"library", "figure"} --the page--> a frame with the library's script

No library is imported here: who yields a figure has done so. A figure is written so that the next one differs
where it has other data, and nowhere else: an array is a list, and names that a library numbers are numbered
from 1.
"""

from collections.abc import Callable
from typing import Any

from msgspec import json

from gradstream.components.types import JsonSchema, UnusableYieldError
from gradstream.format.values import Plain

LIBRARIES = {"plotly": "Plotly", "altair": "Altair", "bokeh": "Bokeh"}
"""Libraries whose figures are drawn by a script of their own, by the name of their package."""

FIGURE: JsonSchema = {
    "type": "object",
    "properties": {
        "library": {"enum": ["plotly", "vega", "vega-lite", "bokeh"]},
        "figure": {"type": "object"},
    },
    "required": ["library", "figure"],
    "additionalProperties": False,
}


def package_of(value: Any) -> str | None:
    """Return the package among `LIBRARIES` that a value's class, or one that it extends, is from."""
    packages = (kind.__module__.partition(".")[0] for kind in type(value).__mro__)
    return next((package for package in packages if package in LIBRARIES), None)


def library_of(value: Any) -> str | None:
    """Return the name of the library whose script draws a value."""
    package = package_of(value)
    return None if package is None else LIBRARIES[package]


def written(library: str, write: Callable[[], Any]) -> Any:
    """Return what a library writes. Raises UnusableYieldError with the library's reason."""
    try:
        return write()
    except Exception as error:
        raise UnusableYieldError(f"{library} cannot write the figure: {error}") from error


def bounded(library: str, figure: Plain, *, most_bytes: int) -> Plain:
    """Return the value of a figure. Raises UnusableYieldError for one that is too large."""
    size = len(json.encode(figure))
    if size > most_bytes:
        raise UnusableYieldError(
            f"a figure of {size / 1e6:.1f} MB; one has at most {most_bytes / 1e6:.1f} MB: "
            "draw fewer points, or a figure of Matplotlib, which is sent as a picture"
        )
    return {"library": library, "figure": figure}
