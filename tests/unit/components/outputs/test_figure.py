"""Figures of Plotly, Altair and Bokeh as JSON. `figures/` has what these libraries have written."""

import base64
import gzip
import json
import math
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest
from jsonschema import Draft7Validator

from gradstream.components.outputs.chat_content import encode_content
from gradstream.components.outputs.plot import LEVELS, PlotOutput
from gradstream.components.outputs.text import TextOutput
from gradstream.components.types import UnusableYieldError
from gradstream.limits import WORKER_LIMITS
from gradstream.worker.outputs.diff import edits_between
from tests.unit.components.fields import MemoryStore, output

OF = output("plot")
FIGURES = Path(__file__).parent / "figures"
BOKEH_ROOT = ["figure", "roots", 0, "attributes", "renderers", 0, "attributes"]
BOKEH_DATA = [*BOKEH_ROOT, "data_source", "attributes", "data", "entries"]


def recorded(name: str) -> Any:
    """Return what a library has written."""
    return json.loads((FIGURES / f"{name}.json").read_text())


def of_library(module: str, **methods: Any) -> Any:
    """Return an object whose class is from a library's module."""
    return type("Figure", (), {"__module__": module, **methods})()


def encode(value: Any, store: MemoryStore | None = None) -> Any:
    """Encode a value and hold it to the kind's schema."""
    kind = PlotOutput()
    shown = kind.encode(value, OF, store or MemoryStore())
    Draft7Validator(kind.json_schema(OF)).validate(shown)
    return shown


def refusal(value: Any) -> str:
    """Return why a value is refused."""
    with pytest.raises(UnusableYieldError) as caught:
        encode(value)
    return str(caught.value)


def edits(name: str) -> Any:
    """Return what is sent when a figure of 40 points gets another."""
    shown, new = encode(recorded(f"{name}-40")), encode(recorded(f"{name}-41"))
    return edits_between(shown, new, size=len(msgspec.json.encode(new)), levels=LEVELS)


def test_each_library_writes_its_own_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure is what its library writes, and the same as its JSON."""
    plotly, altair, bokeh = (recorded(f"{name}-40") for name in ("plotly", "altair", "bokeh"))
    monkeypatch.setitem(sys.modules, "bokeh.embed", SimpleNamespace(json_item=lambda _: bokeh))
    made = {
        "plotly": (of_library("plotly.graph_objs._figure", to_json=lambda _: json.dumps(plotly)), plotly),
        "vega-lite": (of_library("altair.vegalite.v6.api", to_dict=lambda _: altair), altair),
        "bokeh": (of_library("bokeh.plotting._figure"), bokeh),
    }
    for library, (figure, written) in made.items():
        shown = encode(figure)
        assert (shown["library"], shown) == (library, encode(written))
    document = of_library("bokeh.document.document", add_root=print, to_json=lambda _: bokeh["doc"])
    assert encode(document) == encode(bokeh["doc"]) == encode(bokeh)


def test_one_more_point_costs_a_point() -> None:
    """New names, numbers and packed arrays of a library do not make the next figure another one."""
    x, y = 40, math.sqrt(40)
    assert edits("plotly") == [
        ("insert", ["figure", "data", 0, "x", 40], x),
        ("insert", ["figure", "data", 0, "y", 40], y),
    ]
    row = {"day": "2020-02-10T00:00:00", "root": round(y, 3)}
    assert edits("altair") == [("insert", ["figure", "datasets", "data-1", 40], row)]
    assert edits("bokeh") == [
        ("insert", [*BOKEH_DATA, 0, 1, 40], x),
        ("insert", [*BOKEH_DATA, 1, 1, 40], y),
    ]


def test_names_of_charts_follow_from_the_charts() -> None:
    """Names are numbered in a chart; what only looks like such a name, in data or in a text, stays."""
    chart = recorded("altair-40")
    chart["params"].append({"name": "param_77", "expr": "param_77 + 1"})
    chart["datasets"]["own"] = [{"day": "param_77"}]
    figure = encode(chart)["figure"]
    assert [param["name"] for param in figure["params"]] == ["param_1", "param_2"]
    assert figure["params"][1]["expr"] == "param_2 + 1"
    assert figure["data"] == {"name": "data-1"}
    assert list(figure["datasets"]) == ["data-1", "own"]
    assert figure["datasets"]["own"] == [{"day": "param_77"}]


def test_arrays_of_mappings() -> None:
    """Arrays in a figure's mapping are lists; what is no number has no place in JSON, and is none."""
    shown = encode({"data": [{"type": "heatmap", "z": np.array([[1.0, np.nan]])}], "layout": {}})
    assert shown["figure"]["data"][0]["z"] == [[1.0, None]]
    packed = base64.b64encode(np.arange(6, dtype="<f4").tobytes()).decode()
    z = {"dtype": "f4", "bdata": packed, "shape": "2, 3"}
    assert encode({"data": [{"z": z}]})["figure"]["data"][0]["z"] == [[0, 1, 2], [3, 4, 5]]
    unknown = {"dtype": "c16", "bdata": packed}
    assert encode({"data": [{"z": unknown}]})["figure"]["data"][0]["z"] == unknown


def bokeh_array(items: Any, **changes: Any) -> Any:
    """Return a document with an array as Bokeh writes it, and the same array after encoding."""
    data = base64.b64encode(gzip.compress(items.tobytes())).decode()
    array = {
        "type": "ndarray",
        "array": {"type": "bytes", "data": data},
        "shape": list(items.shape),
        "dtype": items.dtype.name,
        "order": "little",
        **changes,
    }
    return encode({"version": "3", "roots": [array]})["figure"]["roots"][0]


def test_arrays_of_bokeh() -> None:
    """Arrays of one dimension are lists, with Bokeh's own form of what is no number."""
    nan, low, high = ({"type": "number", "value": name} for name in ("nan", "-inf", "+inf"))
    assert bokeh_array(np.array([1.5, np.nan, -np.inf, np.inf])) == [1.5, nan, low, high]
    assert bokeh_array(np.zeros((2, 2)))["type"] == "ndarray"
    assert bokeh_array(np.zeros(2), order="big")["type"] == "ndarray"
    assert bokeh_array(np.zeros(2), array=["a", "b"], dtype="object") == ["a", "b"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            {"data": 5},
            (
                "expected a figure of Matplotlib (or its axes, or pyplot), of Plotly, Altair or Bokeh, or "
                "the JSON of one of these three, got a mapping that has neither `data` and `layout` "
                "(Plotly), nor `$schema` (Vega), nor `roots` and `version` (Bokeh): pictures are for an "
                "output `type: image`, rows for `type: chart`"
            ),
        ),
        (
            {"data": [{"type": "scattergeo"}]},
            (
                "a map of Plotly (scattergeo) fetches its ground from other servers, which the page does "
                "not: yield a figure of Matplotlib, or a scatter of longitudes and latitudes"
            ),
        ),
        (
            {
                "$schema": "https://example.com/schema/vega-lite/v6.json",
                "hconcat": [{"data": {"url": "https://example.com/cars.json"}}],
            },
            (
                "the chart's data are at https://example.com/cars.json, and nothing is fetched from there: "
                "read them in the function, and give the chart a data frame"
            ),
        ),
        (
            {"$schema": "https://example.com/schema/vega/v6.json", "data": [{"url": "/api/demos"}]},
            (
                "the chart's data are at /api/demos, and nothing is fetched from there: read them in the "
                "function, and give the chart a data frame"
            ),
        ),
        (
            of_library("altair.vegalite.v6.schema.core", to_dict=lambda _: {"type": "bar"}),
            "a part of a chart (Figure) cannot be shown alone: yield its chart",
        ),
        (
            {"version": "3", "roots": [{"type": "object", "name": "CustomJSHover", "id": "1"}]},
            (
                "the figure has JavaScript in it (CustomJSHover, which js_on_change and js_link make too), "
                "and no script that comes with a value runs in the page: leave it out, and make what a "
                "visitor changes an input of the demo"
            ),
        ),
        (
            {"version": "3", "roots": [{"type": "object", "name": "DataTable", "id": "1"}]},
            "a table of Bokeh (DataTable) is not shown: yield its rows to an output `type: table`",
        ),
        (
            {"data": [{"x": {"dtype": "f8", "bdata": "AAAA"}}]},
            (
                "an array of the figure is damaged: iterative unpacking requires a buffer of a multiple of 8 "
                "bytes"
            ),
        ),
    ],
)
def test_what_is_refused(value: Any, text: str) -> None:
    """The message says what was found and what to do."""
    assert refusal(value) == text


def test_mistakes_are_told_in_the_librarys_words() -> None:
    """What a library says against its own figure is the reason of the failure."""

    def fail(_: Any) -> None:
        raise ValueError("no field `zz`")

    assert refusal(of_library("altair.vegalite", to_dict=fail)) == (
        "Altair cannot write the figure: no field `zz`"
    )


def test_a_figure_has_a_bound() -> None:
    """A figure with too many points is refused, and an array that is packed as a bomb is not unpacked."""
    many = "7" * (WORKER_LIMITS.figure_bytes + 1)
    assert refusal({"data": [{"name": many}]}) == (
        "a figure of 8.4 MB; one has at most 8.4 MB: draw fewer points, or a figure of Matplotlib, which is "
        "sent as a picture"
    )
    assert refusal({"version": "3", "roots": [_bomb()]}).startswith("a figure of 16.8 MB")


def _bomb() -> Any:
    data = base64.b64encode(gzip.compress(bytes(10 * WORKER_LIMITS.figure_bytes))).decode()
    return {
        "type": "ndarray",
        "array": {"type": "bytes", "data": data},
        "shape": [10 * WORKER_LIMITS.figure_bytes],
        "dtype": "uint8",
        "order": "little",
    }


def test_pictures_that_are_not_fetched_are_told_of() -> None:
    """A picture at an address is missing in the figure, and the log says so."""
    store = MemoryStore()
    images = [{"source": "https://example.com/logo.png"}, {"source": "data:image/png;base64,"}]
    encode({"data": [], "layout": {"images": images}}, store)
    (remark,) = store.remarks
    assert remark == (
        "the figure's picture https://example.com/logo.png is not shown: nothing is fetched from other "
        "servers; give it to Plotly as an image of Pillow"
    )


def test_other_kinds_point_to_this_one() -> None:
    """A figure for a text or in a message is refused with the kind that shows it."""
    figure = of_library("plotly.graph_objs._figure", to_json=str)
    with pytest.raises(UnusableYieldError, match="yield it to an output `type: plot`"):
        TextOutput().encode(figure, output("text"), MemoryStore())
    with pytest.raises(UnusableYieldError, match=r"a message shows no figure of Plotly: .* `type: plot`"):
        encode_content(figure, MemoryStore())


def test_no_library_is_imported() -> None:
    """Who yields no figure of a library does not wait for it."""
    with pytest.raises(UnusableYieldError):
        encode(np.zeros(2))
    encode(recorded("bokeh-40"))
    assert not {"plotly", "altair", "bokeh"} & set(sys.modules)
