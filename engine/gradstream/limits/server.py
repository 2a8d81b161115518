"""The bounds of a server, each with its policy: what `limits` in `gradstream.yaml` can set.

    Limits field: Annotated[type, Bound] --bounds()--> the schema of `limits`, docs/authoring/limits.md
    `limits` in gradstream.yaml          --read(…)--> Limits

Bounds of one demo are in its `RunLimits`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, get_type_hints

from msgspec import structs

from gradstream.limits.worker import Bound, Unit, WorkerLimits


class Limits(WorkerLimits, frozen=True, kw_only=True):
    """All bounds of a server, and those of its workers; times in seconds, sizes in bytes."""

    upload_bytes: Annotated[
        int, Bound("upload", "size", "One file that a visitor sends", "it is refused (413)")
    ] = 20_000_000
    visitor_upload_bytes: Annotated[
        int,
        Bound(
            "visitor_uploads",
            "size",
            "Files of one visitor on disk",
            "the visitor's file that was not used for the longest time is dropped",
        ),
    ] = 256 * 2**20
    visitor_upload_files: Annotated[
        int,
        Bound(
            "visitor_upload_files",
            "count",
            "Their number",
            "the visitor's file that was not used for the longest time is dropped",
        ),
    ] = 200
    uploads_bytes: Annotated[
        int,
        Bound(
            "uploads",
            "size",
            "Files of all visitors on disk",
            "the address, and there the visitor, that has most loses the file not used for the longest time",
        ),
    ] = 2**30
    upload_files: Annotated[int, Bound("upload_files", "count", "Their number", "the same")] = 10_000
    upload_s: Annotated[
        float, Bound("upload_time", "time", "How long a file that is not used is kept", "it is dropped")
    ] = 24 * 3600.0
    session_runs: Annotated[
        int,
        Bound("visitor_runs", "count", "Runs of one visitor that go on or wait", "another is refused (429)"),
    ] = 64
    address_runs: Annotated[
        int,
        Bound("address_runs", "count", "Runs of one address that go on or wait", "another is refused (429)"),
    ] = 512
    address_connections: Annotated[
        int,
        Bound(
            "address_connections",
            "count",
            "Requests and WebSockets of one address that are open",
            "another is refused (429)",
        ),
    ] = 512
    uploading_bytes: Annotated[
        int,
        Bound(
            "uploading",
            "size",
            "Files that are being sent, together",
            "the one whose sender is silent for longest is given up (503)",
        ),
    ] = 512 * 2**20
    header_bytes: Annotated[
        int, Bound("headers", "size", "The address and the headers of a request", "it is refused (431)")
    ] = 64 * 2**10
    header_s: Annotated[
        float,
        Bound("header_time", "time", "How long the headers of a request may take", "it is refused (408)"),
    ] = 15.0
    body_s: Annotated[
        float,
        Bound(
            "body_time",
            "time",
            "How long the sender of a body may be silent, or slower than 8 KiB a second",
            "it is refused (408)",
        ),
    ] = 30.0
    pipelined: Annotated[
        int,
        Bound(
            "pipelined",
            "count",
            "Requests of one connection that wait for the answer to the one before",
            "another is refused, and the connection closed (429)",
        ),
    ] = 16
    write_s: Annotated[
        float,
        Bound(
            "write_time",
            "time",
            "How long a client may take nothing of an answer",
            "its connection is closed",
        ),
    ] = 120.0
    bodies_bytes: Annotated[
        int,
        Bound(
            "bodies",
            "size",
            "Bodies that are not complete, together",
            "the one whose sender is silent for longest is given up (503)",
        ),
    ] = 64 * 2**20
    followed_runs: Annotated[
        int,
        Bound("followed_runs", "count", "Runs that one connection follows", "it is refused (400, 1008)"),
    ] = 1000
    """A page follows a handful."""
    frames: Annotated[
        int,
        Bound(
            "frames",
            "count",
            "Frames a second on a WebSocket",
            "it is closed (1008)",
        ),
    ] = 100
    frames_at_once: Annotated[
        int, Bound("frames_at_once", "count", "Frames on a WebSocket at once", "it is closed (1008)")
    ] = 1000
    """A page that comes back subscribes to all of its runs at once."""
    body_bytes: Annotated[
        int, Bound("body", "size", "The body of a request in JSON", "it is refused (413)")
    ] = 10 * 2**20
    body_values: Annotated[
        int,
        Bound(
            "body_values", "count", "Values in a body: texts, numbers, lists, mappings", "it is refused (422)"
        ),
    ] = 20_000
    body_depth: Annotated[
        int,
        Bound("body_depth", "count", "Lists and mappings within each other in a body", "it is refused (422)"),
    ] = 1000
    body_digits: Annotated[
        int, Bound("body_digits", "count", "Characters of a number in a body", "it is refused (422)")
    ] = 1000
    findings: Annotated[
        int,
        Bound("findings", "count", "Mistakes that an answer lists; long values are cut", "they are counted"),
    ] = 20
    journal_events: Annotated[
        int,
        Bound(
            "journal_events",
            "count",
            "Events that are kept of one run",
            "the oldest are folded into a snapshot",
        ),
    ] = 20_000
    journal_bytes: Annotated[
        int,
        Bound("journal", "size", "The same events in memory", "the oldest are folded into a snapshot"),
    ] = 16 * 2**20
    run_bytes: Annotated[
        int,
        Bound("run_memory", "size", "Events of one run and the values it shows, in memory", "the run fails"),
    ] = 64 * 2**20
    inputs_bytes: Annotated[
        int,
        Bound(
            "inputs",
            "size",
            "Inputs and histories of all runs that go on or wait",
            "a further run is refused (429)",
        ),
    ] = 64 * 2**20
    sign_ins: Annotated[
        int,
        Bound("sign_ins", "count", "Who is signed in at the same time", "the oldest sign-in is ended"),
    ] = 10_000
    sign_in_s: Annotated[
        float, Bound("sign_in_time", "time", "How long somebody is signed in", "it is ended")
    ] = 7 * 24 * 3600.0
    address_tries: Annotated[
        int,
        Bound(
            "address_tries",
            "count",
            "Wrong passwords and tokens of one address at once; one more is allowed each 6 s",
            "it has to wait (429)",
        ),
    ] = 20
    """A family or an office may have one address."""
    name_tries: Annotated[
        int,
        Bound(
            "name_tries",
            "count",
            "Wrong passwords under one name at once, from all addresses; one more is allowed each 30 s",
            "it has to wait (429)",
        ),
    ] = 10
    """Those of a day, 2,880, find no password of eight random letters."""
    known_tries: Annotated[
        int,
        Bound(
            "known_tries",
            "count",
            "Addresses and names of wrong tries that are known",
            "the one that was wrong longest ago is forgotten",
        ),
    ] = 10_000
    removed_demos: Annotated[
        int,
        Bound(
            "removed_demos",
            "count",
            "Demos with users that were removed, and whose users are known",
            "the one removed first is forgotten",
        ),
    ] = 1000
    repeats: Annotated[
        int,
        Bound(
            "repeats",
            "count",
            "Requests that are known when they come again, by their `Idempotency-Key`",
            "the oldest is forgotten",
        ),
    ] = 10_000
    silent_readers: Annotated[
        int,
        Bound(
            "silent_readers",
            "count",
            "Readers of one run that fell silent and are waited for",
            "the one that is silent for longest is not waited for",
        ),
    ] = 100
    held_states: Annotated[
        int,
        Bound(
            "held_states",
            "count",
            "Moments of a run that goes on whose large values are being read",
            "who asks next shares the newest of them",
        ),
    ] = 4
    feed_backlog_bytes: Annotated[
        int,
        Bound(
            "backlog",
            "size",
            "Events that a reader is behind",
            "it gets a snapshot in place of what it missed",
        ),
    ] = 4 * 2**20
    run_blob_bytes: Annotated[
        int,
        Bound(
            "blobs",
            "size",
            "Pictures, clips and files of one run on disk",
            "the oldest that no output shows are dropped; a run that shows more fails",
        ),
    ] = 256 * 2**20
    run_blobs: Annotated[
        int,
        Bound(
            "blob_files",
            "count",
            "Their number",
            "the oldest that no output shows are dropped; a run that shows more fails",
        ),
    ] = 10_000
    stream_segments: Annotated[
        int, Bound("stream_segments", "count", "Segments of one stream", "the oldest are dropped")
    ] = 100_000
    """A day of segments of a second; each takes a file and a line in every playlist."""
    run_stream_bytes: Annotated[
        int,
        Bound(
            "streams",
            "size",
            "Streams of sound and video of one run, on disk",
            "the oldest parts are dropped",
        ),
    ] = 2**30
    session_stream_bytes: Annotated[
        int,
        Bound(
            "visitor_streams",
            "size",
            "Streams of one visitor's runs on disk",
            "the visitor's finished runs are forgotten, then the oldest parts are dropped",
        ),
    ] = 2 * 2**30
    download_bytes: Annotated[
        int,
        Bound("download", "size", "A stream as a file to download, while it is made", "there is none (422)"),
    ] = 4 * 2**30
    """The largest size that a WAV file can state."""
    download_s: Annotated[
        float, Bound("download_time", "time", "How long making such a file may take", "it is given up (500)")
    ] = 600.0
    """Ten hours of sound as an MP3 take some minutes of a busy core."""
    downloads: Annotated[
        int, Bound("downloads", "count", "Such files that are made at once", "others wait")
    ] = 2
    """Making them must not slow down the streams that are going on."""
    finished_run_s: Annotated[
        float, Bound("finished_time", "time", "How long a finished run can be read", "it is forgotten")
    ] = 3600.0
    finished_runs: Annotated[
        int,
        Bound(
            "finished_runs",
            "count",
            "Finished runs that are kept",
            "the one that finished first is forgotten",
        ),
    ] = 1000
    finished_bytes: Annotated[
        int,
        Bound(
            "finished_memory",
            "size",
            "Finished runs in memory: their events and the values they show",
            "the one that finished first is forgotten",
        ),
    ] = 512 * 2**20
    finished_blob_bytes: Annotated[
        int,
        Bound(
            "finished_files",
            "size",
            "Big values and streams of finished runs on disk",
            "the one that finished first is forgotten",
        ),
    ] = 4 * 2**30
    recording_bytes: Annotated[
        int,
        Bound("recording", "size", "One recording of a run, on disk", "none is made"),
    ] = 256 * 2**20
    example_recordings_bytes: Annotated[
        int,
        Bound(
            "example_recordings",
            "size",
            "Recordings of examples (`cache`), on disk",
            "the one that was not used for the longest time is removed",
        ),
    ] = 2**30
    example_recording_files: Annotated[
        int,
        Bound(
            "example_recording_files",
            "count",
            "Their number",
            "the one that was not used for the longest time is removed",
        ),
    ] = 1000
    history_bytes: Annotated[
        int,
        Bound(
            "history",
            "size",
            "Recordings of finished runs (`history`), on disk",
            "that of the run that finished first is removed",
        ),
    ] = 4 * 2**30
    history_files: Annotated[
        int, Bound("history_files", "count", "Their number", "that of the run that finished first is removed")
    ] = 10_000
    state_bytes: Annotated[
        int,
        Bound(
            "states",
            "size",
            "`state` of all visitors in memory",
            "the one that was not used for the longest time is dropped",
        ),
    ] = 64 * 2**20
    workers: Annotated[
        int,
        Bound(
            "workers",
            "count",
            "Demos that have a process at the same time",
            "the process that was not used for the longest time ends; when all are in use, the run waits",
        ),
    ] = 12
    catalog_changes: Annotated[
        int,
        Bound(
            "catalog_changes", "count", "Changes of the catalog that are kept", "pages read all of it again"
        ),
    ] = 200
    """A day of frequent saves; a change is a number and a few names."""
    catalog_views: Annotated[
        int,
        Bound("catalog_views", "count", "Views of demos that are kept for pages", "they are made again"),
    ] = 1000
    socket_message_bytes: Annotated[
        int, Bound("socket_message_size", "size", "A message on a WebSocket", "it is closed (1009)")
    ] = 64 * 2**10
    socket_request_chars: Annotated[
        int,
        Bound(
            "socket_request_length", "count", "Characters of a request on a WebSocket", "it is closed (1008)"
        ),
    ] = 4096
    feed_wait_s: Annotated[float, Bound("feed_wait", "time", "`wait` of a feed", "it is refused (400)")] = (
        60.0
    )
    """Proxies close connections that are silent for longer."""
    detail_chars: Annotated[
        int, Bound("detail_length", "count", "Characters of a refusal's detail", "it is cut")
    ] = 1000
    shown_chars: Annotated[
        int,
        Bound("shown_length", "count", "Characters of a value or a name that a message shows", "it is cut"),
    ] = 40
    yaml_bytes: Annotated[
        int, Bound("yaml_size", "size", "The YAML file of a demo", "it is refused", most=64 * 2**20)
    ] = 2**20
    """A thousand times the usual demo, read in a fraction of a second."""
    yaml_values: Annotated[
        int,
        Bound("yaml_values", "count", "Values of the YAML file of a demo", "it is refused", most=10_000_000),
    ] = 100_000
    """With aliases expanded: walking and checking that many takes about a second."""
    examples_bytes: Annotated[
        int, Bound("examples_size", "size", "A file of examples", "it is refused", most=64 * 2**20)
    ] = 2**20
    """Examples are buttons on a page: a file of 1 MiB has thousands of them."""
    waiting_recordings: Annotated[
        int,
        Bound(
            "waiting_recordings", "count", "Runs that wait to be recorded", "a further one is not recorded"
        ),
    ] = 200
    copied_recordings: Annotated[
        int,
        Bound("copied_recordings", "count", "Recordings of examples that are copied at once", "others wait"),
    ] = 4
    first_reader_s: float = 5.0
    """With `on_disconnect: stop`, how long a run waits for its first reader."""

    def for_workers(self) -> WorkerLimits:
        """Return those that hold in workers."""
        return WorkerLimits(**{name: getattr(self, name) for name in WorkerLimits.__struct_fields__})


def bounds() -> Iterator[tuple[str, Bound]]:
    """Yield the name of each field that can be set, and what it bounds."""
    for name, hint in get_type_hints(Limits, include_extras=True).items():
        for note in getattr(hint, "__metadata__", ()):
            if isinstance(note, Bound):
                yield name, note


def read(written: Mapping[str, Any], *, convert: Mapping[Unit, Callable[[Any], Any]]) -> Limits:
    """Return the limits of a mapping that has passed its schema; `convert` reads each measure."""
    given = {
        name: convert[bound.measure](written[bound.key]) for name, bound in bounds() if bound.key in written
    }
    return structs.replace(Limits(), **given)
