"""Notes where the engine uses the disk while an event loop runs in the same thread, and so waits for it.

    os.stat, os.open, open, os.listdir … --is a loop running here?--> the line that did it

Imports are not noted: a module is read once.
"""

import asyncio
import builtins
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

ENGINE = str(Path(__file__).parents[1] / "engine" / "gradstream")

CALLS = (
    "access", "chmod", "link", "listdir", "lstat", "makedirs", "mkdir", "open", "readlink", "remove",
    "rename", "replace", "rmdir", "scandir", "stat", "statvfs", "symlink", "truncate", "unlink", "utime",
)  # fmt: skip
"""Functions of `os` that go to the disk; those of pathlib and shutil call them by their names."""


class DiskWatch:
    """What it has noted, as `file:line function`, by the call that was made."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.noted: dict[str, str] = {}
        for name in CALLS:
            patch.setattr(os, name, self._watched(f"os.{name}", getattr(os, name)))
        patch.setattr(builtins, "open", self._watched("open", builtins.open))
        patch.setattr(io, "open", self._watched("open", io.open))

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*values: Any, **named: Any) -> Any:
            if asyncio._get_running_loop() is not None and isinstance(
                values[0] if values else None, str | os.PathLike
            ):
                self._note(name)
            return call(*values, **named)

        return watched

    def _note(self, name: str) -> None:
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            file = frame.f_code.co_filename
            if "importlib" in file:
                return
            if file.startswith(ENGINE):
                place = f"{file[len(ENGINE) + 1 :]}:{frame.f_lineno} {frame.f_code.co_name}"
                self.noted.setdefault(place, name)
                return
            frame = frame.f_back
