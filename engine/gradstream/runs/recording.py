"""From a finished run to what its recording consists of, and back.

StoredRun --content_of--> Content --recordings.writer--> file
file --recordings.reader--> Recording --record_of, restore_into--> StoredRun
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import time
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

import gradstream
from gradstream.components.registry import input_kind
from gradstream.diagnostics import Span
from gradstream.events.journal import Recorded
from gradstream.format.gate import CLOSED
from gradstream.format.types import Action, Demo, GeneratorPath, Input, Output
from gradstream.ipc.protocol import INIT_INDEX
from gradstream.recordings.types import (
    Content,
    Manifest,
    RecordedBlob,
    RecordedStream,
    Recording,
    Spec,
    SpecAction,
    SpecPart,
)
from gradstream.runs.blobs import BlobFile
from gradstream.runs.caller import Caller
from gradstream.runs.contract import Segment
from gradstream.runs.disk import Disk
from gradstream.runs.record import RunRecord
from gradstream.runs.stored_run import StoredRun
from gradstream.runs.streams import StreamFiles

NOWHERE = Span(file="", line=1, column=1, end_line=1, end_column=1)
"""Of a demo that is known from a recording alone: there is no file to point at."""


class Extracted(Struct, frozen=True):
    """The files of a recording's big values, and the folders of its streams, in the manifest's order."""

    blobs: tuple[Path, ...]
    streams: tuple[Path, ...]


def content_of(run: StoredRun, inputs: Mapping[str, Any]) -> Content:
    """Return what a recording of a run that is over consists of; `inputs` are the values it was given."""
    record, blobs, streams = run.record, run.blobs.all(), run.streams.all()
    manifest = Manifest(
        gradstream=gradstream.__version__,
        run=run.id,
        demo=_spec(record.demo),
        action=record.action,
        inputs=dict(_shown(inputs, record.demo.inputs)),
        created_at=record.created_at,
        recorded_at=time(),
        replays=record.recorded_at,
        blobs=tuple(RecordedBlob(digest=key, mime=blob.mime, size=blob.size) for key, blob in blobs.items()),
        streams=tuple(_stream_part(output, stream) for output, stream in streams.items()),
    )
    return Content(
        manifest=manifest,
        journal=run.journal.recorded(),
        blobs=tuple(blob.path for blob in blobs.values()),
        streams=tuple(tuple(_paths(stream)) for stream in streams.values()),
    )


def record_of(manifest: Manifest) -> RunRecord:
    """Return the record of the run that was recorded; its caller is nobody who could come back."""
    return RunRecord(
        id=manifest.run,
        demo=_demo(manifest.demo),
        action=manifest.action,
        # Each has a share of its own in what is counted by session.
        caller=Caller(session=f"recording {manifest.run}"),
        created_at=manifest.created_at,
        recorded_at=manifest.replays,
    )


def restore_into(run: StoredRun, recording: Recording, extracted: Extracted, *, disk: Disk) -> None:
    """Fill a run that is empty so far with what was recorded and extracted."""
    manifest = recording.manifest
    for part, path in zip(manifest.blobs, extracted.blobs, strict=True):
        run.blobs.restore(part.digest, BlobFile(path=path, mime=part.mime, size=part.size))
    for stream, folder in zip(manifest.streams, extracted.streams, strict=True):
        run.streams.restore(stream.output, _stream_files(stream, folder, disk))
    run.journal.restore(recording.journal)


def at_once(recorded: Recorded) -> Recorded:
    """Return the same events as if all had happened at the same moment, as in a replay without pauses."""
    entries = tuple(replace(entry, at_ms=0) for entry in recorded.entries)
    return Recorded(base=recorded.base, base_at_ms=0, entries=entries)


def _shown(values: Mapping[str, Any], fields: Sequence[Input]) -> Iterator[tuple[str, Any]]:
    known = {field.name: field for field in fields}
    for name, value in values.items():
        field = known.get(name)
        if field is None or not input_kind(field.kind).is_secret(field):
            yield name, _without_paths(value)


def _without_paths(value: Any) -> Any:
    """Return a value in which a file is known by its name, and not by where it was on this machine."""
    if isinstance(value, dict):
        is_file = isinstance(value.get("path"), str) and "name" in value
        return {key: _without_paths(one) for key, one in value.items() if not (is_file and key == "path")}
    return [_without_paths(one) for one in value] if isinstance(value, list) else value


def _spec(demo: Demo) -> Spec:
    return Spec(
        address=demo.address,
        file=demo.file,
        title=demo.title,
        revision=demo.revision,
        inputs=tuple(SpecPart(name=one.name, type=one.kind, label=one.label) for one in demo.inputs),
        outputs=tuple(SpecPart(name=one.name, type=one.kind, label=one.label) for one in demo.outputs),
        actions=tuple(
            SpecAction(name=one.name, button=one.button, inputs=one.inputs, outputs=one.outputs)
            for one in demo.actions
        ),
        shows_errors=demo.shows_errors,
        is_guarded=demo.gate is not None,
    )


def _demo(spec: Spec) -> Demo:
    nothing = GeneratorPath(text="", span=NOWHERE, roots=())
    return Demo(
        address=spec.address,
        file=spec.file,
        folder="",
        root="",
        source="",
        revision=spec.revision,
        title=spec.title,
        inputs=tuple(Input(name=one.name, kind=one.type, label=one.label) for one in spec.inputs),
        outputs=tuple(Output(name=one.name, kind=one.type, label=one.label) for one in spec.outputs),
        actions=tuple(
            Action(
                name=one.name, generator=nothing, button=one.button, inputs=one.inputs, outputs=one.outputs
            )
            for one in spec.actions
        ),
        shows_errors=spec.shows_errors,
        # Who was let in is known as long as the demo is there.
        gate=CLOSED if spec.is_guarded else None,
    )


def _stream_part(output: str, stream: StreamFiles) -> RecordedStream:
    return RecordedStream(
        output=output,
        mime=stream.mime,
        timescale=stream.timescale,
        longest_s=stream.longest_s,
        init_size=stream.init_size,
        first=stream.first,
        segments=tuple((one.start_s, one.duration_s, one.size) for one in stream.segments),
    )


def _stream_files(part: RecordedStream, folder: Path, disk: Disk) -> StreamFiles:
    files = StreamFiles(
        folder, longest_s=part.longest_s, init_size=part.init_size, disk=disk, first=part.first
    )
    files.mime, files.timescale = part.mime, part.timescale
    for start_s, duration_s, size in part.segments:
        files.add(Segment(start_s, duration_s, size))
    return files


def _paths(stream: StreamFiles) -> Iterator[Path]:
    yield stream.path(INIT_INDEX)
    for index in range(stream.first, stream.end):
        yield stream.path(index)
