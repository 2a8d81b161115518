"""Inputs and outputs as a test needs them."""

from collections.abc import Callable
from typing import Any

from gradstream.components.registry import input_kind
from gradstream.format.types import Input, Output
from gradstream.format.values import Plain
from gradstream.limits import WORKER_LIMITS, WorkerLimits


def field(kind: str, *, default: Any = None, required: bool = False, **options: Any) -> Input:
    """Return an input named `it`, completed by its kind."""
    written = Input(name="it", kind=kind, label="It", default=default, required=required, options=options)
    return input_kind(kind).complete(written)


def output(kind: str, **options: Any) -> Output:
    """Return an output named `it`."""
    return Output(name="it", kind=kind, label="It", options=options)


class MemoryStore:
    """Keeps big values in memory, under numbers in the order in which they came, and remarks."""

    def __init__(self, limits: WorkerLimits = WORKER_LIMITS) -> None:
        self.limits = limits
        self.remarks: list[str] = []
        self.kept: list[tuple[bytes, str]] = []
        self._made: dict[bytes, Plain] = {}

    def put(self, data: bytes, mime: str) -> str:
        """Keep bytes."""
        self.kept.append((data, mime))
        return str(len(self.kept) - 1)

    def once(self, key: bytes, make: Callable[[], Plain]) -> Plain:
        """Return what was made for this key."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def warn(self, text: str) -> None:
        """Keep a remark."""
        self.remarks.append(text)


class Frame:
    """A data frame as pandas has them, as far as anyone here asks."""

    def __init__(self, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        self.columns = columns
        self._rows = rows

    def itertuples(self, *, index: bool, name: None) -> list[tuple[Any, ...]]:
        """Return the rows."""
        return self._rows
