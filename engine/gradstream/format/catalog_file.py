"""`gradstream.yaml` -> what it says, and the document that is laid below every demo.

    Reading --validate--> findings
            --sound keys--> CatalogOptions, defaults + limits + access + engine -> Document for `lay_below`

A mistake here costs the key that it is in and nothing more: the other keys hold, and the demos are served.
"""

import ipaddress
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic
from gradstream.document.overlay import lay_below, part, without
from gradstream.document.types import Document, Reading
from gradstream.format.draft import prune
from gradstream.format.findings import Findings
from gradstream.format.gate import CLOSED, OPEN, Gate
from gradstream.format.mistakes.validate import validate
from gradstream.format.prose.files import check_prose, read_pictures
from gradstream.format.rules.access import (
    GUARDING_ROUTES,
    check_access,
    check_idle_users,
    gate_of_text,
    guards,
    read_gate,
)
from gradstream.format.schema.validators import load_schemas
from gradstream.format.theme.read import check_theme, read_theme
from gradstream.format.types import CatalogOptions
from gradstream.format.units import format_size, size_bytes, time_s
from gradstream.format.version import check_version
from gradstream.limits import Unit, bounds
from gradstream.limits import read as read_limits

FOR_DEMOS = ("limits", "access", "engine", "errors", "source", "embed")
"""Keys of the catalog that hold for each of its demos as well."""

FOR_SERVER = (*(("limits", bound.key) for _, bound in bounds()), ("access", "origins"), ("access", "hosts"))
"""Keys below those that concern the server as a whole."""


OF_SERVER = (
    *(("server", key) for key in ("host", "port", "heartbeat", "proxies", "root_path")),
    *FOR_SERVER,
    ("history",),
)
"""Keys that a server reads once, at its start."""


READERS: Mapping[Unit, Callable[[Any], Any]] = {"count": int, "size": size_bytes, "time": time_s}
"""What reads a bound of each measure."""

HISTORY_KEPT = "168h"
"""How long runs are kept with `history: true`: a link in a message is read within a week."""


class CatalogReading(Struct, frozen=True, kw_only=True):
    """What `gradstream.yaml` says as far as it is sound; `defaults` None: nothing about its demos."""

    options: CatalogOptions
    defaults: Document | None
    diagnostics: tuple[Diagnostic, ...]


def load_catalog(reading: Reading, *, name: str, root: Path | None = None) -> CatalogReading:
    """Load the catalog's own file; `name` is the folder's, for a catalog without a title.

    Without `root`, the folder, the files of its theme and of its description are neither checked nor served.
    """
    document = reading.document
    if document is None or not isinstance(document.values, Mapping):
        found = reading.diagnostics if document is None else (*reading.diagnostics, _no_mapping(document))
        options = CatalogOptions(title=name, gate=gate_of_text(reading.source) or OPEN)
        return CatalogReading(options=options, defaults=None, diagnostics=found)
    document = document.without_secrets()
    findings = Findings(document)
    for diagnostic in reading.diagnostics:
        findings.append(diagnostic)
    if not check_version(findings):
        options = CatalogOptions(title=name, gate=CLOSED if guards(document) else OPEN)
        return CatalogReading(options=options, defaults=None, diagnostics=findings.sorted())
    validate(load_schemas().catalog, findings)
    _patterns(findings)
    _proxies(findings)
    _largest(findings)
    check_access(findings)
    check_access(findings, ("defaults", "access"))
    check_idle_users(None, findings)
    check_theme(document.values.get("theme"), findings, root=root)
    sound = replace(document, values=prune(document.values, findings.wrong))
    if root is not None:
        check_prose(sound.values, findings, folder=str(root), root=str(root))
    below = _below(sound)
    gate = read_gate(document, wrong=findings.wrong) or OPEN
    return CatalogReading(
        options=_options(sound, below, gate=gate, name=name, root=root),
        defaults=below,
        diagnostics=findings.sorted(),
    )


def _options(
    document: Document, below: Document | None, *, gate: Gate, name: str, root: Path | None
) -> CatalogOptions:
    values = document.values
    demos = values.get("demos", CatalogOptions(title="").demos)
    server = values.get("server", {})
    return CatalogOptions(
        title=values.get("title") or name,
        description=values.get("description"),
        pictures={} if root is None else read_pictures(values, folder=str(root), root=str(root)),
        demos=(demos,) if isinstance(demos, str) else tuple(demos),
        defaults=below.values if below is not None else {},
        host=server.get("host"),
        port=server.get("port"),
        origins=tuple(values.get("access", {}).get("origins", ())),
        hosts=tuple(values.get("access", {}).get("hosts", ())),
        proxies=tuple(server.get("proxies", ())),
        groups=values.get("groups", {}),
        root_path=server.get("root_path", ""),
        limits=read_limits(values.get("limits", {}), convert=READERS),
        history_s=_history_s(values.get("history", False)),
        heartbeat_s=time_s(server.get("heartbeat", "15s")),
        theme=read_theme(values.get("theme"), root=root),
        spans={".".join(route): document.key_span(route) for route in OF_SERVER if route in document.places},
        gate=gate,
        secrets=document.secret_values(),
    )


def _history_s(written: Any) -> float | None:
    """Return how long recordings of runs are kept; None where none are made."""
    if written is False:
        return None
    return time_s(HISTORY_KEPT if written is True else written.get("keep", HISTORY_KEPT))


def _below(document: Document) -> Document | None:
    others = [(key,) for key in document.values if key not in FOR_DEMOS]
    shared = without(document, (*others, *FOR_SERVER, *GUARDING_ROUTES))
    for_demos = replace(shared, values={key: value for key, value in shared.values.items() if value != {}})
    if not document.values.get("defaults"):
        return for_demos if for_demos.values else None
    return lay_below(part(document, ("defaults",)), for_demos)


def _patterns(findings: Findings) -> None:
    """Refuse globs that lead out of the catalog's folder."""
    demos = findings.document.values.get("demos")
    patterns = list(enumerate(demos)) if isinstance(demos, list) else [(None, demos)]
    for index, pattern in patterns:
        if not isinstance(pattern, str):
            continue
        path = PurePosixPath(pattern)
        if path.is_absolute() or ".." in path.parts or "\\" in pattern:
            findings.add(
                ("demos",) if index is None else ("demos", index),
                "E-OUTSIDE",
                f"`{pattern}` leads out of the catalog's folder",
                expected="a path below this folder, with forward slashes",
                found=f"`{pattern}`",
                repair="move the demos below this folder, or serve the folder that has both",
            )


def _proxies(findings: Findings) -> None:
    """Refuse names of hosts: only an address says from where a connection comes."""
    server = findings.document.values.get("server")
    proxies = server.get("proxies") if isinstance(server, Mapping) else None
    for index, proxy in enumerate(proxies if isinstance(proxies, list) else []):
        try:
            ipaddress.ip_network(proxy, strict=False)
        except ValueError:
            findings.add(
                ("server", "proxies", index),
                "E-VALUE",
                f"{findings.describe(('server', 'proxies', index), proxy)} is not an address of a proxy",
                expected="an IP address or a network, such as 127.0.0.1 or 10.0.0.0/8",
                found=findings.describe(("server", "proxies", index), proxy),
                repair="write the address from which the proxy connects",
            )


def _largest(findings: Findings) -> None:
    """Refuse sizes beyond what the engine can hold; for numbers, the schema does."""
    limits = findings.document.values.get("limits")
    for _, bound in bounds():
        written = limits.get(bound.key) if isinstance(limits, Mapping) else None
        if bound.most is None or bound.measure != "size" or not isinstance(written, str):
            continue
        try:
            size = size_bytes(written)
        except ValueError:
            # The schema has said so.
            continue
        if size > bound.most:
            most = format_size(bound.most, is_bound=True)
            findings.add(
                ("limits", bound.key),
                "E-RANGE",
                f"`limits.{bound.key}` is larger than what a worker can send in one piece",
                expected=f"at most {most}",
                found=f"`{written}`",
                repair=f"write {most} or less",
            )


def _no_mapping(document: Document) -> Diagnostic:
    return Diagnostic(
        span=document.span(()),
        code="E-NOT-A-CATALOG",
        message="gradstream.yaml has no keys",
        expected="`gradstream: 1` and other keys",
        found="nothing" if document.values is None else "something other than a mapping",
        repair="write `gradstream: 1`, or delete the file: a folder of demos is a catalog without it",
    )
