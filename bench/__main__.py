"""`python -m bench [MEASUREMENT …] [--repeat N]`, or `--resume`: measure both tools and print the table."""

import argparse
import os
import platform
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import uvloop

from bench.measurements.chunk_cost import ChunkCost
from bench.measurements.crowd import Crowd
from bench.measurements.drawing import Drawing
from bench.measurements.first_event import FirstEvent
from bench.measurements.growth import Growth
from bench.measurements.hostile import Hostile
from bench.measurements.idle import Idle
from bench.measurements.latency import Latency
from bench.measurements.listening import Listening
from bench.measurements.many import Many
from bench.measurements.page import PageWeight
from bench.measurements.pictures import Pictures
from bench.measurements.playing import Playing
from bench.measurements.reload import Reload
from bench.measurements.start import Start
from bench.measurements.streams import Streams
from bench.measurements.text import Text
from bench.measurements.tokens_in_page import TokensInPage
from bench.record import Record, load, newest
from bench.runner import report, run
from bench.tools.gradio import Gradio
from bench.tools.gradstream import Gradstream
from bench.types import Measurement

RESULTS = Path(__file__).parent / "results"
REPEAT = 3

MEASUREMENTS: Mapping[str, Measurement] = {
    "start": Start(),
    "idle": Idle(),
    "text": Text(),
    "latency": Latency(),
    "first_event": FirstEvent(),
    "crowd": Crowd(),
    "pictures": Pictures(),
    "tokens_in_page": TokensInPage(),
    "table": Growth(
        "rows", title="1,000 rows one by one", inputs={"count": 1000}, mark="~01000", alone={"count": 10_000}
    ),
    "chart": Growth("points", title="1,000 points one by one", inputs={"count": 1000}, mark="~01000"),
    "chat": Growth(
        "conversation",
        title="a chat of 300 messages, 2,000 tokens",
        inputs={"message": "go", "tokens": 2000},
        mark="~01999",
    ),
    "drawing": Drawing(),
    "page": PageWeight(),
    "reload": Reload(),
    "many": Many(),
    "sound": Playing("sound", ("wav", "mp3", "slices", "arrays"), chunks=4, limits_ms=(120, 200, 200)),
    "video": Playing("clips", ("mp4", "ts"), chunks=3, limits_ms=(200, 200, 200)),
    "listening": Listening(),
    "chunk_cost": ChunkCost(),
    "streams": Streams(),
    "hostile": Hostile(),
}


async def main(record: Record, file: Path) -> None:
    """Take what a record is missing, and print the whole table."""
    tools = (Gradstream(), Gradio())
    record = await run(record, file, MEASUREMENTS, tools)
    print(f"\n{report(record, MEASUREMENTS, tools)}")


def machine() -> str:
    """Return what is measured on."""
    return f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def new_record(names: Sequence[str], *, repeat: int) -> tuple[Record, Path]:
    """Return an empty record, and the file to keep it in."""
    file = RESULTS / time.strftime("%Y-%m-%d-%H%M%S.json")
    return Record(machine=machine(), names=tuple(dict.fromkeys(names)), repeat=repeat), file


def resumed() -> tuple[Record, Path]:
    """Return the record of the latest run with its file. Raises ValueError if it cannot be resumed here."""
    file = newest(RESULTS)
    if file is None:
        raise ValueError("there is no earlier run")
    record = load(file)
    if not record.missing:
        raise ValueError(f"{file.name} is complete")
    if unknown := set(record.names) - set(MEASUREMENTS):
        raise ValueError(f"{file.name} has unknown measurements: {', '.join(sorted(unknown))}")
    if record.machine != machine():
        raise ValueError(f"{file.name} was measured on {record.machine}; this is {machine()}")
    return record, file


def raise_open_files() -> None:
    """Let a process hold a thousand connections: the usual soft limit of 1,024 is just too low."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else 65_536, hard))


def parse(words: Sequence[str]) -> tuple[Record, Path]:
    """Return the record to fill that a command line asks for; exit with 2 if it makes no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="MEASUREMENT", help=f"one of {', '.join(MEASUREMENTS)}")
    parser.add_argument("--repeat", type=int, help="repetitions of each, of which the median counts (3)")
    parser.add_argument("--resume", action="store_true", help="take what the latest run did not get to")
    arguments = parser.parse_args(words)
    if unknown := set(arguments.names) - set(MEASUREMENTS):
        parser.error(f"unknown measurement: {', '.join(sorted(unknown))}")
    if not arguments.resume:
        return new_record(arguments.names or list(MEASUREMENTS), repeat=arguments.repeat or REPEAT)
    if arguments.names or arguments.repeat:
        parser.error("--resume takes measurements and repetitions from the latest run")
    try:
        return resumed()
    except ValueError as error:
        parser.error(f"cannot resume: {error}")


if __name__ == "__main__":
    chosen = parse(sys.argv[1:])
    raise_open_files()
    uvloop.run(main(*chosen))
