"""Figures of Plotly, Altair and Bokeh are drawn in frames, out of which nothing reaches page or visitors."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.conftest import Serve

RECORDED = Path(__file__).resolve().parents[1] / "unit/components/outputs/figures"
FIGURE_TS = Path(__file__).resolve().parents[2] / "web/src/components/outputs/figure.ts"
DRAWN = {"plotly": ".main-svg .xtick", "altair": "svg.marks path", "bokeh": ".bk-Figure"}

STOLEN = "https://stolen.example.com/x.png"
SCRIPT = (
    f"<img src='{STOLEN}' onerror='parent.hit=1'><script>parent.hit=1</script><b onclick='parent.hit=1'>b</b>"
)
LINK = (
    "<a href='javascript:parent.hit=1' target='_self'>go</a>"
    "<a href='https://stolen.example.com' target='_self'>"
)
STYLE = f"<span style=\"background:url({STOLEN})\">s</span><style>@import '{STOLEN}'</style>"
HTML = f"{SCRIPT}{LINK}{STYLE}"
SCHEMA = "https://example.com/schema"

PLOTLY = {
    "data": [
        {
            "type": "scatter",
            "x": [1, 2],
            "y": [1, 2],
            "name": HTML,
            "text": [HTML, HTML],
            "mode": "markers+text",
            "hovertemplate": f"{HTML}%{{y:(function(){{parent.hit=1}})()}}",
        }
    ],
    "layout": {
        "title": {"text": HTML},
        "annotations": [{"text": HTML, "x": 1, "y": 1}],
        "images": [{"source": STOLEN, "x": 0, "y": 1, "sizex": 1, "sizey": 1}],
        "font": {"family": f"x;background:url({STOLEN})"},
    },
    "config": {"plotlyServerURL": "https://stolen.example.com", "topojsonURL": "https://stolen.example.com/"},
}
LITE = {
    "$schema": f"{SCHEMA}/vega-lite/v6.json",
    "title": HTML,
    "data": {"values": [{"a": 1, "u": STOLEN, "j": "javascript:parent.hit=1"}]},
    "mark": {"type": "image", "width": 50, "height": 50, "tooltip": {"content": "data"}},
    "encoding": {
        "x": {"field": "a", "type": "quantitative", "title": HTML},
        "url": {"field": "u"},
        "href": {"field": "j"},
    },
    "usermeta": {"embedOptions": {"loader": {"baseURL": "https://stolen.example.com"}}},
}
ESCAPE = "toString.constructor('parent.hit=1')()"
VEGA = {
    "$schema": f"{SCHEMA}/vega/v6.json",
    "width": 100,
    "height": 100,
    "data": [
        {"name": "a", "values": [{"x": 1}], "transform": [{"type": "formula", "as": "y", "expr": ESCAPE}]}
    ],
    "marks": [{"type": "image", "encode": {"enter": {"url": {"value": STOLEN}, "width": {"value": 9}}}}],
}


PRESS_ALL = """() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((each) => [each, ...inside(each)]);
  const inside = (element) => (element.shadowRoot === null ? [] : all(element.shadowRoot));
  for (const element of all(document))
    for (const kind of ["mouseover", "mousemove", "mousedown", "mouseup", "click", "dblclick"])
      element.dispatchEvent(new MouseEvent(kind, { bubbles: true, composed: true, cancelable: true }));
}"""


def model(name: str, number: int, **attributes: Any) -> dict[str, Any]:
    """Return a model as Bokeh writes it."""
    return {"type": "object", "name": name, "id": str(number), "attributes": attributes}


COLUMNS = {"type": "map", "entries": [["x", [1]], ["u", [STOLEN]]]}
BOKEH = {
    "version": "3.10.0",
    "title": "",
    "roots": [
        model("Column", 1, children=[
            model("Div", 2, text=HTML),
            model("Figure", 3, width=300, height=200, title=model("Title", 4, text=HTML), renderers=[
                model("GlyphRenderer", 5,
                    data_source=model("ColumnDataSource", 6, data=COLUMNS),
                    glyph=model("ImageURL", 7, x={"field": "x"}, y={"value": 1}, url={"field": "u"}),
                ),
            ]),
        ]),
    ],
}  # fmt: skip

SHOWN = {
    "plotly": ".main-svg .point",
    "lite": "svg.marks image",
    "bokeh": ".bk-Figure",
}
HOSTILE = {"plotly": PLOTLY, "lite": LITE, "vega": VEGA, "bokeh": BOKEH}


def catalog(figures: dict[str, list[Any]]) -> dict[str, str]:
    """Return demos that yield these figures, one after the other."""
    code = "import json\n" + "".join(
        f"def {name}():\n    yield from json.loads({json.dumps(values)!r})\n"
        for name, values in figures.items()
    )
    demos = {
        f"demos/{name}.yaml": f"gradstream: 1\ngenerator: made.{name}\noutputs:\n  figure: plot\n"
        for name in figures
    }
    return {"demos/made.py": code, **demos}


def opened(page: Page, url: str) -> FrameLocator:
    """Run a demo, and return the frame of its figure."""
    page.goto(url)
    page.get_by_role("button", name="Run").click()
    return page.frame_locator("iframe[title=Figure]")


def drawn(frame: FrameLocator, library: str) -> None:
    """Wait until a figure of a library is there."""
    expect(frame.locator(DRAWN[library]).first).to_be_attached()


@pytest.mark.parametrize("library", DRAWN)
def test_figures_are_drawn_saved_and_shown_large(browser: Browser, serve: Serve, library: str) -> None:
    """A visitor sees the figure as high as it is, saves a picture of it, and shows it large."""
    page = browser.new_page(color_scheme="dark")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    values = [json.loads((RECORDED / f"{library}-{amount}.json").read_text()) for amount in (40, 41)]
    server = serve(catalog({library: values}))
    frame = opened(page, f"{server.url}/demos/{library}")
    drawn(frame, library)
    box = page.locator("iframe")
    page.wait_for_function("() => document.querySelector('iframe').offsetHeight > 250")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as a picture").click()
    assert saved.value.suggested_filename == "figure.png"
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    page.get_by_role("button", name="Show large").click()
    expect(page.get_by_role("dialog", name="Figure")).to_be_visible()
    page.wait_for_function("() => document.querySelector('iframe').offsetHeight > innerHeight - 100")
    drawn(frame, library)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_function("() => document.querySelector('iframe').offsetHeight < innerHeight - 100")
    drawn(frame, library)
    assert "Roots" in (box.get_attribute("aria-description") or "")
    # One script, loaded once.
    scripts = [url for url in asked if "/assets/figure-" in url]
    assert len(scripts) == 1
    assert all(url.startswith((server.url, "data:", "blob:")) for url in asked)
    page.close()


def test_zoom_stays_when_the_figure_grows(browser: Browser, serve: Serve) -> None:
    """What a visitor has zoomed into is still seen when the next figure comes."""
    page = browser.new_page()
    values = [json.loads((RECORDED / f"plotly-{amount}.json").read_text()) for amount in (40, 41)]
    server = serve(catalog({"plotly": values}))
    frame = opened(page, f"{server.url}/demos/plotly")
    drawn(frame, "plotly")
    area = frame.locator(".nsewdrag").first.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + area["width"] * 0.4, area["y"] + area["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.6, area["y"] + area["height"] * 0.5, steps=4)
    page.mouse.up()
    zoomed = frame.locator(".xtick text").first
    expect(zoomed).not_to_have_text("0")
    seen = frame.locator(".xtick").all_inner_texts()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    assert frame.locator(".xtick").all_inner_texts() == seen
    page.close()


def test_nothing_in_a_figure_reaches_the_page(browser: Browser, serve: Serve) -> None:
    """No script runs, nothing is fetched, and no link leads anywhere, pointed at and pressed."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("response", lambda response: asked.append(response.url))
    page.on("popup", lambda popup: asked.append(f"stolen by {popup.url}"))
    server = serve(catalog({name: [figure] for name, figure in HOSTILE.items()}))
    for name in HOSTILE:
        opened(page, f"{server.url}/demos/{name}")
        expect(page.get_by_role("button", name="Run")).to_be_visible()
        frame = page.frames[-1]
        if name in SHOWN:
            expect(frame.locator(SHOWN[name]).first).to_be_attached()
        else:
            # An expression that would reach a function's constructor is not interpreted at all.
            expect(page.get_by_text("Cannot be drawn: Illegal callee type")).to_be_visible()
        frame.evaluate(PRESS_ALL)
        box = page.locator("iframe").bounding_box()
        assert box is not None
        for share in (0.2, 0.4, 0.5, 0.6, 0.8):
            page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * share)
            page.mouse.down()
            page.mouse.up()
        assert frame.evaluate("document.querySelectorAll('script').length") == 1, name
        assert page.evaluate("window.hit") is None, name
        assert frame.evaluate("self.origin") == "null"
        assert frame.url.startswith(f"{server.url}/frame/"), name
        assert page.url.startswith(f"{server.url}/demos/{name}")
        assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    assert [url for url in asked if "stolen" in url] == []
    page.close()


def test_a_figure_that_cannot_be_drawn_says_why(browser: Browser, serve: Serve) -> None:
    """The reason of the library is on the card, and the next figure takes its place."""
    page = browser.new_page()
    bad = {"data": [{"type": "nonsense"}], "layout": {}}
    good = json.loads((RECORDED / "plotly-40.json").read_text())
    chart = {"$schema": f"{SCHEMA}/vega-lite/v6.json", "mark": "nonsense", "data": {"values": [{"a": 1}]}}
    unknown = {"version": "3.10.0", "title": "", "roots": [model("Nonsense", 1)]}
    server = serve(catalog({"plotly": [bad], "lite": [chart], "bokeh": [unknown], "both": [bad, good]}))
    for name in ("plotly", "lite", "bokeh"):
        opened(page, f"{server.url}/demos/{name}")
        expect(page.get_by_text("Cannot be drawn: ")).to_be_visible()
    drawn(opened(page, f"{server.url}/demos/both"), "plotly")
    expect(page.get_by_text("Cannot be drawn: ")).to_have_count(0)
    page.close()


def test_plotly_is_loaded_as_far_as_it_is_needed(browser: Browser, serve: Serve) -> None:
    """Common figures get by with the smaller script, all others are drawn by the whole one."""
    page = browser.new_page()
    candles = {"type": "candlestick", "x": [1], "open": [1], "high": [3], "low": [0], "close": [2]}
    pie = {"type": "pie", "values": [1, 2]}
    server = serve(catalog({"candles": [{"data": [candles]}], "pie": [{"data": [pie]}]}))
    frame = opened(page, f"{server.url}/demos/pie")
    expect(frame.locator(".pielayer path").first).to_be_attached()
    known = page.frames[-1].evaluate("Object.keys(Plotly.PlotSchema.get().traces).sort()")
    assert known == sorted(re.findall(r'^  "(\w+)",$', FIGURE_TS.read_text(), re.MULTILINE))
    frame = opened(page, f"{server.url}/demos/candles")
    expect(frame.locator(".boxlayer path").first).to_be_attached()
    page.close()
