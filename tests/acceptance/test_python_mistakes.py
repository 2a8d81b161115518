"""A mistake in Python quotes the line of Python, as one in YAML quotes YAML: in terminal, JSON and page."""

import json
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from tests.conftest import Serve, Server, write_catalog
from tests.forked_command import run_command
from tests.patience import PATIENCE_S

YAML = "gradstream: 1\ngenerator: made.run\noutputs:\n  out: text\n"
RUN = "def run():\n    yield 1\n"
CASES: dict[str, tuple[dict[str, str], tuple[str, int, str, str]]] = {
    "a syntax error": (
        {"demos/made.py": "def run()\n    yield 1\n"},
        ("demos/made.py", 1, "def run()", "E-PYTHON-SYNTAX"),
    ),
    "a syntax error in a helper": (
        {"demos/made.py": "import aid\n" + RUN, "demos/aid.py": "first = 1\nvalue = (1,\n"},
        ("demos/aid.py", 2, "value = (1,", "E-IMPORT"),
    ),
    "in the catalog's folder": (
        {"demos/made.py": "import aid\n" + RUN, "aid.py": "\nvalue = 1 / 0\n"},
        ("aid.py", 2, "value = 1 / 0", "E-IMPORT"),
    ),
    "a module that is not there": (
        {"demos/made.py": "x = 1\nimport nowhere_at_all\n" + RUN},
        ("demos/made.py", 2, "import nowhere_at_all", "E-IMPORT"),
    ),
    "raised in Python's own code": (
        {"demos/made.py": "import json\n\nif True:\n    json.loads('')\n" + RUN},
        ("demos/made.py", 4, "    json.loads('')", "E-IMPORT"),
    ),
    "a file that is not there": (
        {"demos/made.py": "open('/nowhere/at/all.npy')\n" + RUN},
        ("demos/made.py", 1, "open('/nowhere/at/all.npy')", "E-IMPORT"),
    ),
}


def check(folder: Path, *arguments: str) -> str:
    """Return what `gradstream check` prints, run in the folder."""
    return run_command(["check", *arguments], folder=folder).stdout


@pytest.mark.parametrize("case", CASES)
def test_the_report_quotes_the_line(tmp_path: Path, case: str) -> None:
    """Text and JSON have the Python file and line; the line is underlined."""
    files, (file, line, quoted, code) = CASES[case]
    folder = write_catalog(tmp_path, {"demos/made.yaml": YAML, **files})
    text = check(folder)
    assert f"{file}:{line}:" in text
    assert f"{line} | {quoted}\n" in text
    assert (
        "^" in text.splitlines()[[each.endswith(f"| {quoted}") for each in text.splitlines()].index(True) + 1]
    )
    (found,) = json.loads(check(folder, "--format", "json"))["diagnostics"]
    assert (found["file"], found["line"], found["code"]) == (file, line, code)
    indent = len(quoted) - len(quoted.lstrip())
    assert indent < found["column"] < found["end_column"] <= len(quoted) + 2
    assert "/nowhere" not in found["message"]


def test_names_are_as_those_of_the_yaml(tmp_path: Path) -> None:
    """Where YAML files are named as they were given, so are the Python files beside them."""
    write_catalog(tmp_path, {"shop/demos/made.yaml": YAML, "shop/demos/made.py": "1 / 0\n" + RUN})
    assert "shop/demos/made.py:1:1: error E-IMPORT" in check(tmp_path, "shop/demos/made.yaml")
    assert "made.py:1:1: error E-IMPORT" in check(tmp_path / "shop/demos", "made.yaml")


def _page_text(server: Server) -> str:
    demo: Mapping[str, list[dict[str, str]]] = httpx.get(
        f"{server.url}/api/demos/made", params={"open": 1}, cookies=server.developer, timeout=PATIENCE_S
    ).json()
    return "\n".join(each["text"] for each in demo["diagnostics"])


@pytest.mark.parametrize("options", [(), ("--no-dev",)], ids=["dev", "no-dev"])
def test_the_page_quotes_it_for_the_developer_only(serve: Serve, options: tuple[str, ...]) -> None:
    """Visitors read which file has the mistake, and no line of code."""
    files, (file, line, quoted, _) = CASES["a syntax error"]
    server = serve({"demos/made.yaml": YAML, **files}, *options)
    text = _page_text(server)
    assert f"{file}:{line}:" in text
    assert (f"| {quoted}" in text) == (not options)
    (entry,) = httpx.get(f"{server.url}/api/demos", timeout=PATIENCE_S).json()["demos"]
    assert entry["mistake"] == f"1 mistake in {file}, line {line}"
