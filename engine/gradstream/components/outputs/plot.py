"""The output kind `plot`: a figure of Matplotlib, as a picture.

Figure | Axes | grid of seaborn | pyplot --drawn at the yield--> {"blob", "mime", "size", …}

Figures of Plotly, Altair and Bokeh are refused: `docs/decisions/0019-plots.md` says why.
"""

from typing import Any

from gradstream.components.outputs.image import PICTURE
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.matplotlib_figure import Matplotlib, is_matplotlib
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

SCRIPTED = {"plotly": "Plotly", "altair": "Altair", "bokeh": "Bokeh"}
"""Libraries whose figures are drawn by a script of their own, by the name of their package."""


class PlotOutput(OutputKind):
    """Shows one figure; each yield takes the place of the last one."""

    def __init__(self) -> None:
        self._matplotlib = Matplotlib()

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where the figure's picture is kept. Raises UnusableYieldError."""
        if value is None:
            return None
        if is_matplotlib(value):
            return self._matplotlib.draw(value, output.name, store)
        refuse_scripted(value)
        raise UnusableYieldError(
            f"expected a figure of Matplotlib, axes of one, or pyplot, got {kind_name(value)}: pictures are "
            "for an output `type: image`, rows for `type: chart`"
        )

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a reference to a picture, or null."""
        return {**PICTURE, "type": ["object", "null"]}

    def prepare(self) -> None:
        """Have Matplotlib draw without a window."""
        self._matplotlib.prepare()


def refuse_scripted(value: Any) -> None:
    """Raise UnusableYieldError for a figure that is drawn by a script of its library."""
    library = SCRIPTED.get(type(value).__module__.partition(".")[0])
    if library is not None:
        raise UnusableYieldError(
            f"a figure of {library} needs a script of {library} in the page, which does not run any: "
            "yield a figure of Matplotlib, or rows to an output `type: chart`"
        )
