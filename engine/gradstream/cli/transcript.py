"""A run as lines in a terminal: values on standard output, everything else on standard error.

texts, conversations   the text as it grows, letter by letter
pictures, clips        a file for each, its name as a line
sound and video        a file per stream, its name as a line when it is complete
everything else        a line of JSON at each change, after the output's name
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO, assert_never

from msgspec import Struct, json

from gradstream.cli.stream_file import StreamFile
from gradstream.components.registry import output_kind
from gradstream.events import codec
from gradstream.events.fold import Fold
from gradstream.events.types import (
    PRINTED,
    Append,
    Canceled,
    Entry,
    Failed,
    Log,
    Patch,
    Progress,
    Props,
    Queued,
    Running,
    SegmentAdded,
    Set,
    Snapshot,
    Starting,
    StreamBegun,
    Succeeded,
)
from gradstream.file_ref import whole
from gradstream.format.types import Output
from gradstream.runs.contract import RunHandle

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/flac": ".flac",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
}


class Screen(Struct, frozen=True, kw_only=True):
    """Where a transcript goes; images, clips and streams become files in `folder`."""

    values: TextIO
    notes: TextIO
    folder: Path


class Transcript:
    """Writes one run, event by event."""

    def __init__(self, run: RunHandle, *, screen: Screen) -> None:
        self._run = run
        self._outputs: Mapping[str, Output] = {output.name: output for output in run.record.demo.outputs}
        self._address = run.record.demo.address
        self._screen = screen
        self._streams: dict[str, StreamFile] = {}
        self._fold = Fold()
        self._shown: dict[str, str] = {}
        """The text of each growing output as it was last written."""
        self._open: str | None = None
        """The output whose last line has no end yet."""

    async def show(self, entry: Entry) -> None:
        """Write what one event changes; a step appears as a whole."""
        await self._show(entry)
        if not entry.more:
            self._screen.values.flush()

    async def _show(self, entry: Entry) -> None:
        self._fold.apply(entry)
        event = codec.event(entry)
        match event:
            case Set() | Append() | Patch():
                await self._show_value(event.output, entry.seq)
            case StreamBegun():
                await self._start_stream(event)
            case SegmentAdded():
                await self._grow_stream(event.output)
            case Progress():
                self._note(_progress(event))
            case Log():
                self._note(event.text if event.level in PRINTED else f"{event.level}: {event.text}")
            case Queued():
                self._note(f"waiting: number {event.position} in line")
            case Snapshot():
                self._note(f"{event.skipped} events were skipped")
            case Failed() | Canceled() | Succeeded():
                await self._close_streams()
                self._note_end(event)
            case Starting() | Running() | Props():
                pass
            case _:
                assert_never(event)

    async def _show_value(self, name: str, seq: int) -> None:
        value = json.decode(self._fold.outputs()[name])
        text = self._text(name, value)
        if text is not None:
            self._grow(name, text)
        elif isinstance(value, dict) and "blob" in value:
            self._line(name, str(await self._save(name, value, seq)))
        else:
            self._line(name, json.encode(value).decode())

    def _text(self, name: str, value: Any) -> str | None:
        """Return the value of an output, or of an input that the run fills, as the text that it is."""
        output = self._outputs.get(name)
        if output is None:
            return value if isinstance(value, str) else None
        return output_kind(output.kind).as_text(value)

    async def _start_stream(self, started: StreamBegun) -> None:
        name = f"{self._address}.{started.output}"
        file = StreamFile(self._run, started.output, folder=self._screen.folder, name=name)
        if await file.start():
            self._streams[started.output] = file
            self._note(f"{started.output}: streaming to {file.path}")

    async def _grow_stream(self, output: str) -> None:
        if output in self._streams:
            await self._streams[output].grow()

    async def _close_streams(self) -> None:
        """Export each stream as the file that the demo offers to its visitors, and print where it is."""
        for output, file in self._streams.items():
            await file.grow()
            if file.missed:
                self._note(f"{output}: the first {file.missed} segments had been dropped for want of room")
            kind = self._outputs[output].options["download"]
            failure = await file.export(kind)
            if failure is not None:
                reason = f"it could not be made a .{kind} file ({failure.reason}), and stays as it grew"
                self._note(f"{output}: {reason}")
            self._note(f"{output}: {file.duration_s:.1f} s")
            self._line(output, str(file.path))

    def _grow(self, name: str, text: str) -> None:
        shown = self._shown.get(name, "")
        self._shown[name] = text
        if not text or text == shown:
            return
        values = self._screen.values
        if self._open == name and text.startswith(shown):
            values.write(text[len(shown) :])
        else:
            self._end_line()
            values.write(f"{self._label(name)}{text}")
        self._open = name

    def _line(self, name: str, text: str) -> None:
        self._end_line()
        self._screen.values.write(f"{self._label(name)}{text}\n")

    def _label(self, name: str) -> str:
        return f"{name}: " if len(self._outputs) > 1 else ""

    def _note(self, text: str) -> None:
        self._end_line()
        self._screen.values.flush()
        print(text, file=self._screen.notes, flush=True)

    def _note_end(self, event: Failed | Canceled | Succeeded) -> None:
        match event:
            case Succeeded():
                self._note(f"succeeded after {event.duration_s:g} s")
            case Canceled():
                self._note(f"stopped by {event.by} after {event.duration_s:g} s")
            case Failed():
                self._note(f"failed ({event.fault}): {event.message}")
                if event.detail:
                    self._note(event.detail.rstrip())
            case _:
                assert_never(event)

    def _end_line(self) -> None:
        if self._open is not None:
            self._screen.values.write("\n")
            self._open = None

    async def _save(self, name: str, value: Mapping[str, Any], seq: int) -> Path:
        """Write an image or a clip to a file of its own and return the file's path."""
        suffix = SUFFIXES.get(value["mime"].partition(";")[0], "")
        path = self._screen.folder / f"{self._address}.{name}.{seq:03}{suffix}"
        blob = await self._run.blob(value["blob"])
        if blob is not None:
            self._screen.folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(await self._run.read([whole(blob)]))
        return path


def _progress(event: Progress) -> str:
    parts = [
        f"{event.fraction:.0%}" if event.fraction is not None else "",
        f"{event.index} of {event.total}" if event.index is not None and event.total is not None else "",
        event.description or "",
    ]
    return " ".join(["progress:", *(part for part in parts if part)])
