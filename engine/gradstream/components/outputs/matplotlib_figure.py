"""Figures of Matplotlib as PNG, sharp on dense screens, and what pyplot keeps of them.

Matplotlib is never imported here: who yields a figure of it has done so.
"""

import io
import os
import struct
import sys
import threading
import weakref
from types import ModuleType
from typing import Any

from gradstream.components.outputs.image import keep
from gradstream.components.outputs.picture import Encoded
from gradstream.components.types import Store, UnusableYieldError
from gradstream.format.values import Plain

PYPLOT = "matplotlib.pyplot"

DENSITY = 2
"""Pixels of the screen for each of the figure's own: phones and most laptops have 2 or more."""

HEADER = struct.Struct(">16xII")
"""Where a PNG has its width and height."""


def is_matplotlib(value: Any) -> bool:
    """Return whether this is a figure of Matplotlib, axes of one, or pyplot, which has a current figure."""
    if isinstance(value, ModuleType):
        return value.__name__ == PYPLOT
    return _figure_of(value) is not None


DRAWING = threading.Lock()
"""Figures are drawn one at a time: Matplotlib's fonts and texts are not safe in several threads."""


class Matplotlib:
    """Draws figures."""

    def __init__(self) -> None:
        self._last: weakref.WeakKeyDictionary[Store, dict[str, Any]] = weakref.WeakKeyDictionary()
        self._drawn: weakref.WeakKeyDictionary[Store, weakref.WeakKeyDictionary[Any, Plain]] = (
            weakref.WeakKeyDictionary()
        )

    def prepare(self) -> None:
        """Choose the backend without windows, unless the environment names another."""
        if "MPLBACKEND" in os.environ:
            return
        os.environ["MPLBACKEND"] = "agg"
        matplotlib = sys.modules.get("matplotlib")
        if matplotlib is not None:
            matplotlib.use("agg")

    def draw(self, value: Any, output: str, store: Store) -> Plain:
        """Return a figure's picture. Raises UnusableYieldError."""
        return self._draw(_named_figure(value), output, store)

    def draw_changed(self, value: Any, output: str, store: Store) -> Plain:
        """Return a figure's picture, the last one if the figure says that nothing in it has changed since.

        Its `stale` is what Matplotlib's windows go by too. Raises UnusableYieldError.
        """
        figure = _named_figure(value)
        drawn = self._drawn.setdefault(store, weakref.WeakKeyDictionary())
        if figure.stale or figure not in drawn:
            drawn[figure] = self._draw(figure, output, store)
            # Saving sets another resolution and sets it back, which counts as a change.
            figure.stale = False
        return drawn[figure]

    def _draw(self, figure: Any, output: str, store: Store) -> Plain:
        with DRAWING:
            data = _png(figure)
            self._close_previous(figure, output, store)
        width, height = HEADER.unpack_from(data)
        return keep(Encoded(data=data, mime="image/png", width=width, height=height), store)

    def _close_previous(self, figure: Any, output: str, store: Store) -> None:
        """Have pyplot forget the figure before this one: it would keep every figure until the process ends.

        The last one of a run is forgotten with the run. A figure that is still held can be drawn on.
        """
        pyplot = sys.modules.get(PYPLOT)
        if pyplot is None:
            return
        if store not in self._last:
            figures: dict[str, Any] = {}
            self._last[store] = figures
            weakref.finalize(store, _close_all, pyplot, figures).atexit = False
        previous = self._last[store].get(output)
        if previous is not None and previous is not figure:
            pyplot.close(previous)
        self._last[store][output] = figure


def _close_all(pyplot: Any, figures: dict[str, Any]) -> None:
    for figure in figures.values():
        pyplot.close(figure)


def _named_figure(value: Any) -> Any:
    """Return the figure that a value is, has, or has as its current one. Raises UnusableYieldError."""
    if not isinstance(value, ModuleType):
        return _figure_of(value)
    if not value.get_fignums():
        raise UnusableYieldError("pyplot has no figure: draw one before you yield it")
    return value.gcf()


def _figure_of(value: Any) -> Any:
    """Return the figure that a figure, axes, or a grid of them (seaborn) belongs to; None for others."""
    for one in (value, getattr(value, "figure", None)):
        if any(kind.__name__ == "Figure" and _is_own(kind) for kind in type(one).__mro__):
            return one
    return None


def _is_own(kind: type) -> bool:
    return kind.__module__.partition(".")[0] == "matplotlib"


def _png(figure: Any) -> bytes:
    target = io.BytesIO()
    try:
        figure.savefig(target, format="png", dpi=figure.dpi * DENSITY, pil_kwargs={"compress_level": 1})
    except (ValueError, RuntimeError, OverflowError) as error:
        raise UnusableYieldError(f"Matplotlib cannot draw the figure: {error}") from error
    return target.getvalue()
