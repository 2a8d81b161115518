"""Demos in a folder of their own, for the tests of the spec."""

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gradstream.components.registry import KINDS
from gradstream.diagnostics import Diagnostic, Span
from gradstream.document.read import read_text
from gradstream.format.draft import DemoPlace
from gradstream.format.load import DemoReading, load_demo
from gradstream.format.types import Action, Demo, GeneratorPath, Input, Output

SPAN = Span(file="demo.yaml", line=2, column=12, end_line=2, end_column=20)
ENVIRON = {"TOKEN": "hush", "STEPS": "5"}

MODULE = """\
def echo(text):
    yield text

def greet(text, session):
    yield text

def paint(prompt, steps):
    yield prompt

def anything(*values, **named):
    return values, named

def total(limit, total):
    yield limit

def nothing():
    return 1
"""


def read_demo(folder: Path, yaml: str) -> DemoReading:
    """Load the YAML as `folder/sketch.yaml`, beside a module `studio` with the functions above."""
    (folder / "studio.py").write_text(MODULE)
    place = DemoPlace(address="sketch", file="sketch.yaml", folder=str(folder), root=str(folder))
    return load_demo(read_text(yaml, file="sketch.yaml", environ=ENVIRON), place=place, kinds=KINDS)


def demo_of(folder: Path, yaml: str) -> Demo:
    """Load a YAML that is sound."""
    loaded = read_demo(folder, yaml)
    assert loaded.demo is not None, loaded.diagnostics
    return loaded.demo


def codes_of(folder: Path, yaml: str) -> list[tuple[str, int]]:
    """Return code and line of each finding."""
    return [(each.code, each.span.line) for each in read_demo(folder, yaml).diagnostics]


def plain_demo(inputs: str, *, state: tuple[str, ...] = ()) -> Demo:
    """Return a demo with text inputs of these names and one output `answer`."""
    return Demo(
        address="sketch",
        file="sketch.yaml",
        folder="/",
        root="/",
        source="",
        revision="",
        title="Sketch",
        inputs=tuple(Input(name=name, kind="text", label=name) for name in inputs.split()),
        outputs=(Output(name="answer", kind="text", label="Answer"),),
        actions=(),
        state=dict.fromkeys(state, 0),
    )


def plain_action(inputs: str | None, constants: Mapping[str, Any]) -> Action:
    """Return an action of the function `studio.f`; None leaves its inputs out."""
    return Action(
        name="run",
        generator=GeneratorPath(text="studio.f", span=SPAN, roots=()),
        button="Run",
        inputs=tuple((inputs or "").split()),
        outputs=(),
        inputs_given=inputs is not None,
        constants=constants,
    )


def signature_of(function: Callable[..., Any]) -> inspect.Signature:
    """Return the signature that a function has."""
    return inspect.signature(function)


def refused(outcome: object) -> Diagnostic:
    """Return the outcome, which is a diagnostic."""
    assert isinstance(outcome, Diagnostic)
    return outcome
