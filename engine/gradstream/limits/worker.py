"""The bounds that hold in the process of a demo: a part of a server's `Limits`, sent to it with each demo.

Limits.for_workers --LoadRequest--> worker: imports, runs, prints
"""

from typing import Annotated, Literal

from msgspec import Struct

Unit = Literal["count", "size", "time"]

LARGEST_VALUE_BYTES = 64 * 2**20 - 2**10
"""What one frame from worker to server holds, beside its other fields (`ipc/protocol.py`)."""

LARGEST_EVENT_BYTES = 32 * 2**20
"""Half a frame: it may have other events in front, and its value is in a snapshot with others."""


def size_in_words(size: int) -> str:
    """Return a size for a sentence: 1 MiB, 512 KiB, 1,000 B."""
    unit, worth = next(each for each in (("MiB", 2**20), ("KiB", 2**10), ("B", 1)) if size % each[1] == 0)
    return f"{size // worth:,} {unit}"


class Bound(Struct, frozen=True):
    """What a field bounds, its key in `gradstream.yaml`, what happens beyond it, and its largest value."""

    key: str
    measure: Unit
    bounds: str
    beyond: str
    most: int | None = None


class WorkerLimits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All bounds of a worker; sizes in bytes."""

    log_lines: Annotated[
        int,
        Bound(
            "log_lines",
            "count",
            "Lines that a run logs for visitors, the first of each second and as many of the last",
            "the others are counted",
        ),
    ] = 100
    progress_events: Annotated[
        int, Bound("progress_events", "count", "Events of progress, a second", "the latest is sent")
    ] = 10
    printed_lines: Annotated[
        int,
        Bound(
            "printed_lines",
            "count",
            "Lines that a run or an import prints, a second; five times as many at once",
            "they are counted and left out",
        ),
    ] = 200
    printed_bytes: Annotated[
        int,
        Bound(
            "printed_size",
            "size",
            "What a run or an import prints, a second; eight times as much at once",
            "it is counted and left out",
        ),
    ] = 128 * 2**10
    line_bytes: Annotated[
        int,
        Bound("printed_line_size", "size", "One printed line", "it is divided; outside of a run it is cut"),
    ] = 16 * 2**10
    import_lines: Annotated[
        int, Bound("import_lines", "count", "Lines that an import prints", "the oldest are dropped")
    ] = 100
    remarks: Annotated[
        int,
        Bound(
            "remarks",
            "count",
            "Remarks of one run about its values",
            "they are left out, and a last one says so",
        ),
    ] = 100
    known_pictures: Annotated[
        int,
        Bound(
            "known_pictures",
            "count",
            "Pictures of a run that are recognised when they are yielded again",
            "the oldest is sent again",
        ),
    ] = 64
    own_state_bytes: Annotated[
        int,
        Bound("state_size", "size", "`state` of one visitor in one demo", "it is not kept", most=32 * 2**20),
    ] = 2**20
    """It is sent to each run and back; larger values belong in a file of the developer."""
    message_chars: Annotated[
        int,
        Bound("message_length", "count", "Characters of an exception's message", "it is cut", most=100_000),
    ] = 300
    """Some libraries raise whole pages of text; the traceback has all of it."""
    traceback_chars: Annotated[
        int,
        Bound(
            "traceback_length",
            "count",
            "Characters of an exception's text that are kept, and of its traceback",
            "it is cut",
            most=4_000_000,
        ),
    ] = 2**18
    """Some exceptions have a whole file as their text; a longer one might not fit into a frame."""
    event_bytes: Annotated[
        int, Bound("event_size", "size", "One event of a run", "the run fails", most=LARGEST_EVENT_BYTES)
    ] = 16 * 2**20
    """Readers get it as a whole; pictures and files are sent apart from events."""
    figure_bytes: Annotated[
        int,
        Bound(
            "figure_size",
            "size",
            "A figure of Plotly, Altair or Bokeh",
            "the run fails",
            most=LARGEST_EVENT_BYTES,
        ),
    ] = 8 * 2**20
    """A browser draws no more data at once without standing still for seconds."""
    value_bytes: Annotated[
        int,
        Bound(
            "value_size", "size", "One picture or file of a run", "the run fails", most=LARGEST_VALUE_BYTES
        ),
    ] = LARGEST_VALUE_BYTES
    model_bytes: Annotated[
        int, Bound("model_size", "size", "One 3D model of a run", "the run fails", most=LARGEST_VALUE_BYTES)
    ] = 60 * 2**20
    clip_bytes: Annotated[
        int,
        Bound(
            "clip_size",
            "size",
            "One clip of sound or video of a run",
            "the run fails",
            most=LARGEST_VALUE_BYTES,
        ),
    ] = 60 * 2**20
    functions: Annotated[
        int,
        Bound(
            "functions",
            "count",
            "Functions that run at once in threads of one process",
            "others wait for a thread",
            most=2_000,
        ),
    ] = 200
    """With more threads Python would spend its time switching; further runs wait for a thread."""
    waiting_pictures: Annotated[
        int,
        Bound(
            "waiting_pictures",
            "count",
            "Pictures of a run that wait to be encoded",
            "the function waits at its next yield",
        ),
    ] = 4
    """4 keep two encoders busy."""
    waiting_events: Annotated[
        int,
        Bound(
            "waiting_events",
            "count",
            "Events of a run that wait behind a picture",
            "the function waits at its next yield",
        ),
    ] = 1_000
    waiting_chunks: Annotated[
        int,
        Bound(
            "waiting_chunks",
            "count",
            "Pieces of a run's streams that wait to be encoded",
            "the function waits at its next yield",
        ),
    ] = 4


WORKER_LIMITS = WorkerLimits()
"""Those of a server that sets none."""
