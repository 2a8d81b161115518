"""Hooks into tqdm in demos with `progress: tqdm`.

    tqdm.display (called in a run) --> BarThrottle of that run --> progress events

The common base class of tqdm's bars is patched once per process. Outside a run, and in demos without
`progress: tqdm`, bars are drawn as usual.
"""

import importlib
from collections.abc import Callable
from typing import Any

from gradstream import authoring
from gradstream.format.types import Demo
from gradstream.worker.progress.throttle import BarState

ShowBar = Callable[[BarState], None]


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


def _display(bar: Any, msg: str | None = None, pos: int | None = None) -> Any:
    show: ShowBar | None = getattr(authoring.current(), "show_bar", None)
    if show is None:
        return bar.gradstream_draw(msg, pos)
    if not bar.pos:
        # Nested bars come and go; the outermost one shows the progress of the run.
        description = bar.desc.removesuffix(": ") if bar.desc else None
        show(BarState(index=int(bar.n), total=_whole(bar.total), unit=bar.unit, description=description))
    return True


def _whole(total: float | None) -> int | None:
    return None if total is None else int(total)
