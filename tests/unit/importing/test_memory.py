"""What functions of an app keep between calls, and what is left out of it."""

from pathlib import Path
from runpy import run_path

import pytest

from gradstream.importing.app import import_app
from gradstream.importing.rewriting import NOT_KEPT
from gradstream.importing.types import AppFiles

APP = """\
import gradio as gr


{head}
    {body}


demo = gr.Interface(square, "number", "number")
"""


def imported(folder: Path, head: str, body: str) -> AppFiles:
    """Translate the app with this function."""
    app = folder / "app.py"
    app.write_text(APP.replace("{head}", head).replace("{body}", body), encoding="utf-8")
    return import_app(app, name="square", folder=folder / "demos", root=folder)


def test_a_cache_that_a_function_is_given(tmp_path: Path) -> None:
    """A function finds under a key what it has kept there, the latest keys only."""
    body = 'found = c.get(n)\n    c.set(n, square=n * n)\n    return found and found["square"], len(c.keys())'
    found = imported(tmp_path, "def square(n, c=gr.Cache()):", body)
    module = tmp_path / "square.py"
    module.write_text(found.files["square.py"], encoding="utf-8")
    square = run_path(str(module))["on_square"]
    assert square(3) == (None, 1)
    assert square(3) == (9, 1)
    assert [square(n)[1] for n in range(4, 204)][-1] == 128
    assert found.remarks == []


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("@gr.cache\ndef square(n):", "return n * n"),
        ("@gr.cache()\ndef square(n):", "return n * n"),
        ("def square(n):", "return gr.cache(abs)(n)"),
    ],
)
def test_results_that_are_kept(tmp_path: Path, head: str, body: str) -> None:
    """Results are made anew at each call, which the line says."""
    found = imported(tmp_path, head, body)
    assert "cache" not in found.files["square.py"]
    assert [each.text for each in found.remarks] == [NOT_KEPT]
