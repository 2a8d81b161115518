"""Takes measurements one after another: each is printed, and kept in the record, as soon as it ends.

record --missing--> measure both tools in turn --> table of the measurement, STAMP.json, STAMP.md
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.record import Record, Samples, save
from bench.table import line, table
from bench.types import Measurement, Tool

Measurements = Mapping[str, Measurement]


async def run(record: Record, file: Path, measurements: Measurements, tools: tuple[Tool, Tool]) -> Record:
    """Take the measurements that a record is missing, ours first among the tools; return the full record."""
    for name in record.missing:
        print(f"{name} ...", file=sys.stderr, flush=True)
        samples = await take(measurements[name], tools, repeat=record.repeat)
        record = record.with_samples(name, samples)
        save(record, file)
        file.with_suffix(".md").write_text(report(record, measurements, tools), encoding="utf-8")
        print(table(list(_lines(name, record, measurements, tools))), flush=True)
    return record


async def take(measurement: Measurement, tools: Sequence[Tool], *, repeat: int) -> Samples:
    """Take a measurement of each tool in turn, the other one first every second time."""
    samples: dict[str, dict[str, list[float]]] = {tool.name: defaultdict(list) for tool in tools}
    for turn in range(repeat):
        for tool in tools if turn % 2 == 0 else tools[::-1]:
            for key, figure in (await measurement.measure(tool)).items():
                samples[tool.name][key].append(figure)
    return samples


def report(record: Record, measurements: Measurements, tools: tuple[Tool, Tool]) -> str:
    """Return what was measured on, and the table of all measurements so far."""
    done = [name for name in record.names if name in record.samples]
    lines = [each for name in done for each in _lines(name, record, measurements, tools)]
    return f"{record.machine}, medians of {record.repeat} interleaved repetitions\n\n{table(lines)}\n"


def _lines(
    name: str, record: Record, measurements: Measurements, tools: tuple[Tool, Tool]
) -> Iterator[tuple[str, ...]]:
    ours, theirs = (record.samples[name][tool.name] for tool in tools)
    for row in measurements[name].rows:
        yield line(row, ours, theirs)
