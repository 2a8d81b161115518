"""Contents of recordings for tests: a run with a text, a picture and a stream."""

from pathlib import Path

from gradstream.events import codec
from gradstream.events.journal import Journal, Recorded
from gradstream.events.types import Append, Event, Running, SegmentAdded, Set, StreamBegun, Succeeded
from gradstream.recordings.types import (
    Content,
    Manifest,
    RecordedBlob,
    RecordedStream,
    Spec,
    SpecAction,
    SpecPart,
)

RUN = "0" * 32
PICTURE = b"a picture"
SOUND = (b"head", b"one", b"second")

EVENTS: tuple[Event, ...] = (
    Running(),
    Set(output="text", value="He"),
    Append(output="text", text="llo"),
    Set(output="picture", value={"blob": "abc", "mime": "image/png", "size": len(PICTURE)}),
    StreamBegun(output="sound", mime='audio/mp4; codecs="flac"', timescale=48000),
    SegmentAdded(output="sound", index=0, start_s=0.0, duration_s=0.5),
    SegmentAdded(output="sound", index=1, start_s=0.5, duration_s=1.0),
    Succeeded(duration_s=1.5),
)

MANIFEST = Manifest(
    gradstream="0.1",
    run=RUN,
    demo=Spec(
        address="sing",
        file="demos/sing.yaml",
        title="Sing",
        revision="1",
        inputs=(),
        outputs=tuple(
            SpecPart(name=name, type=kind, label=name.title())
            for name, kind in (("text", "text"), ("picture", "image"), ("sound", "audio"))
        ),
        actions=(SpecAction(name="run", button="Run", inputs=(), outputs=("text", "picture", "sound")),),
        shows_errors=False,
    ),
    action="run",
    inputs={"words": "la"},
    created_at=1000.0,
    recorded_at=1002.0,
    blobs=(RecordedBlob(digest="abc", mime="image/png", size=len(PICTURE)),),
    streams=(
        RecordedStream(
            output="sound",
            mime='audio/mp4; codecs="flac"',
            timescale=48000,
            longest_s=1.0,
            init_size=len(SOUND[0]),
            first=0,
            segments=((0.0, 0.5, len(SOUND[1])), (0.5, 1.0, len(SOUND[2]))),
        ),
    ),
)


def recorded(*events: Event, max_events: int = 1000) -> Recorded:
    """Return what a journal with these events keeps."""
    journal = Journal(max_events=max_events, clock=lambda: 0.0)
    for event in events:
        journal.append([codec.record(event)])
    return journal.recorded()


def make_content(folder: Path, manifest: Manifest = MANIFEST) -> Content:
    """Return a run whose files are in a folder."""
    folder.mkdir(exist_ok=True)
    picture = folder / "picture"
    picture.write_bytes(PICTURE)
    parts = []
    for index, data in enumerate(SOUND):
        parts.append(folder / f"part{index}")
        parts[-1].write_bytes(data)
    return Content(manifest=manifest, journal=recorded(*EVENTS), blobs=(picture,), streams=(tuple(parts),))
