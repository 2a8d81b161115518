"""Demos that share a worker never get each other's modules: they are kept apart, or the demo is refused."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gradstream.format.types import Demo
from tests.acceptance.worker_lab import Lab, open_lab

YAML = "gradstream: 1\ntitle: %s\ngenerator: gen_%s.run\nworker: {shared: w}\noutputs:\n  out: {type: json}\n"

CLASHES = {
    "a helper": {"helper.py": "X = 'NAME'", "gen": "from helper import X\ndef run(): yield X"},
    "a helper in a run": {
        "helper.py": "X = 'NAME'",
        "gen": "def run():\n    import helper\n    yield helper.X",
    },
    "a helper of a helper": {
        "helper.py": "X = 'NAME'",
        "only_NAME.py": "def get():\n    from helper import X\n    return X",
        "gen": "import only_NAME\ndef run(): yield only_NAME.get()",
    },
    "a package": {
        "pack/__init__.py": "",
        "pack/part.py": "X = 'NAME'",
        "gen": "from pack import part\ndef run(): yield part.X",
    },
    "a folder without code": {
        "bare/part.py": "X = 'NAME'",
        "gen": "import bare.part\ndef run(): yield bare.part.X",
    },
    "a relative import": {
        "bare/part.py": "X = 'NAME'",
        "bare/whole_NAME.py": "from .part import X",
        "gen": "from bare.whole_NAME import X\ndef run(): yield X",
    },
    "a name at run time": {
        "helper.py": "X = 'NAME'",
        "gen": "import importlib\ndef run():\n    yield importlib.import_module('helper').X",
    },
    "a computed name": {
        "helper.py": "X = 'NAME'",
        "gen": "import importlib\ndef run():\n    yield importlib.import_module('help' + 'er').X",
    },
}
"""Files of each of two demos, with its name; the generator's module is `gen_NAME.py`."""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


def write(lab: Lab, name: str, files: dict[str, str]) -> Demo:
    """Write a demo into a folder of its own."""
    folder = lab.folder / "demos" / name
    for file, text in {**files, "demo.yaml": YAML % (name, name)}.items():
        path = folder / (f"gen_{name}.py" if file == "gen" else file.replace("NAME", name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("NAME", name))
    return lab.demo(name)


@pytest.mark.parametrize("files", CLASHES.values(), ids=list(CLASHES))
async def test_two_files_of_one_name_are_refused(lab: Lab, files: dict[str, str]) -> None:
    """The demo that is loaded later is refused, before a run, and both files and demos are named."""
    one, two = write(lab, "one", files), write(lab, "two", files)
    assert (await lab.run(one)).outputs == {"out": "one"}
    (finding,) = (await lab.engine.open(two)).diagnostics
    assert finding.code == "E-MODULE-CLASH"
    assert "in the demos `two` and `one`, which share a worker" in finding.message
    file = next(file for file in files if file.endswith(("helper.py", "part.py", "__init__.py")))
    assert finding.found == f"demos/two/{file} for `two`, demos/one/{file} for `one`"
    ending = await lab.start(two).end()
    assert (ending.fault, ending.message) == ("developer", finding.message)
    assert (await lab.run(one)).outputs == {"out": "one"}


async def test_a_module_of_another_demo_is_not_found(lab: Lab) -> None:
    """A demo without such a file gets what it would get alone, or is refused: never the other demo's file."""
    one = write(lab, "one", {"helper.py": "X = 1", "gen": "import helper\ndef run(): yield helper.X"})
    two = write(lab, "two", {"gen": "try:\n    import helper\nexcept ImportError: ...\ndef run(): yield 2"})
    assert (await lab.run(one)).outputs == {"out": 1}
    (finding,) = (await lab.engine.open(two)).diagnostics
    assert finding.code == "E-MODULE-CLASH"
    assert finding.found == "none beside `two`, demos/one/helper.py for `one`"


async def test_files_that_nobody_imports_do_not_clash(lab: Lab) -> None:
    """Each demo gets its own files, imported in a run too, although the other has some of the same names."""
    lazy = "def run():\n    import %s\n    yield %s.X"
    files = {"helper.py": "X = 'NAME'", "other.py": "X = 'NAME'"}
    one = write(lab, "one", {**files, "gen": lazy % ("helper", "helper")})
    two = write(lab, "two", {**files, "gen": lazy % ("other", "other")})
    for demo in (one, two):
        assert (await lab.engine.open(demo)).diagnostics == ()
    assert (await lab.run(one)).outputs == {"out": "one"}
    assert (await lab.run(two)).outputs == {"out": "two"}


async def test_a_common_module_is_one_and_its_settings_hold_in_both(lab: Lab) -> None:
    """A file in the catalog's folder is executed once, and what it sets holds in the runs of both demos."""
    (lab.folder / "common.py").write_text(
        "import contextvars, os\nOWN = contextvars.ContextVar('own')\nOWN.set('set')\nMODEL = object()\n"
    )
    code = "import common\ndef run(): yield [id(common.MODEL), common.OWN.get(None)]"
    first = await lab.run(write(lab, "one", {"gen": code}))
    second = await lab.run(write(lab, "two", {"gen": code}))
    assert first.outputs["out"][1] == "set"
    assert second.outputs == first.outputs
