"""What a run held is freed when it ends, by reference counts alone: Python's collector is switched off."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from gradstream.components.types import Upload
from tests.acceptance.worker_lab import Lab, LabRun, open_lab

HOLDS = '''
import asyncio, contextvars, gc, threading, weakref
from gradstream import UserError, log
gc.disable()

ALIVE = weakref.WeakSet()
OWN = contextvars.ContextVar("own")
LAST = []

class Held(list):
    """Something large, such as a model on a GPU."""
    def __init__(self, *members):
        super().__init__(members)
        ALIVE.add(self)
    __hash__ = object.__hash__
    __eq__ = object.__eq__

def ends(name, held):
    """End in one of the ways that a function knows."""
    if name == "a failure":
        raise ValueError("failed")
    if name == "a message":
        raise UserError("failed")
    if name == "a failure that has it":
        raise ValueError(held)
    if name == "a kept exception":
        try:
            raise ValueError(held)
        except ValueError as error:
            caught = error
            raise RuntimeError("again") from error
    if name == "a group":
        caught = ExceptionGroup("group", [ValueError(held)])
        raise caught
    if name == "an exit":
        raise SystemExit(2)
    if name == "a bad value":
        return object()
    if name == "a variable":
        OWN.set(held)
    return "x"
'''

FORMS = {
    "a generator": """
def run(name):
    held = Held()
    try:
        yield "begun", held
        yield ends(name, held), held
        while name == "stop":
            yield "on", held
    finally:
        if name == "a failure in finally":
            raise ValueError(held)
""",
    "a function": """
def run(name):
    held = Held()
    log("begun")
    while name == "stop":
        log("on")
    value = ends(name, held)
    if name == "a failure in finally":
        try:
            1 / 0
        finally:
            raise ValueError(held)
    return value, held
""",
    "an async generator": """
async def run(name):
    held = Held()
    try:
        yield "begun", held
        yield ends(name, held), held
        while name == "stop":
            yield "on", held
            await asyncio.sleep(0)
    finally:
        if name == "a failure in finally":
            raise ValueError(held)
""",
    "a coroutine": """
async def run(name):
    held = Held()
    log("begun")
    while name == "stop":
        await asyncio.sleep(0)
    value = ends(name, held)
    if name == "a failure in finally":
        try:
            1 / 0
        finally:
            raise ValueError(held)
    return value, held
""",
    "an object": """
class Calls:
    def __call__(self, name):
        held = Held()
        yield "begun", held
        yield ends(name, held), held
        while name == "stop":
            yield "on", held
        if name == "a failure in finally":
            try:
                1 / 0
            finally:
                raise ValueError(held)
run = Calls()
""",
    "an iterator": """
class Iterates:
    def __init__(self, name):
        self.held, self.name, self.count = Held(), name, 0
    def __iter__(self):
        return self
    def __next__(self):
        self.count += 1
        if self.count == 1:
            return "begun", self.held
        if self.count == 2:
            return ends(self.name, self.held), self.held
        if self.name == "stop":
            return "on", self.held
        raise StopIteration
    def close(self):
        if self.name == "a failure in finally":
            raise ValueError(self.held)
def run(name):
    return Iterates(name)
""",
    "a coroutine that returns a generator": """
def steps(name):
    held = Held()
    try:
        yield "begun", held
        yield ends(name, held), held
        while name == "stop":
            yield "on", held
    finally:
        if name == "a failure in finally":
            raise ValueError(held)
async def run(name):
    held = Held()
    return steps(name)
""",
    "a function that returns an async generator": """
async def steps(name):
    held = Held()
    try:
        yield "begun", held
        yield ends(name, held), held
        while name == "stop":
            yield "on", held
            await asyncio.sleep(0)
    finally:
        if name == "a failure in finally":
            raise ValueError(held)
def run(name):
    held = Held()
    return steps(name)
""",
}
"""Every form of a generator. Each run holds a value in a variable and in its state."""

COUNTS = """

def count():
    return len(ALIVE)
"""

ENDINGS = (
    "success",
    "a failure",
    "a message",
    "a failure that has it",
    "a failure in finally",
    "a kept exception",
    "a group",
    "an exit",
    "a bad value",
    "a variable",
    "stop",
)

YAML = """
inputs:
  name: text
outputs:
  out: {type: json}
state:
  kept: []
actions:
  run: {generator: holds.run}
  count: {generator: holds.count, inputs: []}
"""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
async def test_a_run_is_freed_when_it_ends(lab: Lab, form: str) -> None:
    """Whatever the form and however it ends, nothing is alive when the next run looks."""
    demo = lab.write("holds", YAML, HOLDS + form + COUNTS)
    alive = {}
    for name in ENDINGS:
        run = lab.start(demo, action="run", name=name)
        if name == "stop":
            await run.until(_has_begun)
            assert run.slot is not None
            # Nothing but the end of its grace ends a function.
            run.slot.cancel(grace_s=0.1 if form == FORMS["a function"] else 20)
        await run.end()
        alive[name] = (await lab.run(demo, action="count")).outputs["out"]
    assert alive == dict.fromkeys(ENDINGS, 0)


def _has_begun(run: LabRun) -> bool:
    return bool(run.received)


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_inputs_and_values_are_freed(lab: Lab, kind: str) -> None:
    """The visitor's picture as an array, the last picture that was yielded, and those that are held back."""
    code = f"""
    import gc, weakref
    import numpy as np
    gc.disable()
    alive = weakref.WeakValueDictionary()
    {kind} run(photo, fails):
        alive["input"] = photo
        for number in range(3):
            picture = np.zeros((4, 4, 3), np.uint8)
            alive[number] = picture
            yield picture, picture
        if fails:
            raise ValueError(photo)
    def count():
        yield list(map(str, alive))
    """
    yaml = """
    inputs:
      photo: image
      fails: checkbox
    outputs:
      shown: image
      held: {type: image, streaming: false}
      out: {type: json}
    actions:
      run: {generator: frees.run, outputs: [shown, held]}
      count: {generator: frees.count, inputs: [], outputs: [out]}
    """
    path = lab.folder / "upload"
    Image.new("RGB", (5, 4), (1, 2, 3)).save(path, "PNG")
    lab.uploads = {"given": Upload(path=str(path), name="it.png", mime="image/png", size=9)}
    demo = lab.write("frees", yaml, code)
    for fails in (False, True):
        ending = await lab.start(demo, action="run", photo={"file": "given"}, fails=fails).end()
        assert (ending.fault is not None) == fails
        assert (await lab.run(demo, action="count")).outputs == {"out": []}
