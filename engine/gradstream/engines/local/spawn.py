"""Start a worker's process, log what it prints, and describe how it ended.

spawn -> Spawned: lines -> logging `gradstream.worker`; end -> `exited` with the exit code
"""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import cast

from gradstream.redaction import forms_of, hide

log = logging.getLogger("gradstream.worker")

LINGER_S = 0.5
"""How long output and frames that a process left behind are waited for after its end, in seconds."""

LONGEST_LINE_BYTES = 16_384
"""Output without a line break is logged in pieces of this size."""


class Spawned(asyncio.SubprocessProtocol):
    """One process. `label` is the prefix of each line that it prints; `secrets` are masked in them.

    `exited` is called once, with the exit code, when all output is logged. `pid` and `exit_code` remain after
    the end.
    """

    def __init__(self, *, label: str, exited: Callable[[int], None]) -> None:
        self.label = label
        self.secrets: set[str] = set()
        self.exit_code: int | None = None
        self.pid = 0
        self._exited = exited
        self._transport: asyncio.SubprocessTransport | None = None
        self._unfinished = b""
        self._is_output_closed = False
        self._linger: asyncio.TimerHandle | None = None

    def kill(self) -> None:
        """Kill the process and what it has started."""
        if self.pid and self.exit_code is None:
            self._kill_group()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport and the process id; called by asyncio."""
        # uvloop's transport has the methods but does not derive from the class.
        self._transport = cast("asyncio.SubprocessTransport", transport)
        self.pid = self._transport.get_pid()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Log the lines that are complete; called by asyncio."""
        *lines, self._unfinished = (self._unfinished + data).split(b"\n")
        for line in lines:
            self._log(line)
        if len(self._unfinished) > LONGEST_LINE_BYTES:
            self._log_piece()

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Note that there is no more output; called by asyncio."""
        self._is_output_closed = True
        self._report_when_over()

    def process_exited(self) -> None:
        """Note the exit code, and kill the rest of the process group; called by asyncio."""
        if self._transport is not None:
            self.exit_code = self._transport.get_returncode() or 0
            self._kill_group()
            self._linger = asyncio.get_running_loop().call_later(LINGER_S, self._report_exit)
            self._report_when_over()

    def _report_when_over(self) -> None:
        if self._is_output_closed and self.exit_code is not None:
            self._report_exit()

    def _report_exit(self) -> None:
        transport, self._transport = self._transport, None
        if transport is None or self.exit_code is None:
            return
        if self._linger is not None:
            self._linger.cancel()
        if self._unfinished:
            self._log(self._unfinished)
        transport.close()
        self._exited(self.exit_code)

    def _log_piece(self) -> None:
        """Log the line so far, except for an end that may be the beginning of a secret."""
        hidden = hide(self._unfinished.decode(errors="surrogateescape"), self.secrets)
        longest = max((len(form) for form in forms_of(self.secrets)), default=1)
        piece, rest = hidden[: 1 - longest or None], hidden[1 - longest :] if longest > 1 else ""
        self._unfinished = rest.encode(errors="surrogateescape")
        if piece:
            self._log(piece.encode(errors="surrogateescape"))

    def _log(self, line: bytes) -> None:
        text = line.decode(errors="replace").rstrip("\r")
        log.info("[%s] %s", self.label, hide(text, self.secrets))

    def _kill_group(self) -> None:
        """Kill the process group: what the developer's code has started may still occupy GPUs and ports."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            # The group is empty; macOS reports PermissionError for a process that has just ended.
            return


async def spawn(channel: int, *, label: str, exited: Callable[[int], None]) -> Spawned:
    """Start a worker process with this file descriptor as its end of the channel. Raises OSError."""
    _, spawned = await asyncio.get_running_loop().subprocess_exec(
        lambda: Spawned(label=label, exited=exited),
        sys.executable,
        "-P",
        "-m",
        "gradstream.worker.main",
        str(channel),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=[channel],
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
