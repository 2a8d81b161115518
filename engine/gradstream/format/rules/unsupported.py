"""What the format has and this version does not serve: a warning each time, never silently left out."""

from collections.abc import Mapping
from typing import Any

from gradstream.document.types import Route
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings

UPGRADE = "upgrade gradstream when a version serves it: pip install --upgrade gradstream"


def check_demo(draft: Draft, findings: Findings) -> None:
    """Note everything in the demo that is not served."""
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


def _input(route: Route, config: Mapping[str, Any], draft: Draft, findings: Findings) -> None:
    if "type" in config:
        for key, instead in draft.kinds.inputs[config["type"]].unserved(config):
            warn((*route, key), instead, findings)
