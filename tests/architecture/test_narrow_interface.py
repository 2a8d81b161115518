"""Servers and the terminal reach runs through one narrow interface, so that a run may live elsewhere."""

from pathlib import Path

import pytest

from tests.architecture.imports import Package, read_package

ENGINE = Path(__file__).parents[2] / "engine" / "gradstream"

OUTSIDE = ("server", "cli")
"""What must not know how runs are kept and controlled."""

ALLOWED = {
    f"gradstream.runs.{name}"
    for name in ("caller", "contract", "export", "follow", "heartbeat", "limits", "record", "uploads")
}
"""The interface itself, the loop that follows runs, values, and what works without a run."""

FORBIDDEN = {"gradstream.events.journal"}
"""What only the owner of a run writes to and reads."""


@pytest.fixture(scope="module")
def engine() -> Package:
    """Return the engine's imports."""
    return read_package(ENGINE)


def _module(target: str) -> str:
    """Return the module of an imported name such as gradstream.runs.contract.RunHandle."""
    return ".".join(target.split(".")[:3])


def test_runs_are_reached_through_their_interface(engine: Package) -> None:
    """From `runs/`, a server and the terminal import the contract and values, never what owns a run."""
    reached = [
        f"{one.place()}: imports {one.target}"
        for one in engine.imports
        if engine.noun(one.module) in OUTSIDE
        and (
            (one.target.startswith("gradstream.runs") and _module(one.target) not in ALLOWED)
            or _module(one.target) in FORBIDDEN
        )
    ]
    assert reached == []


def test_the_interface_owns_nothing(engine: Package) -> None:
    """The contract and what it is made of import nothing that keeps or controls a run."""
    inner = {
        f"gradstream.runs.{name}"
        for name in ("blobs", "control", "downloads", "folders", "local", "queue", "service", "stored_run")
    }
    reached = [
        f"{one.place()}: imports {one.target}"
        for one in engine.imports
        if one.module in ALLOWED and _module(one.target) in inner
    ]
    assert reached == []
