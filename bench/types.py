"""The bench's contracts: what a tool can do, what a measurement asks of it, what a row of the table says."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from bench.exchange import Exchange

Figures = Mapping[str, float]
Inputs = Mapping[str, int | float | str]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table; the goal is to be `ratio` times better than the peer, within `limit` or both."""

    key: str
    title: str
    unit: str
    better: Literal["less", "more"] = "less"
    ratio: float | None = None
    limit: float | None = None


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """How a server is started."""

    argv: Sequence[str]
    cwd: Path
    env: Mapping[str, str]


class Step(msgspec.Struct, frozen=True):
    """A change of the text output as it arrived: `at_ns` on the monotonic clock."""

    at_ns: int
    op: Literal["set", "append"]
    text: str


class Delivery(msgspec.Struct, frozen=True):
    """A part of the sound output that a player could have from `at_ns` on, and its place in the stream."""

    at_ns: int
    start_s: float
    duration_s: float


class PictureSink(Protocol):
    """Receives the path of each new picture as soon as its event arrives."""

    def __call__(self, path: str, /) -> None:
        """Take one path."""


class Begun(msgspec.Struct, frozen=True):
    """A run that was asked for at `sent_ns`, its feed, and the bytes that asking took beside the feed."""

    sent_ns: int
    feed: Exchange
    other_bytes: int


class Tool(Protocol):
    """One of the compared tools."""

    name: str
    run_button: str  # the text of the button that starts a run
    send_button: str  # the same on the page of a chat
    text_output: str  # CSS of the element that shows the text output
    answer: str  # CSS of the answers of a chat

    def command(self, demo: str, *, port: int, folder: Path, reload: bool = False) -> Command:
        """Return how to serve a copy of the bench folder; live reload is needed only where it is measured."""

    def page(self, demo: str) -> str:
        """Return the path of a demo's page."""

    def first_request(self, demo: str) -> str:
        """Return the path of what an opened page asks for: the page's text alone may prepare nothing."""

    def source(self, demo: str, folder: Path) -> Path:
        """Return the file that a demo's author edits."""

    def code(self, demo: str, folder: Path) -> Path:
        """Return the Python file that the demo's function is in."""

    async def begin(
        self, demo: str, inputs: Inputs, *, port: int, sink: PictureSink | None = None
    ) -> "Begun":
        """Start a run as a page does and open its feed."""

    def steps(self, feed: Exchange) -> list[Step]:
        """Return what arrived for the text output, in order."""

    def deliveries(self, feed: Exchange, *, chunk_s: float) -> list[Delivery]:
        """Return what arrived for the first output, of which each yield is a chunk of `chunk_s` of sound."""


class Measurement(Protocol):
    """One measurement: its rows of the table, and how it is taken once for one tool."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that its figures fill."""

    async def measure(self, tool: Tool, /) -> Figures:
        """Return one figure a row, by the row's key."""
