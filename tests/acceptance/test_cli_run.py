"""`gradstream run`: a demo in the terminal, with an exit code that says whose doing a failure was."""

import json
import subprocess
import wave
from contextlib import closing
from pathlib import Path

import pytest

from gradstream.recordings.reader import read_recording
from tests.forked_command import run_command

GENERATORS = """
import time
from gradstream import UserError, log, progress

def words(text):
    shown = ""
    for word in text.split():
        shown += word + " "
        yield shown

def fails(text):
    yield "so far"
    raise KeyError("inner")

def refuses(text):
    raise UserError("Not today")

def both(text):
    progress(0.5, "half way")
    log("a line")
    yield {"first": text}
    yield {"second": len(text)}

def picture(text):
    from PIL import Image
    yield Image.new("RGB", (4, 3), "red")

def sound(text):
    import numpy as np
    for part in np.split(np.sin(np.arange(24_000) / 20), 3):
        yield 16_000, part

def clip(text):
    import numpy as np
    return 16_000, np.sin(np.arange(8_000) / 20)

def breaks(text):
    import numpy as np
    yield 16_000, np.zeros(8_000)
    raise KeyError("inner")

def dies(text):
    import os
    os._exit(3)
"""

DEMO = """
gradstream: 1
generator: made.{function}
inputs:
  text: text
outputs:
{outputs}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Write a folder of demos, one for each function."""
    (tmp_path / "made.py").write_text(GENERATORS)
    for function in ("words", "fails", "refuses", "dies"):
        _write(tmp_path, function, "  text: text")
    _write(tmp_path, "both", "  first: text\n  second: number")
    _write(tmp_path, "picture", "  image: image")
    _write(tmp_path, "sound", "  tone:\n    type: audio\n    download: mp3")
    for function in ("clip", "breaks"):
        _write(tmp_path, function, "  tone: audio")
    return tmp_path


def _write(folder: Path, function: str, outputs: str) -> None:
    (folder / f"{function}.yaml").write_text(DEMO.format(function=function, outputs=outputs))


def _run(catalog: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(["run", *arguments], folder=catalog)


def test_growing_text_is_written_as_it_grows_and_only_once(catalog: Path) -> None:
    """A text that grows is one line on standard output, and success is exit code 0."""
    ran = _run(catalog, "words", "--input", "text=one two three")
    assert (ran.returncode, ran.stdout) == (0, "one two three \n")


def test_a_file_names_a_demo_as_well_as_its_address(catalog: Path) -> None:
    """`gradstream run words.yaml` is `gradstream run words`."""
    assert _run(catalog, "words.yaml", "--input", "text=hello").stdout == "hello \n"


def test_several_outputs_are_told_apart(catalog: Path) -> None:
    """With several outputs each line says whose it is; progress and log go to standard error."""
    ran = _run(catalog, "both", "--input", "text=abc")
    assert ran.stdout == "first: abc\nsecond: 3\n"
    assert ran.stderr.splitlines()[:2] == ["progress: 50% half way", "info: a line"]


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
def test_prints_are_shown_once_and_never_among_the_values(tmp_path: Path, options: tuple[str, ...]) -> None:
    """What import, run and other processes print is on standard error, in order, and nowhere else."""
    (tmp_path / "made.py").write_text(
        "import logging, subprocess, sys\nprint('importing')\n"
        "def run(text):\n"
        "    print('first')\n    yield text\n"
        "    print('second', file=sys.stderr)\n    logging.warning('third')\n"
        "    subprocess.run(['echo', 'fourth'])\n    yield text + text\n"
    )
    _write(tmp_path, "run", "  text: text")
    ran = _run(tmp_path, "run", "--input", "text=x", *options)
    printed = [line for line in ran.stderr.splitlines() if not line.startswith(("succeeded", "waiting"))]
    assert printed == ["importing", "first", "second", "WARNING:root:third", "fourth"]
    if options:
        events = [json.loads(line) for line in ran.stdout.splitlines()]
        assert [event["value"] for event in events if event["type"] == "set"][:1] == ["x"]
        assert not any(event["type"] == "log" for event in events)
    else:
        # A print that follows a yield may be shown before it, so the text is shown in two pieces or in one.
        assert ran.stdout in ("x\nxx\n", "xx\n")


def test_what_a_failing_import_prints_is_shown(tmp_path: Path) -> None:
    """There is no run to show it."""
    (tmp_path / "made.py").write_text("print('importing')\nraise ValueError('torn')\ndef run(text): ...\n")
    _write(tmp_path, "run", "  text: text")
    ran = _run(tmp_path, "run", "--input", "text=x")
    assert "importing" in ran.stderr.splitlines()
    assert ran.stdout == ""


def test_a_picture_becomes_a_file(catalog: Path) -> None:
    """The line on standard output is the path of a file that holds the picture."""
    ran = _run(catalog, "picture", "--input", "text=x", "--out", "shown")
    paths = [catalog / line for line in ran.stdout.splitlines()]
    assert ran.returncode == 0
    assert paths
    assert all(path.stat().st_size > 0 and path.parent.name == "shown" for path in paths)


def test_a_run_can_be_recorded(catalog: Path) -> None:
    """`--record` writes the whole run, also one that fails; a path that cannot be written is said."""
    for demo, code, streams in (("sound", 0, ["tone"]), ("fails", 3, [])):
        ran = _run(catalog, demo, "--input", "text=a b", "--record", "run.zip")
        assert ran.returncode == code
        recording = read_recording(catalog / "run.zip", max_bytes=10**7)
        assert (recording.manifest.demo.address, recording.manifest.inputs) == (demo, {"text": "a b"})
        assert [part.output for part in recording.manifest.streams] == streams
    ran = _run(catalog, "words", "--input", "text=x", "--record", "missing/run.zip")
    assert (ran.returncode, ran.stdout) == (2, "x \n")
    assert "the recording could not be written" in ran.stderr


def test_a_stream_becomes_the_file_that_the_demo_offers(catalog: Path) -> None:
    """The line on standard output is the path of the finished stream, the only file that is left."""
    ran = _run(catalog, "sound", "--input", "text=x", "--out", "heard")
    assert (ran.returncode, ran.stdout) == (0, "heard/sound.tone.mp3\n")
    assert "tone: streaming to heard/sound.tone.growing.mp4" in ran.stderr
    assert "tone: 1.5 s" in ran.stderr
    assert [path.name for path in (catalog / "heard").iterdir()] == ["sound.tone.mp3"]
    assert (catalog / "heard/sound.tone.mp3").stat().st_size > 0


def test_what_a_run_streamed_before_it_failed_is_kept(catalog: Path) -> None:
    """A wav of what was heard, and the exit code of the failure."""
    ran = _run(catalog, "breaks", "--input", "text=x")
    assert (ran.returncode, ran.stdout) == (3, "breaks.tone.wav\n")
    with closing(wave.open(str(catalog / "breaks.tone.wav"))) as file:
        assert (file.getframerate(), file.getnframes()) == (16_000, 8_000)


def test_a_whole_clip_becomes_a_file(catalog: Path) -> None:
    """What an ordinary function returns is written as it would be shown."""
    ran = _run(catalog, "clip", "--input", "text=x")
    (line,) = ran.stdout.splitlines()
    assert (catalog / line).suffix == ".flac"
    assert (catalog / line).read_bytes().startswith(b"fLaC")


@pytest.mark.parametrize(
    ("demo", "code", "said"),
    [
        ("fails", 3, "failed (developer): KeyError: 'inner'"),
        ("refuses", 4, "failed (visitor): Not today"),
        ("dies", 5, "failed (worker): "),
    ],
)
def test_the_exit_code_says_whose_doing_a_failure_was(catalog: Path, demo: str, code: int, said: str) -> None:
    """3 is the developer's, 4 the visitor's, 5 the worker's; standard error says what happened."""
    ran = _run(catalog, demo, "--input", "text=x")
    assert ran.returncode == code
    assert said in ran.stderr


def test_json_prints_one_event_a_line(catalog: Path) -> None:
    """`--json` prints the journal: numbers from 1 without gaps, the terminal event last."""
    ran = _run(catalog, "words", "--input", "text=a b", "--json")
    events = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert events[-1]["type"] == "succeeded"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nothing"], 2, "there is no demo nothing"),
        (["words", "--input", "text"], 2, "expected name=value"),
        (["words", "--input", "txet=a"], 4, "did you mean text?"),
        (["words", "--action", "walk"], 2, "no action walk"),
    ],
)
def test_a_wrong_command_line_says_what_is_right(
    catalog: Path, arguments: list[str], code: int, said: str
) -> None:
    """Mistakes on the command line are told in words, with what would have fitted."""
    ran = _run(catalog, *arguments)
    assert ran.returncode == code
    assert said in ran.stderr


def test_a_broken_demo_is_reported_like_by_check(catalog: Path) -> None:
    """A demo with mistakes exits with 1 and shows them with their place."""
    (catalog / "words.yaml").write_text("gradstream: 1\ngenerator: made.words\noutput:\n  text: text\n")
    ran = _run(catalog, "words")
    assert ran.returncode == 1
    assert "words.yaml:3:1: error" in ran.stderr
