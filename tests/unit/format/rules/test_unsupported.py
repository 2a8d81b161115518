"""What the format has and this version does not serve is always said."""

from pathlib import Path

import pytest

from tests.unit.format.demos import read_demo

DEMO = """\
gradstream: 1
generator: studio.anything
outputs:
  answer: {type: text}
inputs:
  photo: {type: image}
"""


def test_what_a_demo_works_without_is_a_warning(tmp_path: Path) -> None:
    """The demo is served, and its page says what is missing."""
    loaded = read_demo(tmp_path, DEMO.replace("image}", "image, sample: 100ms}"))
    assert loaded.demo is not None
    (warning,) = loaded.diagnostics
    assert (warning.code, warning.severity, warning.found) == ("W-NOT-YET-SERVED", "warning", "`sample`")


@pytest.mark.parametrize("written", ["cache: false\n", "engine: local\n", "engine: {type: local}\n"])
def test_what_asks_for_nothing_is_not_mentioned(tmp_path: Path, written: str) -> None:
    """A key that is set to what happens anyway has nothing to say."""
    assert read_demo(tmp_path, DEMO + written).diagnostics == ()


@pytest.mark.parametrize("written", ["engine: ray\n", "engine: {type: ray}\n"])
def test_another_engine_is_a_mistake(tmp_path: Path, written: str) -> None:
    """What is no engine is told like any other value that is none."""
    loaded = read_demo(tmp_path, DEMO + written)
    assert loaded.demo is None
    (mistake,) = loaded.diagnostics
    assert "local" in mistake.expected
    assert (mistake.severity, mistake.span.line) == ("error", 7)
