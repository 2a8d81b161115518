"""Notes the processes that Python code starts, each with the run of the present context.

    subprocess, multiprocessing, os.fork, os.posix_spawn, asyncio.create_subprocess_... --> `note`

The functions are replaced once per process, before the developer's code is imported.
"""

import functools
import importlib
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from typing import Any

STARTERS = {
    "subprocess": ("_fork_exec",),
    "_posixsubprocess": ("fork_exec",),
    "os": ("fork", "posix_spawn", "posix_spawnp"),
}
"""Functions that return the id of the process that they have started, or 0 in that process."""

COROUTINES = {
    "asyncio": ("create_subprocess_exec", "create_subprocess_shell"),
    "asyncio.subprocess": ("create_subprocess_exec", "create_subprocess_shell"),
}
"""Functions whose result has the process id."""


def follow_processes(note: Callable[[int], None]) -> None:
    """Replace the functions by those that call `note` with each process id as well."""
    for module, names in STARTERS.items():
        for name in names:
            _replace(module, name, lambda start: _noting(start, note))
    for module, names in COROUTINES.items():
        for name in names:
            _replace(module, name, lambda start: _noting_later(start, note))


def _replace(module: str, name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    owner = importlib.import_module(module)
    if hasattr(owner, name):
        setattr(owner, name, wrap(getattr(owner, name)))


def _noting(start: Callable[..., int], note: Callable[[int], None]) -> Callable[..., int]:
    @functools.wraps(start)
    def start_and_note(*args: Any, **kwargs: Any) -> int:
        pid = start(*args, **kwargs)
        if pid:
            note(pid)
        return pid

    return start_and_note


def _noting_later(
    start: Callable[..., Awaitable[Process]], note: Callable[[int], None]
) -> Callable[..., Awaitable[Process]]:
    @functools.wraps(start)
    async def start_and_note(*args: Any, **kwargs: Any) -> Process:
        process = await start(*args, **kwargs)
        note(process.pid)
        return process

    return start_and_note
