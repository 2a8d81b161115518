"""Hooks into tqdm in demos with `progress: tqdm`.

    tqdm.display (called in a run) --> RunBars of that run --> BarState --> its progress

The common base class of tqdm's bars is patched once per process. Outside a run, and in demos without
`progress: tqdm`, bars are drawn as usual.
"""

import importlib
import weakref
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from gradstream import authoring
from gradstream.format.types import Demo


class BarState(Struct, frozen=True, kw_only=True):
    """What a bar shows."""

    index: int | None
    total: int | None
    unit: str | None
    description: str | None


ShowBar = Callable[[Any], None]
"""Shows the state of a bar of tqdm."""


def watch_bars(demo: Demo) -> None:
    """Patch tqdm if the demo asks for its bars and tqdm is installed."""
    if demo.progress != "tqdm":
        return
    try:
        bars: Any = importlib.import_module("tqdm.std").tqdm
    except ImportError:
        return
    if not hasattr(bars, "gradstream_draw"):
        bars.gradstream_draw = bars.display
        bars.display = _display


class RunBars:
    """One run's bars, of which the outermost shows its progress: nested ones come and go.

    tqdm's own positions are of no use here: it counts the bars of all runs in the process.
    """

    def __init__(self, update: Callable[[BarState], None]) -> None:
        self._update = update
        self._outermost: Callable[[], Any] = lambda: None

    def show(self, bar: Any) -> None:
        """Show the state of a bar, if it is the outermost: the first, until it is closed."""
        outermost = self._outermost()
        if outermost is None or outermost.disable:
            self._outermost, outermost = weakref.ref(bar), bar
        if outermost is bar:
            description = bar.desc.removesuffix(": ") if bar.desc else None
            state = BarState(
                index=int(bar.n), total=_whole(bar.total), unit=bar.unit, description=description
            )
            self._update(state)


def _display(bar: Any, msg: str | None = None, pos: int | None = None) -> Any:
    show: ShowBar | None = getattr(authoring.current(), "show_bar", None)
    if show is None:
        return bar.gradstream_draw(msg, pos)
    show(bar)
    return True


def _whole(total: float | None) -> int | None:
    return None if total is None else int(total)
