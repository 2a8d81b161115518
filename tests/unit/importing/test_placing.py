"""Files that lie beside an app: in examples, as first values, and in functions that read them."""

import runpy
from collections.abc import Mapping
from pathlib import Path

from gradstream.importing.app import import_app

APP = """
import os
from pathlib import Path

import gradio as gr

HERE = os.path.dirname(__file__)
LION = os.path.join(HERE, "lion.jpg")
PICTURES = [[LION], ["https://example.org/cat.jpg"], [os.path.join(HERE, "dog.jpg")]]


def described(picture, papers):
    return Path(HERE, "words.txt").read_text()


gr.Interface(
    described,
    [gr.Image(LION), gr.File(["words.txt", "lost.txt"], file_count="multiple")],
    "text",
    examples=PICTURES,
)
"""

YAML = """\
title: Shown
generator: shown.described
inputs:
  picture:
    type: image
    default: ../lion.jpg
  papers:
    type: file
    multiple: true
    default: [../words.txt]
outputs:
  result: text
examples:
  - picture: ../lion.jpg
"""

MODULE = '''\
"""Functions of app.py."""

import os
from pathlib import Path

APP = os.path.abspath(os.path.join(os.path.dirname(__file__), "../app.py"))

HERE = os.path.dirname(APP)


def described(picture, papers):
    return Path(HERE, "words.txt").read_text()
'''

REPORT = [
    "18: the file of `File` is not there: lost.txt",
    "20: the file of an example is an address: download it, and write its path here: https://example.org/cat.jpg",
    "20: the file of an example is not there: dog.jpg",
]


def imported(folder: Path, to: str) -> tuple[Mapping[str, str], list[str]]:
    """Write an app and its files, translate it, and return what was made and what was said."""
    for name, text in {"app.py": APP, "words.txt": "a lion", "lion.jpg": ""}.items():
        (folder / name).write_text(text)
    found = import_app(folder / "app.py", name="shown", folder=folder / to, root=folder)
    return found.files, [f"{each.line}: {each.text}" for each in found.remarks]


def test_files_beside_the_app_are_found_from_the_demo(tmp_path: Path) -> None:
    """Paths of the app become paths from the YAML, and functions go on reading beside the app."""
    files, said = imported(tmp_path, "demos")
    assert files["shown.yaml"] == YAML
    assert files["shown.py"] == MODULE
    assert said == REPORT
    module = tmp_path / "demos" / "shown.py"
    module.parent.mkdir()
    module.write_text(files["shown.py"])
    assert runpy.run_path(str(module))["described"](None, None) == "a lion"


def test_a_module_beside_the_app_reads_beside_itself(tmp_path: Path) -> None:
    """Where the module is in the folder of the app, its own place is right."""
    assert "HERE = os.path.dirname(__file__)" in imported(tmp_path, ".")[0]["shown.py"]
