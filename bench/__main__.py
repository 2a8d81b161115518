"""`python -m bench [MEASUREMENT …] [--repeat N]`: measure both tools in turn and print the table."""

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import uvloop

from bench.measurements.chunk_cost import ChunkCost
from bench.measurements.crowd import Crowd
from bench.measurements.first_event import FirstEvent
from bench.measurements.idle import Idle
from bench.measurements.latency import Latency
from bench.measurements.many import Many
from bench.measurements.page import PageWeight
from bench.measurements.pictures import Pictures
from bench.measurements.playing import Playing
from bench.measurements.reload import Reload
from bench.measurements.start import Start
from bench.measurements.streams import Streams
from bench.measurements.text import Text
from bench.measurements.tokens_in_page import TokensInPage
from bench.table import line, table
from bench.tools.gradio import Gradio
from bench.tools.gradstream import Gradstream
from bench.types import Measurement, Tool

RESULTS = Path(__file__).parent / "results"

MEASUREMENTS: Mapping[str, Measurement] = {
    "start": Start(),
    "idle": Idle(),
    "text": Text(),
    "latency": Latency(),
    "first_event": FirstEvent(),
    "crowd": Crowd(),
    "pictures": Pictures(),
    "tokens_in_page": TokensInPage(),
    "page": PageWeight(),
    "reload": Reload(),
    "many": Many(),
    "sound": Playing("sound", ("wav", "mp3", "slices", "arrays"), chunks=4, limits_ms=(120, 200, 200)),
    "video": Playing("clips", ("mp4", "ts"), chunks=3, limits_ms=(200, 200, 200)),
    "chunk_cost": ChunkCost(),
    "streams": Streams(),
}

Samples = dict[str, list[float]]


async def take(measurement: Measurement, tools: Sequence[Tool], *, repeat: int) -> dict[str, Samples]:
    """Take a measurement of each tool in turn, the other one first every second time."""
    samples: dict[str, Samples] = {tool.name: defaultdict(list) for tool in tools}
    for turn in range(repeat):
        for tool in tools if turn % 2 == 0 else tools[::-1]:
            for key, figure in (await measurement.measure(tool)).items():
                samples[tool.name][key].append(figure)
    return samples


async def main(names: Sequence[str], *, repeat: int) -> None:
    """Take all named measurements, printing each as it is done, and keep the table and every sample."""
    ours, theirs = Gradstream(), Gradio()
    lines = []
    record = {}
    for name in names:
        measurement = MEASUREMENTS[name]
        print(f"{name} ...", file=sys.stderr, flush=True)
        record[name] = samples = await take(measurement, (ours, theirs), repeat=repeat)
        lines += [line(row, samples[ours.name], samples[theirs.name]) for row in measurement.rows]
    text = f"{heading(repeat)}\n\n{table(lines)}\n"
    print(text)
    RESULTS.mkdir(exist_ok=True)
    stem = RESULTS / time.strftime("%Y-%m-%d-%H%M%S")
    stem.with_suffix(".md").write_text(text, encoding="utf-8")
    stem.with_suffix(".json").write_text(json.dumps(record, indent=2), encoding="utf-8")


def heading(repeat: int) -> str:
    """Say on what was measured."""
    return (
        f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"medians of {repeat} interleaved repetitions"
    )


def raise_open_files() -> None:
    """Let a process hold a thousand connections: the usual soft limit of 1,024 is just too low."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else 65_536, hard))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="MEASUREMENT", help=f"one of {', '.join(MEASUREMENTS)}")
    parser.add_argument(
        "--repeat", type=int, default=3, help="repetitions of each, of which the median counts"
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(MEASUREMENTS):
        parser.error(f"no measurement {', '.join(sorted(unknown))}")
    raise_open_files()
    uvloop.run(main(arguments.names or list(MEASUREMENTS), repeat=arguments.repeat))
