"""The record of a bench run: its measurements so far, in a file from which it can be resumed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

Samples = Mapping[str, Mapping[str, Sequence[float]]]
"""Figures of one measurement: by the tool's name and the row's key, one figure per repetition."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run is to measure on which machine, and what it has measured so far."""

    machine: str
    names: tuple[str, ...]
    repeat: int
    samples: Mapping[str, Samples] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """The measurements that are still to be taken, in order."""
        return tuple(name for name in self.names if name not in self.samples)

    def with_samples(self, name: str, samples: Samples) -> "Record":
        """Return a record that also has a measurement's samples."""
        return msgspec.structs.replace(self, samples={**self.samples, name: samples})


def save(record: Record, file: Path) -> None:
    """Write a record; a process that is killed meanwhile leaves the previous one intact."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    # Not msgspec's JSON: a peer without a figure has NaN, which that would turn into null.
    unfinished.write_text(json.dumps(msgspec.to_builtins(record), indent=2), encoding="utf-8")
    unfinished.replace(file)


def load(file: Path) -> Record:
    """Read a record. Raises ValueError if the file holds something else."""
    try:
        return msgspec.convert(json.loads(file.read_text(encoding="utf-8")), Record)
    except msgspec.ValidationError as error:
        raise ValueError(f"{file.name} is not a record: {error}") from error


def newest(folder: Path) -> Path | None:
    """Return the file of the latest run; their names are times, so they sort."""
    return max(folder.glob("*.json"), default=None)
