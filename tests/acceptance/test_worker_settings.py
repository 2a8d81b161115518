"""What a module sets while it is imported holds in its runs, and what a run sets holds in that run only."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gradstream.events.types import Set
from tests.acceptance.worker_lab import Lab, open_lab

KINDS = ["def", "async def"]
ONE = "inputs: {}\noutputs:\n  out: {type: json}\n"
SHARED = ONE + "worker: {shared: together}\n"

SETS = """
import contextvars, decimal, locale, sys, warnings
import numpy as np
OWN = contextvars.ContextVar("own")
OWN.set("at import")
decimal.getcontext().prec = %(digits)d
np.set_printoptions(precision=%(digits)d)
np.seterr(divide="raise")
warnings.filterwarnings("error", category=FutureWarning)
def settings():
    return [
        OWN.get(), str(decimal.Decimal(1) / 3), str(np.array([1.23456789])), np.geterr()["divide"],
        warnings.filters[0][0], sys.argv,
    ]
%(kind)s run():
    yield settings()
    OWN.set("in a run")
    decimal.getcontext().prec = 2
    np.set_printoptions(precision=1)
    np.seterr(divide="ignore")
    yield settings()[:4]
"""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


def expected(lab: Lab, name: str, digits: int) -> list[object]:
    """Return what `settings` must find at the beginning of each run."""
    third, number = "0." + "3" * digits, f"[{1.23456789:.{digits}g}]"
    if digits > 3:
        number = f"[{1.23456789:.{digits}f}]"
    file = str(lab.folder / "demos" / f"{name}.py")
    return ["at import", third, number, "raise", "error", [file]]


@pytest.mark.parametrize("yaml", [ONE, SHARED], ids=["alone", "shared"])
@pytest.mark.parametrize("kind", KINDS)
async def test_settings_of_an_import_hold_in_every_run(lab: Lab, kind: str, yaml: str) -> None:
    """Context variables, decimal's context, NumPy's options and `sys.argv` are those of the demo's module."""
    demos = {
        digits: lab.write(f"sets{digits}", yaml, SETS % {"digits": digits, "kind": kind}) for digits in (4, 6)
    }
    for _ in range(2):
        for digits, demo in demos.items():
            run = lab.start(demo)
            ending = await run.end()
            assert ending.fault is None, ending.detail
            assert run.of(Set)[0].value == expected(lab, demo.address, digits)
            assert run.outputs["out"] == ["in a run", "0.33", "[1.2]", "ignore"]


async def test_a_demo_that_is_loaded_again_keeps_its_settings(lab: Lab) -> None:
    """Its YAML has changed, its module has not, and is not executed again in the same process."""
    code = """
    import contextvars, os, sys
    OWN = contextvars.ContextVar("own")
    OWN.set("at import")
    sys.argv = ["program", "--fast"]
    def run():
        yield [OWN.get(), sys.argv, os.getpid()]
    """
    first = await lab.run(lab.write("again", ONE, code))
    demo = lab.write("again", "description: Other.\n" + ONE)
    lab.engine.catalog_changed({"again": demo})
    second = await lab.run(demo)
    assert first.outputs["out"][:2] == ["at import", ["program", "--fast"]]
    assert second.outputs == first.outputs


REQUIRES_A_MODEL = """
import argparse
parser = argparse.ArgumentParser(prog="p")
parser.add_argument("--model", required=True)
"""

HANDLES_AN_ERROR = """
import sys
def fail():
    try:
        raise ValueError("no model")
    except ValueError:
        sys.exit(2)
"""

PARSERS = {
    "argparse": (
        REQUIRES_A_MODEL,
        "parser.parse_args()",
        "SystemExit: 2: p: error: the following arguments are required: --model",
    ),
    "optparse": (
        "import optparse\nparser = optparse.OptionParser(prog='p')\n",
        "parser.error('no model')",
        "SystemExit: 2: p: error: no model",
    ),
    "a handled error": (
        HANDLES_AN_ERROR,
        "fail()",
        "SystemExit: 2: no model",
    ),
    "a text": ("import sys\n", "sys.exit('no model')", "SystemExit: no model"),
    "no reason": ("import sys\n", "sys.exit(2)", "SystemExit: 2"),
}
"""Ways in which programs end with a reason: definitions, the call that exits, the message."""


@pytest.mark.parametrize(("definitions", "call", "message"), PARSERS.values(), ids=list(PARSERS))
@pytest.mark.parametrize("kind", KINDS)
async def test_the_reason_of_an_exit_is_reported(
    lab: Lab, kind: str, definitions: str, call: str, message: str
) -> None:
    """What a parser of arguments prints before it exits is in the run's message, and in the import's."""
    demo = lab.write("exits", ONE, f"{definitions}{kind} run():\n    yield 1\n    {call}\n")
    assert (await lab.start(demo).end()).message == message
    bad = lab.write("bad", ONE, f"{definitions}{call}\n{kind} run():\n    yield 1\n")
    (finding,) = (await lab.engine.open(bad)).diagnostics
    assert finding.message.startswith(f"`bad.run` cannot be imported: {message}")


async def test_arguments_of_the_server_are_not_the_modules(lab: Lab) -> None:
    """A module that reads its command line finds none, at its import and in its runs."""
    code = """
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="small")
    AT_IMPORT = parser.parse_args()
    def run():
        yield [AT_IMPORT.model, parser.parse_args().model]
    """
    assert (await lab.run(lab.write("parses", ONE, code))).outputs == {"out": ["small", "small"]}
