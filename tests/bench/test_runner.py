"""A bench run keeps each measurement as it ends, and can be resumed."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.__main__ import MEASUREMENTS, machine, parse
from bench.record import Record, load, newest, save
from bench.runner import run, take
from bench.tools.gradio import Gradio
from bench.tools.gradstream import Gradstream
from bench.types import Figures, Row, Tool

TOOLS = (Gradstream(), Gradio())


class Counted:
    """A measurement of how often it was asked for; can be made to fail for the peer."""

    rows = (Row(key="count", title="times asked", unit=""),)

    def __init__(self, *, fails: bool = False) -> None:
        self.asked: list[str] = []
        self.fails = fails

    async def measure(self, tool: Tool) -> Figures:
        """Return the number of calls so far."""
        self.asked.append(tool.name)
        if self.fails and tool.name == Gradio.name:
            raise RuntimeError("the machine was needed for something else")
        return {"count": len(self.asked)}


def record(names: tuple[str, ...], samples: Mapping[str, Mapping[str, Mapping[str, list[float]]]]) -> Record:
    """Return a record of this machine."""
    return Record(machine=machine(), names=names, repeat=2, samples=samples)


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the command keeps results in, empty."""
    monkeypatch.setattr("bench.__main__.RESULTS", tmp_path)
    return tmp_path


async def test_tools_take_turns() -> None:
    """The tool that is measured second is the first of the next repetition."""
    measurement = Counted()
    samples = await take(measurement, TOOLS, repeat=3)
    assert measurement.asked == ["gradstream", "Gradio", "Gradio", "gradstream", "gradstream", "Gradio"]
    assert samples == {"gradstream": {"count": [1, 4, 5]}, "Gradio": {"count": [2, 3, 6]}}


async def test_a_run_that_fails_keeps_what_has_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures and table of each measurement are on disk, and printed, before the next one begins."""
    file = tmp_path / "results" / "now.json"
    with pytest.raises(RuntimeError, match="needed"):
        await run(record(("a", "b"), {}), file, {"a": Counted(), "b": Counted(fails=True)}, TOOLS)
    kept = load(file)
    assert kept.samples == {"a": {"gradstream": {"count": [1, 4]}, "Gradio": {"count": [2, 3]}}}
    assert kept.missing == ("b",)
    heading, _, rows = file.with_suffix(".md").read_text(encoding="utf-8").partition("\n\n")
    assert heading == f"{machine()}, medians of 2 interleaved repetitions"
    assert len(rows.splitlines()) == 3
    assert capsys.readouterr().out == rows


async def test_a_resumed_run_takes_only_what_is_missing(tmp_path: Path) -> None:
    """Figures that were kept are not measured again, and end up in the same table, in order."""
    first, second = Counted(), Counted()
    samples = {"b": {"gradstream": {"count": [7.0]}, "Gradio": {"count": [8.0]}}}
    file = tmp_path / "now.json"
    full = await run(record(("a", "b"), samples), file, {"a": first, "b": second}, TOOLS)
    assert (len(first.asked), second.asked) == (4, [])
    assert full == load(file)
    assert full.missing == ()
    rows = file.with_suffix(".md").read_text(encoding="utf-8").splitlines()[-2:]
    assert [row.split("|")[3].strip() for row in rows] == ["2.5", "7"]


def test_a_record_survives_its_file(tmp_path: Path) -> None:
    """What is saved is loaded, figures that do not exist included; nothing else is left in the folder."""
    file = tmp_path / "now.json"
    save(record(("a",), {}), file)
    save(record(("a",), {"a": {"Gradio": {"count": [math.nan, math.inf]}}}), file)
    (missing, endless) = load(file).samples["a"]["Gradio"]["count"]
    assert math.isnan(missing)
    assert math.isinf(endless)
    assert list(tmp_path.iterdir()) == [file]


def test_the_command_names_what_to_measure(results: Path) -> None:
    """Without names it is everything, three times each; a name that is given twice counts once."""
    everything, file = parse([])
    assert (everything.names, everything.repeat) == (tuple(MEASUREMENTS), 3)
    assert (file.parent, file.suffix) == (results, ".json")
    some, _ = parse(["text", "page", "text", "--repeat", "5"])
    assert (some.names, some.repeat, some.missing) == (("text", "page"), 5, ("text", "page"))


def test_the_command_resumes_the_latest_run(results: Path) -> None:
    """`--resume` goes on with the record that was begun last."""
    for name in ("2026-01-02-000000.json", "2026-01-01-000000.json"):
        save(record(("text", "page"), {"text": {}}), results / name)
    assert newest(results) == results / "2026-01-02-000000.json"
    assert parse(["--resume"]) == (
        load(results / "2026-01-02-000000.json"),
        results / "2026-01-02-000000.json",
    )


@pytest.mark.parametrize(
    ("kept", "words", "message"),
    [
        (None, ["--resume"], "cannot resume: there is no earlier run"),
        (record(("text",), {"text": {}}), ["--resume"], "cannot resume: now.json is complete"),
        (record(("gone",), {}), ["--resume"], "cannot resume: now.json has unknown measurements: gone"),
        (
            Record(machine="Abacus", names=("text",), repeat=1),
            ["--resume"],
            "was measured on Abacus; this is",
        ),
        (None, ["--resume", "text"], "--resume takes measurements and repetitions from the latest run"),
        (None, ["--resume", "--repeat", "2"], "--resume takes measurements and repetitions"),
        (None, ["txet"], "unknown measurement: txet"),
    ],
)
def test_the_command_says_what_it_cannot_do(
    results: Path, kept: Record | None, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that cannot be resumed, or that nobody knows, ends at once with a usage error."""
    if kept is not None:
        save(kept, results / "now.json")
    with pytest.raises(SystemExit, match="2"):
        parse(words)
    assert message in capsys.readouterr().err


def test_a_file_of_another_kind_is_not_resumed(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Results of an earlier version of the bench are reported, not misread."""
    (results / "now.json").write_text(json.dumps({"text": {"Gradio": {"ms": [1]}}}), encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        parse(["--resume"])
    assert "cannot resume: now.json is not a record: " in capsys.readouterr().err
