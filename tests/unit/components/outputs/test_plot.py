"""Figures of Matplotlib as pictures, and what pyplot keeps of them."""

import gc
import os
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import matplotlib
import numpy as np
import pytest
from jsonschema import Draft7Validator
from matplotlib.figure import Figure

from gradstream.components.outputs.matplotlib_figure import Matplotlib
from gradstream.components.outputs.plot import PlotOutput
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output

matplotlib.use("agg")

from matplotlib import pyplot as plt

OF = output("plot")


@pytest.fixture(autouse=True)
def no_figures() -> Iterator[None]:
    """Leave pyplot without figures."""
    yield
    plt.close("all")


def draw(value: Any, store: MemoryStore | None = None) -> Any:
    """Encode a value and hold it to the kind's schema."""
    kind = PlotOutput()
    shown = kind.encode(value, OF, store or MemoryStore())
    Draft7Validator(kind.json_schema(OF)).validate(shown)
    return shown


def figure() -> Figure:
    """Return a figure that pyplot does not know."""
    made = Figure(figsize=(2, 1))
    made.subplots().plot([1, 2])
    return made


def test_every_form() -> None:
    """Figures, axes, grids that have a figure, and pyplot, at twice the figure's own pixels."""
    plt.figure(figsize=(2, 1)).subplots().plot([1, 2])
    made = figure()
    for value in (made, made.axes[0], SimpleNamespace(figure=made), plt):
        store = MemoryStore()
        shown = draw(value, store)
        assert (shown["width"], shown["height"], shown["mime"]) == (400, 200, "image/png")
        assert store.kept[0][0].startswith(b"\x89PNG")
    assert draw(None) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            np.zeros((2, 2)),
            (
                "expected a figure of Matplotlib (or its axes, or pyplot), of Plotly, Altair or Bokeh, or "
                "the JSON of one of these three, got numpy.ndarray: pictures are for an output "
                "`type: image`, rows for `type: chart`"
            ),
        ),
        (plt, "pyplot has no figure: draw one before you yield it"),
    ],
    ids=["array", "no figure"],
)
def test_what_is_no_figure(value: Any, text: str) -> None:
    """The message says what was found and what to do."""
    with pytest.raises(UnusableYieldError) as caught:
        draw(value)
    assert str(caught.value) == text


def test_what_matplotlib_cannot_draw_is_told() -> None:
    """A mistake in a formula is the developer's, in Matplotlib's words."""
    made = figure()
    made.suptitle(r"$\nonsense$")
    with pytest.raises(UnusableYieldError, match="Matplotlib cannot draw the figure: "):
        draw(made)


def test_pyplot_keeps_one_figure_of_a_run_and_none_after_it() -> None:
    """A loop that makes a figure a step does not fill the memory."""
    kind, store = PlotOutput(), MemoryStore()
    for _ in range(3):
        made, axes = plt.subplots()
        axes.plot([1, 2])
        kind.encode(made, OF, store)
        kind.encode(plt, OF, store)
        assert plt.get_fignums() == [made.number]
    kind.encode(plt, OF, store)
    assert len(plt.get_fignums()) == 1
    del store
    gc.collect()
    assert plt.get_fignums() == []


def test_no_window_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The backend is the one without windows, unless the environment names another."""
    chosen: list[str] = []
    monkeypatch.setitem(sys.modules, "matplotlib", SimpleNamespace(use=chosen.append))
    monkeypatch.setenv("MPLBACKEND", "svg")
    Matplotlib().prepare()
    assert chosen == []
    monkeypatch.delenv("MPLBACKEND")
    Matplotlib().prepare()
    assert (chosen, os.environ["MPLBACKEND"]) == (["agg"], "agg")
