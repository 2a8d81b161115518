"""The engine keeps to its floors: imports go down only, and each foreign library has a home."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.imports import Package, first_cycle, floor_violations, home_violations, read_package

ENGINE = Path(__file__).parents[2] / "engine" / "gradstream"

FLOORS = {
    noun: floor
    for floor, nouns in enumerate(
        (
            (
                "errors",
                "ids",
                "diagnostics",
                "encoding",
                "redaction",
                "authoring",
                "background",
                "log_fields",
                "signatures",
                "file_ref",
                "limits",
                "process_tree",
            ),
            # The package itself offers what a generator may import.
            ("gradstream", "document", "events", "media", "report", "templates"),
            ("format", "repairs"),
            ("components",),
            ("ipc",),
            ("engines", "recordings", "worker"),
            ("settings", "catalog", "importing", "runs"),
            # `home` builds what the runs of this machine need; a server and the terminal use it.
            ("reload", "server", "home", "lsp"),
            # The composition root of the server's process; that of a worker's is `worker.main`.
            ("app",),
            ("cli",),
            ("__main__",),
        )
    )
    for noun in nouns
}

INNER_FLOORS = {
    "gradstream.server": (
        ("types",),
        ("http",),
        ("content", "follow"),
        ("services",),
        ("routes",),
        ("app",),
    ),
    "gradstream.media": (
        ("arrays", "signatures", "time_range", "types"),
        ("errors", "growth", "mp4", "pictures"),
        ("audio",),
        ("video",),
        ("files", "snapshot"),
    ),
    "gradstream.worker": (
        ("progress", "printing", "sending", "threads"),
        ("loading",),
        ("outputs",),
        ("execution",),
        ("dispatcher",),
        ("main",),
        ("forked_import",),
        ("launcher_process",),
    ),
}
"""The floors inside packages whose parts are folders, from the bottom up."""

HOMES: dict[str, frozenset[str] | None] = {
    "PIL": frozenset({"components", "media"}),
    "av": frozenset({"media"}),
    "jsonschema": frozenset({"format"}),
    "litestar": frozenset({"server"}),
    "lsprotocol": frozenset({"lsp"}),
    "msgspec": None,
    "multipart": frozenset({"server"}),
    "numpy": frozenset({"components", "media", "templates"}),
    "pygls": frozenset({"lsp"}),
    "ray": frozenset({"engines"}),
    "referencing": frozenset({"format"}),
    "segno": frozenset({"cli"}),
    "tqdm": frozenset({"worker"}),
    "uvicorn": frozenset({"app", "server"}),
    "uvloop": frozenset({"app", "cli", "worker"}),
    "watchfiles": frozenset({"reload"}),
    "websockets": frozenset({"server"}),
    "yaml": frozenset({"document"}),
}

# What the server's process must never load: the developer's heavy libraries, and encoders that can crash.
WORKERS_ONLY = {"PIL", "av", "numpy", "ray", "gradstream.worker"}


@pytest.fixture(scope="module")
def engine() -> Package:
    """Return the engine's imports."""
    return read_package(ENGINE)


def test_imports_go_down(engine: Package) -> None:
    """A module imports from lower floors and from its own package, and from nowhere else in the engine."""
    assert floor_violations(engine, FLOORS) == []


@pytest.mark.parametrize("below", INNER_FLOORS)
def test_imports_go_down_inside_a_package(engine: Package, below: str) -> None:
    """Inside a package too, a folder or module imports from lower floors and from itself only."""
    floors = {noun: floor for floor, nouns in enumerate(INNER_FLOORS[below]) for noun in nouns}
    assert floor_violations(engine, floors, below=below) == []


def test_libraries_stay_at_home(engine: Package) -> None:
    """A foreign library is imported by the one part that wraps it."""
    assert home_violations(engine, HOMES) == []


def test_imports_make_no_circle(engine: Package) -> None:
    """No module imports itself by way of others."""
    assert first_cycle(engine) == []


def test_the_child_process_is_reached_by_nobody(engine: Package) -> None:
    """No module outside `worker/` imports one inside: a server starts it by name, as a process of its own."""
    reached = [
        f"{one.place()}: imports {one.target}"
        for one in engine.imports
        if f"{one.target}.".startswith("gradstream.worker.") and engine.noun(one.module) != "worker"
    ]
    assert reached == []


def test_the_server_process_stays_light() -> None:
    """The server's process loads neither NumPy nor encoders nor what runs a generator."""
    code = "import json, sys, gradstream.app; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(json.loads(done.stdout)) & WORKERS_ONLY == set()
