"""The composition root of the worker process, which the launcher has forked.

    server --launcher: forks, with ends of two socket pairs--> worker --Hello--> server

Loads the runtime, but none of the developer's code; NumPy and Pillow are imported with the first picture.
"""

import asyncio
import faulthandler
import io
import os
import signal
import socket
import sys
from collections.abc import Callable

from gradstream.process_tree import adopt_orphans, end_with_parent
from gradstream.worker.dispatcher import Dispatcher
from gradstream.worker.printing.own_pipes import write_lines_at_once
from gradstream.worker.printing.routed_stream import route_prints

NewLoop = Callable[[], asyncio.AbstractEventLoop]


PROCESS_NAME = "gradstream-work"
"""What `top` and `ps -o comm` call the process; a name has at most 15 bytes."""


def load_runtime() -> None:
    """Import what only the start of a worker imports."""
    new_loop()


def main(channel: int, prints: int, *, parent: int) -> None:
    """Serve the channel at this descriptor until the server requests the end.

    `prints` is the descriptor to which printed lines are sent, `parent` the id of the launcher's process.
    """
    prepare(parent)
    # Processes that the developer's code starts must not inherit the channel and keep it open.
    for descriptor in (channel, prints):
        os.set_inheritable(descriptor, False)  # noqa: FBT003 (the standard library's signature)
    with (
        socket.socket(fileno=channel) as sock,
        socket.socket(fileno=prints) as printed,
        asyncio.Runner(loop_factory=new_loop()) as runner,
    ):
        runner.run(_serve(sock, printed))


def prepare(parent: int) -> None:
    """Make this process one in which the developer's code can be imported."""
    end_with_parent(parent)
    adopt_orphans()
    # Ctrl-C in a terminal is sent to every process; the server decides when runs end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()
    stdout, stderr = _opened(1, "<stdout>"), _opened(2, "<stderr>")
    vars(sys).update(stdout=stdout, __stdout__=stdout, stderr=stderr, __stderr__=stderr)
    route_prints()
    write_lines_at_once()
    # Bytecode is cached by time stamps in whole seconds: if saved twice within one, old code would run.
    sys.dont_write_bytecode = True


def _opened(descriptor: int, name: str) -> io.TextIOWrapper:
    """Return a standard stream as Python makes it; the launcher's own was made for another file."""
    raw = io.FileIO(descriptor, "w", closefd=False)
    raw.name = name
    kept = sys.stdout if isinstance(sys.stdout, io.TextIOWrapper) else None
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=None if kept is None else kept.encoding,
        errors="backslashreplace",
        line_buffering=True,
        write_through=kept is not None and kept.write_through,
    )


async def _serve(sock: socket.socket, printed: socket.socket) -> None:
    await Dispatcher(sock, printed).run()


def new_loop() -> NewLoop | None:
    """Return uvloop's factory, or None for the default loop where uvloop does not exist."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 (there is none for Windows)

    return uvloop.new_event_loop
