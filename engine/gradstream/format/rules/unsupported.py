"""What the format has and this version does not serve: said each time, never silently left out.

A warning where the demo still does what it says, an error where serving it would break a promise.
"""

from collections.abc import Mapping
from typing import Any

from gradstream.document.types import Route
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings

UPGRADE = "upgrade gradstream when a version serves it: pip install --upgrade gradstream"

ACCESS = ("users", "token")


def check_demo(draft: Draft, findings: Findings) -> None:
    """Note everything in the demo that is not served."""
    for key in ACCESS:
        if key in draft.values.get("access", {}):
            refuse(("access", key), "everybody could open the demo", findings)
    _engine(draft, findings)
    for name, config in draft.inputs.items():
        _input(("inputs", name), config, draft, findings)


def warn(route: Route, instead: str, findings: Findings) -> None:
    """Say that the key is read and has no effect yet."""
    findings.add(
        route,
        "W-NOT-YET-SERVED",
        f"`{route[-1]}` is not served by this version: {instead}",
        severity="warning",
        expected=f"nothing of `{route[-1]}` in this version",
        found=f"`{route[-1]}`",
        repair=UPGRADE,
        at="key",
    )


def refuse(route: Route, consequence: str, findings: Findings) -> None:
    """Say that the demo cannot be served with this key, because the key would not keep its promise."""
    findings.add(
        route,
        "E-NOT-SERVED",
        f"`{route[-1]}` is not served by this version, and without it {consequence}",
        expected=f"a demo without `{route[-1]}`",
        found=f"`{route[-1]}`",
        repair=f"remove `{route[-1]}` if the demo may be served without it, or {UPGRADE}",
        at="key",
    )


def _engine(draft: Draft, findings: Findings) -> None:
    engine = draft.values.get("engine", "local")
    name = engine.get("type", "local") if isinstance(engine, Mapping) else engine
    if name != "local":
        refuse(("engine",), "runs would stay on this machine", findings)


def _input(route: Route, config: Mapping[str, Any], draft: Draft, findings: Findings) -> None:
    if "type" in config:
        for key, instead in draft.kinds.inputs[config["type"]].unserved(config):
            warn((*route, key), instead, findings)
