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


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (DEMO.replace("image}", "image, sample: 100ms}"), "sample"),
    ],
)
def test_what_a_demo_works_without_is_a_warning(tmp_path: Path, written: str, key: str) -> None:
    """The demo is served, and its page says what is missing."""
    loaded = read_demo(tmp_path, written)
    assert loaded.demo is not None
    (warning,) = loaded.diagnostics
    assert (warning.code, warning.severity, warning.found) == ("W-NOT-YET-SERVED", "warning", f"`{key}`")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (DEMO + "access: {token: x}\n", "token"),
        (DEMO + "access: {users: {ada: x}}\n", "users"),
        (DEMO + "engine: ray\n", "engine"),
        (DEMO + "engine: {type: ray}\n", "engine"),
    ],
)
def test_what_would_break_a_promise_is_an_error(tmp_path: Path, written: str, key: str) -> None:
    """A demo is not served without what protects it."""
    loaded = read_demo(tmp_path, written)
    assert loaded.demo is None
    (mistake,) = loaded.diagnostics
    assert (mistake.code, mistake.found) == ("E-NOT-SERVED", f"`{key}`")


@pytest.mark.parametrize("written", ["cache: false\n", "engine: local\n", "engine: {type: local}\n"])
def test_what_asks_for_nothing_is_not_mentioned(tmp_path: Path, written: str) -> None:
    """A key that is set to what happens anyway has nothing to say."""
    assert read_demo(tmp_path, DEMO + written).diagnostics == ()
