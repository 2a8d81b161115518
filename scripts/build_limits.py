"""Write docs/authoring/limits.md and the schema of `limits` in a catalog: `python scripts/build_limits.py`.

    gradstream.limits.Limits --+--> docs/authoring/limits.md
    demo's schema: `limits` ---+--> schemas/catalog.schema.json: properties.limits

A test compares both files with what this script would write.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gradstream import app
from gradstream.catalog import check_cache
from gradstream.cli import log_writer
from gradstream.components import model_file, portable
from gradstream.components.inputs import json as json_input
from gradstream.components.outputs import figure, media
from gradstream.document import limits as document_limits
from gradstream.engines.local import print_log, printed, printed_text
from gradstream.events import codec
from gradstream.format import units
from gradstream.format.generator import modules
from gradstream.format.rules import csv_table
from gradstream.ipc import prints, protocol
from gradstream.limits import Limits, Unit, bounds
from gradstream.recordings import reader
from gradstream.runs import recorder, replays, uploads
from gradstream.server.content import catalog_json
from gradstream.server.follow import catalog_changes, multiplexed_feed
from gradstream.server.http import bounded_socket, form_file, problems, session
from gradstream.server.routes import websocket
from gradstream.worker import dispatcher
from gradstream.worker.execution import outside
from gradstream.worker.loading import faults
from gradstream.worker.outputs import blob_store
from gradstream.worker.progress import throttle
from gradstream.worker.sending import flow_control, outbox, records

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "authoring" / "limits.md"
SCHEMAS = ROOT / "schemas"
CATALOG = SCHEMAS / "catalog.schema.json"

INTRODUCTION = """\
# Limits

<!-- Written by scripts/build_limits.py from engine/gradstream/limits.py. -->

Everything that a server keeps is bounded, and each bound says what happens beyond it. All of these are keys
of `limits` in `gradstream.yaml`, and hold from the next start on:

```yaml
gradstream: 1
title: Lab
limits:
  upload: 100MB
  finished_runs: 200
```

| key | what is bounded | default | beyond it |
|---|---|---|---|
"""

OF_DEMOS = """
The limits of a demo are keys of its own file, or of this one for all demos that set none:

| key | what it says | default |
|---|---|---|
"""

FIXED_HEAD = """
These bounds cannot be set, for the reason in the last column:

| what is bounded | bound | beyond it | why it is fixed |
|---|---|---|---|
"""

KIB, MIB = 2**10, 2**20

FIXED = (
    # What visitors send.
    ("Parts of an upload's form", f"{form_file.MOST_PARTS}", "it is refused (413)"),
    ("Headers of such a part", f"{form_file.MOST_HEADERS}", "it is refused (413)"),
    ("One such header", f"{form_file.LONGEST_HEADER_BYTES:,} B", "it is refused (413)"),
    ("The boundary of a form", f"{form_file.LONGEST_BOUNDARY} characters", "it is refused (400)"),
    (
        "A file that is being sent, in memory",
        f"{form_file.KEPT_BYTES // KIB} KiB",
        "the rest is written to disk",
    ),
    ("The name of a file", f"{uploads.LONGEST_NAME} characters", "its beginning is left out"),
    ("A session", f"{session.LONGEST} characters", "the request is refused (400)"),
    (
        "A text that is written as JSON, for an input of data",
        f"{json_input.LONGEST_TEXT:,} characters",
        "it is refused (422)",
    ),
    ("Lists and mappings within each other in a value", f"{portable.MAX_DEPTH:,}", "it is refused (422)"),
    ("A message on a WebSocket, in frames", f"{app.MAX_FRAME_BYTES // KIB} KiB", "it is closed (1009)"),
    ("A request on a WebSocket", f"{websocket.MAX_REQUEST_CHARS:,} characters", "it is closed (1008)"),
    (
        "Frames on a WebSocket at once",
        f"{bounded_socket.SECONDS_AT_ONCE} times `frames`",
        "it is closed (1008)",
    ),
    ("`wait` of a feed", f"{multiplexed_feed.LONGEST_WAIT_S:g} s", "it is refused (400)"),
    # What visitors are sent.
    ("The detail of a refusal", f"{problems.LONGEST_DETAIL:,} characters", "it is cut"),
    ("A part of a feed that waits to be sent", f"{codec.PIECE_BYTES // KIB} KiB", "the reader is waited for"),
    ("Changes of the catalog that are kept", f"{catalog_changes.HISTORY}", "pages read all of it again"),
    ("Views of demos that are kept for pages", f"{catalog_json.MAX_CACHED:,}", "they are made again"),
    # What a run makes.
    ("`state` of one visitor in one demo", f"{protocol.MAX_STATE_BYTES // MIB} MiB", "it is not kept"),
    ("Runs that wait to be recorded", f"{recorder.MOST_WAITING}", "a further one is not recorded"),
    ("Recordings of examples that are copied at once", f"{replays.AT_ONCE}", "others wait"),
    ("What a recording says of itself", f"{reader.MANIFEST_BYTES // MIB} MiB", "it is not used"),
    ("One event", f"{records.MAX_BODY_BYTES // MIB} MiB", "the run fails"),
    ("A figure of Plotly, Altair or Bokeh", f"{figure.MAX_FIGURE_BYTES // MIB} MiB", "the run fails"),
    ("One picture or file", f"{outbox.MAX_BLOB_BYTES / MIB:.0f} MiB", "the run fails"),
    ("One 3D model", f"{model_file.LARGEST_MODEL_BYTES // MIB} MiB", "the run fails"),
    ("One clip of sound or video", f"{media.LARGEST_CLIP_BYTES // MIB} MiB", "the run fails"),
    (
        "What a worker sends in one piece",
        f"{protocol.MAX_FRAME_BYTES // MIB} MiB",
        "the process is ended, and its runs fail",
    ),
    (
        "Bytes of a run that are on their way from its worker",
        f"{protocol.INITIAL_CREDIT_BYTES // MIB} MiB",
        "the function waits at its next yield",
    ),
    (
        "Pictures of a run that wait to be encoded",
        f"{flow_control.MAX_WAITING_PICTURES}",
        "the function waits at its next yield",
    ),
    (
        "Events of a run that wait behind a picture",
        f"{flow_control.MAX_WAITING_EVENTS:,}",
        "the function waits at its next yield",
    ),
    (
        "Pieces of a run's streams that wait to be encoded",
        f"{flow_control.MAX_WAITING_CHUNKS}",
        "the function waits at its next yield",
    ),
    (
        "Pictures that are recognised when they are yielded again",
        f"{blob_store.MAX_REMEMBERED}",
        "the oldest is sent again",
    ),
    (
        "Remarks of one run about its values",
        f"{blob_store.MAX_REMARKS}",
        "they are left out, and a last one says so",
    ),
    ("Functions that run at once in one worker", f"{dispatcher.MAX_THREADS}", "others wait for a thread"),
    ("The message of an exception", f"{faults.MAX_MESSAGE_LENGTH} characters", "it is cut"),
    ("The text of an exception that is kept", f"{faults.MAX_TEXT_LENGTH // KIB} KiB", "it is cut"),
    # What a run prints and logs.
    ("Events of progress, a second", f"{1 / throttle.INTERVAL_S:g}", "the latest is sent"),
    (
        "Lines that a run logs for visitors, a second",
        f"{throttle.LINES_AT_ONCE}",
        "the last are sent, the others counted",
    ),
    ("Lines that a run prints, a second", f"{prints.LINES_PER_S:,}", "they are counted and left out"),
    (
        "Bytes that a run prints, a second",
        f"{prints.BYTES_PER_S // KIB} KiB",
        "they are counted and left out",
    ),
    ("One printed line", f"{printed_text.LONGEST_LINE_BYTES // KIB} KiB", "it is divided"),
    ("One line that is printed outside of a run", f"{outside.MAX_LINE_LENGTH // KIB} KiB", "it is cut"),
    ("Pieces of printed text that are read at once", f"{printed.MOST_PIECES:,}", "the next ones wait"),
    ("Lines that an import prints", f"{print_log.MAX_IMPORT_LINES}", "the oldest are dropped"),
    (
        "Lines of the log that wait to be written",
        f"{log_writer.MAX_LINES:,}, {log_writer.MAX_BYTES // MIB} MiB",
        "they are counted and left out",
    ),
    # What authors write.
    ("A YAML file", f"{document_limits.MAX_BYTES // MIB} MiB", "it is refused"),
    ("Values of a YAML file", f"{document_limits.MAX_NODES:,}", "it is refused"),
    ("Lists and mappings within each other in YAML", f"{document_limits.MAX_DEPTH}", "it is refused"),
    ("A file of examples", f"{csv_table.MAX_CSV_BYTES // MIB} MiB", "it is refused"),
    (
        "A file of Python that is looked into without running it",
        f"{modules.MAX_SOURCE_BYTES // MIB} MiB",
        "it is not looked into",
    ),
    (
        "Such files that are kept after they were read",
        f"{modules.KEPT_MODULES} of {modules.MAX_KEPT_BYTES // KIB} KiB",
        "one is read again",
    ),
    (
        "What `gradstream check` keeps of earlier checks",
        f"{check_cache.MAX_BYTES // MIB} MiB",
        "demos are checked again",
    ),
)

REASONS = {
    "its own page never needs more": (
        "Parts of an upload's form",
        "Headers of such a part",
        "One such header",
        "The boundary of a form",
        "A session",
        "A message on a WebSocket, in frames",
        "A request on a WebSocket",
    ),
    "files of any size go on through it": ("A file that is being sent, in memory",),
    "file systems take no longer ones": ("The name of a file",),
    "it is edited in a field of the page": ("A text that is written as JSON, for an input of data",),
    "a deeper one could end the process that reads it": (
        "Lists and mappings within each other in a value",
        "Lists and mappings within each other in YAML",
    ),
    "it follows `frames`": ("Frames on a WebSocket at once",),
    "proxies close connections that are silent for longer": ("`wait` of a feed",),
    "nobody could read more": (
        "The detail of a refusal",
        "Remarks of one run about its values",
        "The message of an exception",
        "The text of an exception that is kept",
        "Events of progress, a second",
        "Lines that a run logs for visitors, a second",
        "Lines that a run prints, a second",
        "Bytes that a run prints, a second",
        "One printed line",
        "One line that is printed outside of a run",
        "Lines that an import prints",
    ),
    "feeds of any size go on through it": ("A part of a feed that waits to be sent",),
    "what is beyond is made again, which nobody sees": (
        "Changes of the catalog that are kept",
        "Views of demos that are kept for pages",
        "Such files that are kept after they were read",
        "Pictures that are recognised when they are yielded again",
        "What `gradstream check` keeps of earlier checks",
    ),
    "it goes to the worker and back with each run": ("`state` of one visitor in one demo",),
    "a browser draws no more at once": ("A figure of Plotly, Altair or Bokeh",),
    "readers get it as a whole": ("One event", "What a recording says of itself"),
    "they have in memory what finished runs have anyway": ("Runs that wait to be recorded",),
    "more would only be slower": ("Recordings of examples that are copied at once",),
    "a worker sends it in one piece": (
        "One picture or file",
        "One 3D model",
        "One clip of sound or video",
    ),
    "server and worker agree on it before either knows a catalog": ("What a worker sends in one piece",),
    "it sets how far a function runs ahead, not what fits": (
        "Bytes of a run that are on their way from its worker",
        "Pictures of a run that wait to be encoded",
        "Events of a run that wait behind a picture",
        "Pieces of a run's streams that wait to be encoded",
    ),
    "`concurrency` of the demos says how many may": ("Functions that run at once in one worker",),
    "it is a turn, after which others have theirs": ("Pieces of printed text that are read at once",),
    "the log begins before a catalog is read": ("Lines of the log that wait to be written",),
    "the file is written by the author, who can divide it": (
        "A YAML file",
        "Values of a YAML file",
        "A file of examples",
    ),
    "it only helps with messages": ("A file of Python that is looked into without running it",),
}
"""Why bounds are fixed."""

WHY_FIXED = {bounded: reason for reason, them in REASONS.items() for bounded in them}

FOOTER = """
[The format](format.md) · [all pages](README.md)
"""

MEASURES: dict[Unit, dict[str, Any]] = {
    "count": {"type": "integer", "minimum": 1},
    "size": {
        "type": "string",
        "measure": "size",
        "pattern": "^[0-9]+(\\.[0-9]+)? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)$",
        "errorMessage": "Write a number with its unit, such as 500kB or 20MB",
    },
    "time": {
        "type": "string",
        "measure": "time",
        "pattern": "^[0-9]+(\\.[0-9]+)? ?(ms|s|min|h)$",
        "errorMessage": "Write a number with its unit, such as 150ms, 5s, 2min or 1h",
    },
}
ABOUT = {
    "count": "",
    "size": " A number with its unit, such as 20MB.",
    "time": " A number with its unit, such as 150ms, 5s, 2min or 1h.",
}


def page() -> str:
    """Return the page of all limits."""
    rows = "".join(
        f"| `{bound.key}` | {bound.bounds} | {_in_words(bound.measure, getattr(Limits(), name))} "
        f"| {bound.beyond} |\n"
        for name, bound in bounds()
    )
    return INTRODUCTION + rows + OF_DEMOS + "".join(_demo_rows()) + "".join(_fixed()) + FOOTER


def schema() -> str:
    """Return the catalog's schema with all limits in it."""
    catalog = json.loads(CATALOG.read_text(encoding="utf-8"))
    catalog["properties"]["limits"]["properties"] = {
        **{bound.key: _property(name) for name, bound in bounds()},
        **_demo_limits(),
    }
    return json.dumps(catalog, indent=2, ensure_ascii=False) + "\n"


def _property(name: str) -> dict[str, Any]:
    bound = dict(bounds())[name]
    default = getattr(Limits(), name)
    return {
        "title": bound.key.replace("_", " ").capitalize(),
        "description": f"{bound.bounds}; beyond it {bound.beyond}.{ABOUT[bound.measure]}",
        **MEASURES[bound.measure],
        "default": default if bound.measure == "count" else _written(bound.measure, default),
        "examples": [default if bound.measure == "count" else _written(bound.measure, default)],
    }


def _demo_rows() -> Iterator[str]:
    for key, described in _demo_limits().items():
        default = f"`{described['default']}`" if "default" in described else ""
        yield f"| `{key}` | {described['description']} | {default} |\n"


def _demo_limits() -> dict[str, Any]:
    demo = json.loads((SCHEMAS / "demo.schema.json").read_text(encoding="utf-8"))
    limits: dict[str, Any] = demo["properties"]["limits"]["properties"]
    return limits


def _fixed() -> Iterator[str]:
    yield FIXED_HEAD
    for bounded, bound, beyond in FIXED:
        yield f"| {bounded} | {bound} | {beyond} | {WHY_FIXED[bounded]} |\n"


def _in_words(measure: Unit, default: float) -> str:
    return f"{default:,}" if measure == "count" else f"`{_written(measure, default)}`"


def _written(measure: Unit, value: float) -> str:
    """Return a size or a time in the largest unit that it is a whole number of."""
    known = units.BYTES if measure == "size" else units.SECONDS
    for unit, worth in sorted(known.items(), key=lambda item: -item[1]):
        if value >= worth and value % worth == 0:
            return f"{value / worth:g}{unit}"
    raise ValueError(f"{value} is a whole number of no unit")


def main() -> None:
    """Write both files."""
    CATALOG.write_text(schema(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
