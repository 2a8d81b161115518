"""Picks up the bars of tqdm in demos that say `progress: tqdm`.

    tqdm.display (drawn in a run) --> BarThrottle of that run --> progress events

The class that all of tqdm's bars have in common is changed once a process. Where no run is going on, or its
demo did not ask, bars are drawn as ever.
"""

import importlib
from collections.abc import Callable
from typing import Any

from gradstream import authoring
from gradstream.worker.progress.throttle import BarState

ShowBar = Callable[[BarState], None]


def watch_bars() -> None:
    """Let bars be seen from now on; without tqdm there are none."""
    try:
        bars: Any = importlib.import_module("tqdm.std").tqdm
    except ImportError:
        return
    if not hasattr(bars, "gradstream_draw"):
        bars.gradstream_draw = bars.display
        bars.display = _display


def _display(bar: Any, msg: str | None = None, pos: int | None = None) -> Any:
    show: ShowBar | None = getattr(authoring.current(), "show_bar", None)
    if show is None:
        return bar.gradstream_draw(msg, pos)
    if not bar.pos:
        # Bars inside of bars come and go; the outermost one says how far the run is.
        description = bar.desc.removesuffix(": ") if bar.desc else None
        show(BarState(index=int(bar.n), total=_whole(bar.total), unit=bar.unit, description=description))
    return True


def _whole(total: float | None) -> int | None:
    return None if total is None else int(total)
