"""Components that the functions of an app return are changes of what is on the page."""

from pathlib import Path

import pytest

from gradstream.importing.app import import_app

APP = """\
import gradio as gr


def change(n):
    return {returned}


with gr.Blocks() as demo:
    n = gr.Slider(1, 10, label="N")
    gr.Button("Go").click(change, n, n)
"""


@pytest.mark.parametrize(
    ("returned", "written", "remarks"),
    [
        ("gr.Slider(1, n * 2, value=n)", "gradstream.update(minimum=1, maximum=n * 2, value=n)", []),
        ('gr.Slider(maximum=n, height=30, elem_id="n")', "gradstream.update(maximum=n)", []),
        ("gr.update(value=n, container=False, **{})", "gradstream.update(value=n, **{})", []),
        ('gr.Slider(n, info="So far", scale=2)', 'gradstream.update(minimum=n, info="So far")', []),
        (
            "gr.Slider(value=n, randomize=True)",
            "gradstream.update(value=n)",
            ["`randomize` of an update is not translated"],
        ),
    ],
)
def test_what_is_changed(tmp_path: Path, returned: str, written: str, remarks: list[str]) -> None:
    """What a component has is changed, what is of looks alone is dropped, and anything else is said."""
    app = tmp_path / "app.py"
    app.write_text(APP.replace("{returned}", returned), encoding="utf-8")
    found = import_app(app, name="change", folder=tmp_path / "demos", root=tmp_path)
    assert f"    return {written}\n" in found.files["change.py"]
    assert [each.text for each in found.remarks] == remarks
