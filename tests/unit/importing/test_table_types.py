"""The functions of an app are given tables in the form that they ask for."""

from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
import pytest
from msgspec import yaml

from gradstream.importing.app import import_app

APP = """\
import gradio as gr


def show(table):
    return table


demo = gr.Interface(show, gr.Dataframe(headers=["a", "b"], datatype="number"{arguments}), "json")
"""
ROWS = [{"a": 1.0, "b": 2.0}, {"a": 3.0, "b": 4.0}]
VALUES = [[1.0, 2.0], [3.0, 4.0]]


class Frame:
    """A data frame as far as it is used here."""

    def to_numpy(self) -> Any:
        """Return its values."""
        return np.array(VALUES)


FRAME = Frame()


@pytest.mark.parametrize(
    ("arguments", "form", "filled", "given"),
    [
        ("", "pandas", FRAME, FRAME),
        (', type="numpy"', "pandas", FRAME, np.array(VALUES)),
        (', type="numpy"', "pandas", None, None),
        (', type="array"', "rows", ROWS, VALUES),
        (', type="array"', "rows", None, []),
    ],
)
def test_forms_of_a_table(tmp_path: Path, arguments: str, form: str, filled: Any, given: Any) -> None:
    """A data frame, an array of NumPy or lists; an empty table is nothing, or no row."""
    app = tmp_path / "app.py"
    app.write_text(APP.format(arguments=arguments), encoding="utf-8")
    files = import_app(app, name="tables", folder=tmp_path, root=tmp_path).files
    demo = yaml.decode(files["tables.yaml"].encode())
    assert demo["inputs"]["table"]["as"] == form
    module = tmp_path / "tables.py"
    module.write_text(files["tables.py"], encoding="utf-8")
    function = demo["generator"].partition(".")[2]
    found = run_path(str(module))[function](filled)
    assert type(found) is type(given)
    assert np.array_equal(found, given) if isinstance(given, np.ndarray) else found == given
