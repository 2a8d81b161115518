"""`python -m bench.imports`: how long `gradstream check` takes for many demos, against a process for each.

    300 demos, every third imports NumPy --gradstream check-------------------> seconds, processor seconds
                                         --a Python and a worker for each-----> the same; their ratio

Both in one run on the same files. Processor time says something on a machine that does other work as well.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from bench.table import table
from gradstream.catalog.check_steps import check_paths
from gradstream.engines.local.engine import LocalEngine

ROOT = Path(__file__).parents[1]
DEMOS = 300
WITH_NUMPY = 3
"""Every third demo."""

GOAL = 8.0
HEAD = ("", "check", "a process each", "times less", "goal")

YAML = "gradstream: 1\ngenerator: made_{}.back\ninputs:\n  text: text\noutputs:\n  said: text\n"
PYTHON = "{}\n\ndef back(text):\n    yield text\n"


class Cost(msgspec.Struct, frozen=True):
    """What a command took."""

    wall_s: float
    processor_s: float


def write_catalog(folder: Path, *, demos: int) -> None:
    """Write the demos, each with a module of its own."""
    for number in range(demos):
        (folder / f"demo_{number}.yaml").write_text(YAML.format(number))
        head = "import numpy as np\n" if number % WITH_NUMPY == 0 else ""
        (folder / f"made_{number}.py").write_text(PYTHON.format(head))


def measure(folder: Path, *words: str) -> Cost:
    """Run a Python program in a folder. Raises subprocess.CalledProcessError if it does not succeed."""
    before, began = os.times(), time.monotonic()
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *words], cwd=folder, env=environ, check=True, stderr=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.monotonic() - began, used)


def compare(*, demos: int) -> tuple[Cost, Cost]:
    """Return what `check` takes, and what a process for each demo takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_catalog(folder, demos=demos)
        together = measure(folder, "-m", "gradstream.cli.main", "check")
        return together, measure(folder, "-m", "bench.imports", "--one-each")


def report(together: Cost, one_each: Cost) -> str:
    """Return the table."""
    rows = []
    for title, ours, theirs in (
        ("seconds", together.wall_s, one_each.wall_s),
        ("processor seconds", together.processor_s, one_each.processor_s),
    ):
        ratio = theirs / ours
        reached = "yes" if ratio >= GOAL else "no"
        goal = f"{GOAL:g} times: {reached}"
        rows.append((title, f"{ours:.1f}", f"{theirs:.1f}", f"{ratio:.1f}", goal))
    return table(rows, HEAD)


async def import_one_by_one(folder: Path) -> None:
    """Import each demo in a worker of a Python of its own: one engine's workers are forks of one process."""
    for demo in check_paths([folder], environ={}).demos:
        engine = LocalEngine(standby=False)
        try:
            await engine.open(demo)
        finally:
            await engine.aclose()


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--demos", type=int, default=DEMOS)
    parser.add_argument("--one-each", action="store_true", help="only import this folder's demos one by one")
    options = parser.parse_args()
    if options.one_each:
        asyncio.run(import_one_by_one(Path()))
    else:
        sys.stdout.write(f"{report(*compare(demos=options.demos))}\n")


if __name__ == "__main__":
    main()
