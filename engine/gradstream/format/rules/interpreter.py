"""Another Python for a demo's worker: `worker: {python: ../envs/old/bin/python}`, a path from the YAML on.

Whether there is such a file is seen here; whether it is a Python with gradstream, when a worker is started.
"""

import os
import shlex
import shutil
from pathlib import Path

from gradstream.document.types import Route
from gradstream.format.draft import DemoPlace, Draft
from gradstream.format.findings import Findings
from gradstream.format.types import Interpreter

ROUTE: Route = ("worker", "python")

CATALOG_FILE = "gradstream.yaml"


def read_interpreter(draft: Draft) -> Interpreter | None:
    """Return the Python that the demo's worker runs with; None for that of the server."""
    text = draft.values.get("worker", {}).get("python")
    if text is None:
        return None
    span = draft.document.span(ROUTE)
    # Under `defaults` the path is written in the catalog's file, and starts there.
    folder = draft.place.root if span.file == CATALOG_FILE else draft.place.folder
    return Interpreter(path=interpreter_path(text, folder), text=text, span=span)


def interpreter_path(text: str, folder: str) -> str:
    """Return the absolute path; links stay, because a virtual environment is known by the path to its own."""
    return os.path.normpath(Path(folder, text))


def beside(text: object, place: DemoPlace) -> tuple[str, ...]:
    """Return the paths at which the interpreter may appear."""
    if not isinstance(text, str):
        return ()
    return tuple(dict.fromkeys(interpreter_path(text, folder) for folder in (place.folder, place.root)))


def check_interpreter(draft: Draft, findings: Findings) -> None:
    """Note an interpreter that is not there, or cannot be run."""
    python = read_interpreter(draft)
    if python is None or (Path(python.path).is_file() and os.access(python.path, os.X_OK)):
        return
    path = Path(python.path)
    findings.add(
        ROUTE,
        "E-NO-PYTHON",
        f"there is no Python at `{python.text}`"
        if not path.is_file()
        else f"`{python.text}` is not a program that can be run",
        expected="the path of a Python interpreter, from the YAML file on",
        found="a folder" if path.is_dir() else "a file" if path.is_file() else "nothing there",
        repair=_repair(python),
    )


def _repair(python: Interpreter) -> str:
    path = Path(python.path)
    inside = [name for name in ("bin/python", "Scripts/python.exe") if (path / name).is_file()]
    if inside:
        return f"write {python.text.rstrip('/')}/{inside[0]}"
    installed = shutil.which(python.text) if "/" not in python.text else None
    if installed is not None:
        return f"write {installed}"
    if path.parent.name == "bin" and not path.exists():
        made = shlex.quote(str(Path(python.text).parent.parent))
        return f"make it, from the folder of the YAML file: python -m venv {made}"
    return "write the path of an interpreter, such as ../envs/old/bin/python"
