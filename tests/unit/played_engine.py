"""An engine without processes: a test plays the worker's part by hand, and sees what was asked of it."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import structs

from gradstream.authoring import Session
from gradstream.diagnostics import Diagnostic, Span
from gradstream.engines.contract import ImportedCode, RunSink
from gradstream.events import codec
from gradstream.events.types import Event, SegmentAdded, StreamBegun
from gradstream.format.types import Action, Demo, GeneratorPath, Output, RunLimits
from gradstream.ipc.protocol import INIT_INDEX, Ending, Loaded, RunOrder, StreamPart

NOBODY = Session(id="nobody", user=None, language=None, headers={})

SOUND = 'audio/mp4; codecs="flac"'
VIDEO = 'video/mp4; codecs="avc3.42C01E"'


def make_order(demo: str) -> RunOrder:
    """Return the order of a run `r` without inputs."""
    return RunOrder(
        run="r",
        demo=demo,
        action="run",
        values={},
        history=None,
        state={},
        folder=".",
        session=NOBODY,
    )


class PlayedSlot:
    """A run that the test plays; `cancels` has the grace of each cancel, `imported` its code's files."""

    def __init__(self, demo: Demo, order: RunOrder, sink: RunSink) -> None:
        self.demo = demo
        self.order = order
        self.sink = sink
        self.cancels: list[float] = []
        self.imported: ImportedCode | None = None
        self._lengths: dict[str, list[float]] = {}
        """The durations of each stream's segments."""

    def cancel(self, *, grace_s: float) -> None:
        """Note that the generator was asked to end."""
        self.cancels.append(grace_s)

    def tell(self, *events: Event) -> None:
        """Tell the run events, as one batch."""
        self.sink.records([codec.record(event) for event in events])

    def open_stream(
        self, output: str = "sound", *, mime: str = SOUND, longest_s: float = 1.0, data: bytes = b"head"
    ) -> None:
        """Begin an output's stream, as a worker does."""
        self.sink.part(StreamPart(self.order.run, output, INIT_INDEX, 0.0, longest_s, data))
        self.tell(StreamBegun(output=output, mime=mime, timescale=48000))
        self._lengths[output] = []

    def add_segment(self, data: bytes, *, output: str = "sound", duration_s: float = 0.5) -> None:
        """Let an output's stream grow."""
        lengths = self._lengths[output]
        index, start_s = len(lengths), sum(lengths)
        self.sink.part(StreamPart(self.order.run, output, index, start_s, duration_s, data))
        self.tell(SegmentAdded(output=output, index=index, start_s=start_s, duration_s=duration_s))
        lengths.append(duration_s)

    def end(self, ending: Ending | None = None) -> None:
        """End the generator; successfully unless an ending says otherwise."""
        self.sink.ended(ending or Ending())


class PlayedEngine:
    """Begins every run at once and leaves the rest to the test; fulfils `Engine`."""

    def __init__(self, *, runs_at_once: bool = True) -> None:
        self.slots: list[PlayedSlot] = []
        self.opened: list[str] = []
        self._runs_at_once = runs_at_once
        self._watchers: set[Callable[[str, Loaded], None]] = set()

    async def open(self, demo: Demo) -> Loaded:
        """Report an import without findings."""
        self.opened.append(demo.address)
        report = loaded(demo.address)
        self.report(report)
        return report

    async def preview(self, demo: Demo) -> None:
        """Do the same: this engine has nothing to spare."""
        await self.open(demo)

    def report(self, report: Loaded) -> None:
        """Tell every watcher what an import said."""
        for told in tuple(self._watchers):
            told(report.demo, report)

    def start(self, demo: Demo, order: RunOrder, sink: RunSink) -> PlayedSlot:
        """Begin a run."""
        slot = PlayedSlot(demo, order, sink)
        self.slots.append(slot)
        if self._runs_at_once:
            sink.running()
        return slot

    def catalog_changed(self, demos: Mapping[str, Demo]) -> None:
        """Nothing is kept of demos here."""

    def files_changed(self, paths: Sequence[str]) -> Sequence[str]:
        """Nothing was imported from files here."""
        del paths
        return ()

    def watch(self, told: Callable[[str, Loaded], None]) -> Callable[[], None]:
        """Call `told` after each import."""
        self._watchers.add(told)
        return lambda: self._watchers.discard(told)

    async def aclose(self) -> None:
        """There is no worker to end."""


def loaded(address: str, *, detail: str | None = None, diagnostics: tuple[Diagnostic, ...] = ()) -> Loaded:
    """Return the report of an import."""
    return Loaded(demo=address, diagnostics=diagnostics, actions=(), files=(), duration_s=0.1, detail=detail)


def make_demo(address: str = "echo", **changes: object) -> Demo:
    """Return a small demo with one text output; `changes` are fields of `Demo`."""
    span = Span(file=f"demos/{address}.yaml", line=3, column=12, end_line=3, end_column=20)
    path = GeneratorPath(text=f"{address}.run", span=span, roots=())
    action = Action(name="run", generator=path, button="Run", inputs=(), outputs=("text",))
    fields: dict[str, object] = {
        "address": address,
        "file": f"demos/{address}.yaml",
        "folder": "",
        "root": "",
        "source": "gradstream: 1\n",
        "revision": "1",
        "title": address.title(),
        "outputs": (Output(name="text", kind="text", label="Text"),),
        "actions": (action,),
        "limits": RunLimits(),
    }
    return Demo(**{**fields, **changes})  # type: ignore[arg-type]


def make_singer(address: str = "sing", **changes: object) -> Demo:
    """Return a demo with two streams and a text."""
    outputs = (
        Output(name="sound", kind="audio", label="Sound", updates="append"),
        Output(name="film", kind="video", label="Film", updates="append"),
        Output(name="text", kind="text", label="Text"),
    )
    action = make_demo(address).actions[0]
    named = structs.replace(action, outputs=tuple(one.name for one in outputs))
    return make_demo(address, **{"outputs": outputs, "actions": (named,), **changes})
