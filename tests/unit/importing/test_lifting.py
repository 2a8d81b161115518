"""What is taken along of an app's module: what the functions need, and what is set of other modules."""

from pathlib import Path

import pytest

from gradstream.importing.app import import_app

APP = """\
import os
import gradio as gr
{lines}

def f(text):
    return {used}

gr.Interface(f, "text", "text").launch()
"""


def module(folder: Path, lines: str, used: str) -> str:
    """Return the module that becomes of an app with these lines, and a function that uses this."""
    app = folder / "app.py"
    app.write_text(APP.format(lines=lines, used=used), encoding="utf-8")
    found = import_app(app, name="demo", folder=folder / "demos", root=folder)
    return found.files["demo.py"]


@pytest.mark.parametrize(
    ("lines", "used"),
    [
        ('os.environ["TOKENIZERS_PARALLELISM"] = "false"', "text"),
        ("import decimal\ndecimal.getcontext().prec = 3", "text"),
        ("import decimal as d\nd.DefaultContext.prec = 3", "text"),
        ('import xml.dom\nimport xml as x\nx.use("it")', "xml.dom"),
        ("import random\nrandom.seed(0)", "random.random()"),
        ("SIZE = 3\nimport decimal\ndecimal.getcontext().prec = SIZE", "text"),
    ],
)
def test_what_is_set_of_a_module_comes_along(tmp_path: Path, lines: str, used: str) -> None:
    """The module imports what is set, and sets it as the app does."""
    text = module(tmp_path, lines, used)
    for line in lines.splitlines():
        assert line in text
    compile(text, "demo.py", "exec")


@pytest.mark.parametrize(
    "lines",
    [
        'os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"',
        "import random\nrandom.seed(0)",
        "gr.themes.Default = None",
    ],
)
def test_what_only_the_other_tool_reads_stays(tmp_path: Path, lines: str) -> None:
    """What concerns the other tool, and what is done to a module that no function uses, is left out."""
    assert "import" not in module(tmp_path, lines, "text")
