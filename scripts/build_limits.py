"""Write docs/authoring/limits.md and the schema of `limits` in a catalog: `python scripts/build_limits.py`.

    gradstream.limits.Limits --+--> docs/authoring/limits.md
    demo's schema: `limits` ---+--> schemas/catalog.schema.json: properties.limits

A test compares both files with what this script would write.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gradstream.cli import log_writer
from gradstream.components import portable
from gradstream.format import units
from gradstream.ipc import prints, protocol
from gradstream.limits import Limits, Unit, bounds
from gradstream.runs import downloads, streams
from gradstream.server.follow import subscriptions

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
These bounds cannot be set:

| what is bounded | bound | beyond it |
|---|---|---|
"""

FIXED = (
    ("Lines that a run prints, a second", f"{prints.LINES_PER_S:,}", "they are counted and left out"),
    (
        "Bytes that a run prints, a second",
        f"{prints.BYTES_PER_S // 2**10} KiB",
        "they are counted and left out",
    ),
    ("Lists and mappings within each other in a value", f"{portable.MAX_DEPTH:,}", "it is refused (422)"),
    ("`state` of one visitor in one demo", f"{protocol.MAX_STATE_BYTES // 2**20} MiB", "it is not kept"),
    (
        "What a worker sends in one piece",
        f"{protocol.MAX_FRAME_BYTES // 2**20} MiB",
        "the process is ended, and its runs fail",
    ),
    (
        "Bytes of a run that are on their way from its worker",
        f"{protocol.INITIAL_CREDIT_BYTES // 2**20} MiB",
        "the function waits at its next yield",
    ),
    ("Runs that one connection follows", f"{subscriptions.MAX_RUNS:,}", "the request is refused"),
    ("Segments of one stream", f"{streams.MAX_SEGMENTS:,}", "the oldest are dropped"),
    ("Downloads that are made at once", f"{downloads.AT_ONCE}", "others wait"),
    (
        "Lines of the log that wait to be written",
        f"{log_writer.MAX_LINES:,}",
        "they are counted and left out",
    ),
)

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
        yield f"| {bounded} | {bound} | {beyond} |\n"


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
