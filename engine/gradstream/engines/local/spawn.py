"""Start a worker's process, and describe how it ended.

spawn -> Spawned: end -> `exited` with the exit code
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import cast


class Spawned(asyncio.SubprocessProtocol):
    """One process. `exited` is called once, with the exit code. `pid` and `exit_code` remain."""

    def __init__(self, *, exited: Callable[[int], None]) -> None:
        self.exit_code: int | None = None
        self.pid = 0
        self._exited = exited
        self._transport: asyncio.SubprocessTransport | None = None

    def kill(self) -> None:
        """Kill the process and what it has started."""
        if self.pid and self.exit_code is None:
            self._kill_group()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport and the process id; called by asyncio."""
        # uvloop's transport has the methods but does not derive from the class.
        self._transport = cast("asyncio.SubprocessTransport", transport)
        self.pid = self._transport.get_pid()

    def process_exited(self) -> None:
        """Note the exit code, and kill the rest of the process group; called by asyncio."""
        transport, self._transport = self._transport, None
        if transport is not None:
            self.exit_code = transport.get_returncode() or 0
            self._kill_group()
            transport.close()
            self._exited(self.exit_code)

    def _kill_group(self) -> None:
        """Kill the process group: what the developer's code has started may still occupy GPUs and ports."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            # The group is empty; macOS reports PermissionError for a process that has just ended.
            return


async def spawn(
    *, channel: int, stdout: int, stderr: int, prints: int, exited: Callable[[int], None]
) -> Spawned:
    """Start a worker process with these file descriptors. Raises OSError."""
    _, spawned = await asyncio.get_running_loop().subprocess_exec(
        lambda: Spawned(exited=exited),
        sys.executable,
        "-P",
        "-m",
        "gradstream.worker.main",
        str(channel),
        str(prints),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        pass_fds=[channel, prints],
        start_new_session=True,
    )
    return spawned


def describe_exit(code: int) -> str:
    """Describe how a process ended: `was killed by signal 9 (SIGKILL), often the out-of-memory killer`."""
    if code >= 0:
        return f"ended by itself with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = "unknown"
    why = {
        "SIGKILL": ", often the out-of-memory killer",
        "SIGSEGV": ", a fault in compiled code",
        "SIGABRT": ", by compiled code that gave up",
    }
    return f"was killed by signal {-code} ({name}){why.get(name, '')}"
