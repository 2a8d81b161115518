"""Saved files renew exactly the workers that rest on them: modules they imported, data they watch."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.worker_lab import Lab, open_lab

ONE = "inputs: {}\noutputs:\n  out: {type: json}\n"
READS = """
import os
from pathlib import Path
WORDS = Path(__file__).with_name("words.txt").read_text()
def run():
    yield [os.getpid(), WORDS]
"""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


async def test_a_helper_renews_those_who_imported_it(lab: Lab) -> None:
    """A module in the catalog's own folder is code of the demos that import it, and of no others."""
    (lab.folder / "shared_part.py").write_text("ANSWER = 1\n")
    uses = "import os, shared_part\ndef run():\n    yield [os.getpid(), shared_part.ANSWER]\n"
    first, second = lab.write("first", ONE, uses), lab.write("second", ONE, uses)
    alone = lab.write("alone", ONE, "import os\ndef run():\n    yield [os.getpid(), 0]\n")
    before = {demo.address: (await lab.run(demo)).outputs["out"] for demo in (first, second, alone)}
    part = lab.folder / "shared_part.py"
    part.write_text("ANSWER = 2\n")
    assert sorted(lab.engine.files_changed([str(part)])) == ["first", "second"]
    after = {demo.address: (await lab.run(demo)).outputs["out"] for demo in (first, second, alone)}
    assert [after[name][1] for name in ("first", "second", "alone")] == [2, 2, 0]
    assert after["alone"] == before["alone"]
    assert {name for name in after if after[name][0] != before[name][0]} == {"first", "second"}


async def test_watched_data_renews_its_demo(lab: Lab) -> None:
    """A worker that read a file when it was imported is replaced when its demo watches the file."""
    (lab.folder / "demos").mkdir()
    words = lab.folder / "demos" / "words.txt"
    words.write_text("old")
    watching = lab.write("watching", ONE + "watch: words.txt\n", READS)
    reading = lab.write("reading", ONE, READS)
    before = {demo.address: (await lab.run(demo)).outputs["out"] for demo in (watching, reading)}
    words.write_text("new")
    assert lab.engine.files_changed([str(words)]) == ["watching"]
    assert (await lab.run(watching)).outputs["out"][1] == "new"
    assert (await lab.run(reading)).outputs["out"] == before["reading"]
    assert lab.engine.files_changed([str(words.with_name("other.txt"))]) == []
