"""A form with every plain kind of input, filled in by a visitor."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/form.yaml": """
gradstream: 1
title: Form
generator: form.show
inputs:
  toppings:
    type: checkboxes
    choices: [cheese, olives]
    default: [olives]
  loud: toggle
  ink: color
  day:
    type: date
    default: 2026-05-17
  clock: time
  start: datetime
  span:
    type: slider
    range: true
    maximum: 10
  tables:
    type: file
    multiple: true
    accept: .csv
  photo:
    type: image
    as: path
    default: ../samples/dot.png
  options: json
  script:
    type: code
    language: python
outputs:
  given: markdown
examples:
  With a table:
    tables: [../samples/days.csv]
    loud: true
""",
    "demos/form.py": """
from pathlib import Path

def show(toppings, loud, ink, day, clock, start, span, tables, photo, options, script):
    names = [Path(table).name for table in tables]
    given = (toppings, loud, ink, day, clock, start, span, names, Path(photo).name, options, script)
    yield "\\n".join(f"    {value!r}" for value in given)
""",
    "samples/days.csv": "a,b\n1,2\n",
    "samples/dot.png": "not looked at: the demo takes a path",
}


def test_every_kind_reaches_the_function(page: Page, serve: Serve, tmp_path: Path) -> None:
    """What is ticked, switched, picked, dragged, typed and chosen arrives as values of Python."""
    page.goto(f"{serve(FILES).url}/demos/form")
    page.get_by_label("cheese").check()
    page.get_by_role("switch", name="Loud").click()
    page.get_by_label("Ink, as text").fill("#F80")
    page.get_by_label("Day").fill("2026-06-01")
    page.get_by_label("Clock").fill("10:15")
    page.get_by_label("Start").fill("2026-06-01T10:15")
    page.get_by_label("Span, from", exact=True).press("ArrowRight")
    page.get_by_label("Span, to", exact=True).press("ArrowLeft")
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("x\n")
    page.get_by_label("Tables").set_input_files([tmp_path / "one.csv", tmp_path / "two.csv"])
    page.get_by_label("Script").fill("for x in y:\n")
    page.get_by_label("Script").press("Control+End")
    page.get_by_label("Script").press("Tab")
    page.keyboard.type("go(x)")
    options = page.get_by_label("Options")
    options.fill('{"size": }')
    expect(page.get_by_text("This is not JSON yet")).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(options).to_be_focused()
    expect(page.get_by_text("Options takes JSON, and this is none")).to_be_visible()
    options.fill('{"size": 3}')
    page.get_by_role("button", name="Run").click()
    given = page.get_by_role("region", name="Given").locator("code")
    expect(given).to_have_text(
        "['cheese', 'olives']\n"
        "True\n"
        "'#ff8800'\n"
        "datetime.date(2026, 6, 1)\n"
        "datetime.time(10, 15)\n"
        "datetime.datetime(2026, 6, 1, 10, 15)\n"
        "(1, 9)\n"
        "['one.csv', 'two.csv']\n"
        "'dot.png'\n"
        "{'size': 3}\n"
        "'for x in y:\\n    go(x)'"
    )
    page.get_by_role("button", name="With a table").click()
    expect(page.get_by_text("days.csv", exact=True)).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(given).to_contain_text("['days.csv']")
    expect(given).to_contain_text("datetime.date(2026, 5, 17)")
