"""The output kind `plot`: a figure of Matplotlib, as a picture, or of Plotly, Altair or Bokeh, as its JSON.

Figure | Axes | grid of seaborn | pyplot --drawn at the yield--> {"blob", "mime", "size", …}
figure of Plotly, Altair, Bokeh, or its JSON  --written at the yield--> {"library", "figure"}
"""

from collections.abc import Mapping
from typing import Any

from gradstream.components.outputs.bokeh_figure import take_bokeh
from gradstream.components.outputs.delivery import Delivery, Replace
from gradstream.components.outputs.figure import FIGURE
from gradstream.components.outputs.image import PICTURE
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.matplotlib_figure import Matplotlib, is_matplotlib
from gradstream.components.outputs.plotly_figure import take_plotly
from gradstream.components.outputs.vega_figure import take_vega
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

LEVELS = 16
"""Down to the columns of a figure of Bokeh in a layout."""


class PlotOutput(OutputKind):
    """Shows one figure; each yield takes the place of the last one."""

    def __init__(self) -> None:
        self._matplotlib = Matplotlib()

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where the figure's picture is kept, or the figure's JSON. Raises UnusableYieldError."""
        if value is None:
            return None
        if is_matplotlib(value):
            return self._matplotlib.draw(value, output.name, store)
        figure = take_plotly(value, store) or take_vega(value, store) or take_bokeh(value, store)
        if figure is None:
            raise UnusableYieldError(
                "expected a figure of Matplotlib (or its axes, or pyplot), of Plotly, Altair or Bokeh, or "
                f"the JSON of one of these three, got {_found(value)}: pictures are for an output `type: "
                "image`, rows for `type: chart`"
            )
        return figure

    def delivery(self, output: Output) -> Delivery:
        """Return that each step replaces the figure; of a larger one, the difference is sent."""
        return Replace(self.encode, levels=LEVELS)

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a reference to a picture, of a figure, or null."""
        return {"anyOf": [PICTURE, FIGURE, {"type": "null"}]}

    def prepare(self) -> None:
        """Have Matplotlib draw without a window."""
        self._matplotlib.prepare()


KINDS: Mapping[str, OutputKind] = {"plot": PlotOutput()}


def _found(value: Any) -> str:
    if not isinstance(value, Mapping):
        return kind_name(value)
    return (
        "a mapping that has neither `data` and `layout` (Plotly), nor `$schema` (Vega), nor `roots` and "
        "`version` (Bokeh)"
    )
