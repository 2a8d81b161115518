"""The functions of an app are given dates as Gradio gives them."""

from datetime import date, datetime
from pathlib import Path
from runpy import run_path

import pytest
from msgspec import yaml

from gradstream.importing.app import import_app

APP = """\
import gradio as gr


def show(when):
    return when


demo = gr.Interface(show, gr.DateTime({arguments}), "text")
"""
DAY = date.fromisoformat("2026-05-17")
MIDNIGHT = datetime.fromisoformat("2026-05-17T00:00")
MOMENT = datetime.fromisoformat("2026-05-17T09:30")


@pytest.mark.parametrize(
    ("arguments", "kind", "chosen", "given"),
    [
        ("", "datetime", MOMENT, MOMENT.timestamp()),
        ("", "datetime", None, None),
        ('timezone="Asia/Tokyo"', "datetime", MOMENT, 1778977800.0),
        ('type="string"', "datetime", MOMENT, "2026-05-17 09:30:00"),
        ('type="datetime"', "datetime", MOMENT, MOMENT),
        ("include_time=False", "date", DAY, MIDNIGHT.timestamp()),
        ('include_time=False, type="string"', "date", DAY, "2026-05-17"),
        ('include_time=False, type="string"', "date", None, None),
    ],
)
def test_dates(tmp_path: Path, arguments: str, kind: str, chosen: date | None, given: object) -> None:
    """A date is a number, a text or a date, by the component's `type`."""
    app = tmp_path / "app.py"
    app.write_text(APP.replace("{arguments}", arguments), encoding="utf-8")
    found = import_app(app, name="when", folder=tmp_path / "demos", root=tmp_path)
    demo = yaml.decode(found.files["when.yaml"])
    assert demo["inputs"] == {"when": kind}
    module = tmp_path / "when.py"
    module.write_text(found.files["when.py"], encoding="utf-8")
    assert run_path(str(module))[demo["generator"].partition(".")[2]](chosen) == given
    assert found.remarks == []
