"""What generators may import finds its run, and does nothing harmful where none is going on."""

import copy
import pickle
import tomllib
from pathlib import Path

import pytest

import gradstream
from gradstream import Message, log, progress, skip
from gradstream.authoring import LogLevel, current, enter, folder


class Notes:
    """A run that stores what it receives."""

    def __init__(self) -> None:
        self.folder = Path("/run")
        self.received: list[object] = []

    def progress(
        self,
        fraction: float | None,
        *,
        index: int | None,
        total: int | None,
        unit: str | None,
        description: str | None,
    ) -> None:
        """Note progress."""
        self.received.append((fraction, index, total, unit, description))

    def log(self, text: str, *, level: LogLevel) -> None:
        """Note a line."""
        self.received.append((level, text))


def test_outside_a_run_nothing_is_sent(capfd: pytest.CaptureFixture[str]) -> None:
    """A generator can be called in a test or a notebook as it is."""
    progress(0.5, "half")
    progress(1, total=0)
    log("hello")
    assert folder() == Path.cwd()
    assert current() is None
    assert capfd.readouterr() == ("", "")


def test_a_run_receives_what_its_generator_sends() -> None:
    """Shares and counts, lines of every level, and whatever `str` can show."""
    notes = Notes()
    leave = enter(notes)
    progress(0.5, "half")
    progress(3, total=4)
    progress(None, "thinking", total=4)
    progress(1, total=0)
    log("hello")
    log(3, "error")
    assert folder() == notes.folder
    leave()
    log("too late")
    assert notes.received == [
        (0.5, None, None, None, "half"),
        (0.75, 3, 4, None, None),
        (None, None, 4, None, "thinking"),
        (None, 1, 0, None, None),
        ("info", "hello"),
        ("error", "3"),
    ]


def test_a_level_that_does_not_exist_is_refused() -> None:
    """A typo in a level is found by the developer's own tests."""
    with pytest.raises(ValueError, match="level is one of debug, info, warning and error, not 'warn'"):
        log("hello", "warn")  # type: ignore[arg-type]


def test_small_things_read_well() -> None:
    """What is seen in a debugger says what it is."""
    assert repr(skip) == "gradstream.skip"
    assert Message("hi") == Message("hi", role="assistant", metadata=None)


def test_the_version_is_that_of_the_package() -> None:
    """One version everywhere."""
    project = Path(__file__).parents[3] / "pyproject.toml"
    assert gradstream.__version__ == tomllib.loads(project.read_text())["project"]["version"]


def test_skip_is_one_object_in_all_processes() -> None:
    """One that comes from a pool of processes, or is copied with the values around it, skips as well."""
    assert pickle.loads(pickle.dumps([skip])) == [skip]  # noqa: S301 (made here)
    assert copy.deepcopy({"out": skip}) == {"out": copy.copy(skip)}
