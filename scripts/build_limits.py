"""Write docs/authoring/limits.md and the schema of `limits` in a catalog: `python scripts/build_limits.py`.

    gradstream.limits.Limits --+--> docs/authoring/limits.md
    demo's schema: `limits` ---+--> schemas/catalog.schema.json: properties.limits

A test compares both files with what this script would write.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from gradstream.catalog import check_cache
from gradstream.cli import log_writer
from gradstream.components import portable
from gradstream.components.inputs import json as json_input
from gradstream.document import limits as document_limits
from gradstream.engines.local import printed
from gradstream.events import codec
from gradstream.format import units
from gradstream.format.generator import modules
from gradstream.ipc import protocol
from gradstream.limits import Bound, Limits, Unit, bounds, size_in_words
from gradstream.recordings import reader
from gradstream.runs import uploads
from gradstream.server.http import form_file, session
from gradstream.server.routes import sign_in

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "authoring" / "limits.md"
SCHEMAS = ROOT / "schemas"
CATALOG = SCHEMAS / "catalog.schema.json"

INTRODUCTION = """\
# Limits

<!-- Written by scripts/build_limits.py from engine/gradstream/limits/. -->

Everything that a server keeps is bounded, and each bound says what happens beyond it. All of these are keys
of `limits` in `gradstream.yaml`, and hold from the next start on:

```yaml
gradstream: 1
title: Lab
limits:
  upload: 100MB
  finished_runs: 200
```

| key | what is bounded | default | beyond it | largest value |
|---|---|---|---|---|
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

Why = Literal["protocol", "system", "turn"]
"""The reasons for which a bound may be fixed: those of docs/decisions/0014-bounds.md."""

ONE_FILE = "the upload's form has one file, and its sender knows no catalog"
STACK = "a deeper one could end the process that reads it"

FIXED: tuple[tuple[str, str, str, str, Why], ...] = (
    # What visitors send.
    ("Parts of an upload's form", f"{form_file.MOST_PARTS}", "it is refused (413)", ONE_FILE, "protocol"),
    ("Headers of such a part", f"{form_file.MOST_HEADERS}", "it is refused (413)", ONE_FILE, "protocol"),
    ("One such header", f"{form_file.LONGEST_HEADER_BYTES:,} B", "it is refused (413)", ONE_FILE, "protocol"),
    (
        "The boundary of a form",
        f"{form_file.LONGEST_BOUNDARY} characters",
        "it is refused (400)",
        "RFC 2046 allows 70",
        "protocol",
    ),
    (
        "A file that is being sent, in memory",
        f"{form_file.KEPT_BYTES // KIB} KiB",
        "the rest is written to disk",
        "files of any size go on through it",
        "turn",
    ),
    (
        "The name of a file",
        f"{uploads.LONGEST_NAME} characters",
        "its beginning is left out",
        "file systems take no longer ones",
        "system",
    ),
    (
        "A session",
        f"{session.LONGEST} characters",
        "the request is refused (400)",
        "the page makes it before it knows a catalog",
        "protocol",
    ),
    (
        "A text that is written as JSON, for an input of data",
        f"{json_input.LONGEST_TEXT:,} characters",
        "it is refused (422)",
        "decoding it takes the event loop's time, which all visitors share",
        "system",
    ),
    (
        "Lists and mappings within each other in a value",
        f"{portable.MAX_DEPTH:,}",
        "it is refused (422)",
        STACK,
        "system",
    ),
    (
        "The form of the sign-in page",
        f"{sign_in.MOST_FORM_BYTES // KIB} KiB",
        "it is refused (413)",
        "a name has 100 characters at most, and a password 1,000",
        "protocol",
    ),
    # What visitors are sent.
    (
        "A part of a feed that waits to be sent",
        f"{codec.PIECE_BYTES // KIB} KiB",
        "the reader is waited for",
        "feeds of any size go on through it",
        "turn",
    ),
    # What a run makes.
    (
        "What a recording says of itself",
        f"{reader.MANIFEST_BYTES // MIB} MiB",
        "it is not used",
        "a recording is read by other servers than its own",
        "protocol",
    ),
    (
        "What a worker sends in one piece",
        f"{protocol.MAX_FRAME_BYTES // MIB} MiB",
        "the process is ended, and its runs fail",
        "server and worker agree on it before either knows a catalog",
        "protocol",
    ),
    (
        "Bytes of a run that are on their way from its worker",
        f"{protocol.INITIAL_CREDIT_BYTES // MIB} MiB",
        "the function waits at its next yield",
        "server and worker agree on it before either knows a catalog",
        "protocol",
    ),
    # What a run prints and logs.
    (
        "Pieces of printed text that are read at once",
        f"{printed.MOST_PIECES:,}",
        "the next ones wait",
        "others have their turn",
        "turn",
    ),
    (
        "Lines of the log that wait to be written",
        f"{log_writer.MAX_LINES:,}, {log_writer.MAX_BYTES // MIB} MiB",
        "they are counted and left out",
        "the log begins before a catalog is read",
        "protocol",
    ),
    # What authors write.
    (
        "The catalog's own file, `gradstream.yaml`",
        f"{document_limits.MAX_BYTES // MIB} MiB, {document_limits.MAX_NODES:,} values",
        "it is refused",
        "it is read before its limits are known",
        "protocol",
    ),
    (
        "Lists and mappings within each other in YAML",
        f"{document_limits.MAX_DEPTH}",
        "it is refused",
        STACK,
        "system",
    ),
    (
        "A file of Python that is looked into without running it",
        f"{modules.MAX_SOURCE_BYTES // MIB} MiB",
        "it is not looked into",
        "it is imported like any other; messages are less precise",
        "turn",
    ),
    (
        "Such files that are kept after they were read",
        f"{modules.KEPT_MODULES} of {modules.MAX_KEPT_BYTES // KIB} KiB",
        "one is read again",
        "what is beyond is made again, which nobody sees",
        "turn",
    ),
    (
        "What `gradstream check` keeps of earlier checks",
        f"{check_cache.MAX_BYTES // MIB} MiB",
        "demos are checked again",
        "what is beyond is made again, which nobody sees",
        "turn",
    ),
)
"""What is bounded, the bound, what happens beyond it, why it is fixed, and which of the reasons that is."""

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
        f"| {bound.beyond} | {_at_most(bound).strip(' .').removeprefix('At most ')} |\n"
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
        "description": f"{bound.bounds}; beyond it {bound.beyond}.{ABOUT[bound.measure]}{_at_most(bound)}",
        **MEASURES[bound.measure],
        **({"maximum": bound.most} if bound.most is not None and bound.measure == "count" else {}),
        "default": default if bound.measure == "count" else _written(bound.measure, default),
        "examples": [default if bound.measure == "count" else _written(bound.measure, default)],
    }


def _at_most(bound: Bound) -> str:
    if bound.most is None:
        return ""
    most = f"{bound.most:,}" if bound.measure == "count" else size_in_words(bound.most)
    return f" At most {most}."


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
    for bounded, bound, beyond, because, _ in FIXED:
        yield f"| {bounded} | {bound} | {beyond} | {because} |\n"


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
