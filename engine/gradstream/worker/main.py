"""The composition root of the worker process: `python -P -m gradstream.worker.main FD PRINTS_FD PARENT`.

    server --launcher: spawns, with ends of two socket pairs--> worker --Hello--> server

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
from gradstream.worker.printing.routed_stream import route_prints

NewLoop = Callable[[], asyncio.AbstractEventLoop]


def main() -> None:
    """Serve the channel at the first descriptor in the command line, until the server requests the end."""
    channel, prints, parent = (int(argument) for argument in sys.argv[1:4])
    end_with_parent(parent)
    adopt_orphans()
    # Processes that the developer's code starts must not inherit the channel and keep it open.
    for descriptor in (channel, prints):
        os.set_inheritable(descriptor, False)  # noqa: FBT003 (the standard library's signature)
    # Ctrl-C in a terminal is sent to every process; the server decides when runs end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
    route_prints()
    with (
        socket.socket(fileno=channel) as sock,
        socket.socket(fileno=prints) as printed,
        asyncio.Runner(loop_factory=_new_loop()) as runner,
    ):
        # Bytecode is cached by time stamps in whole seconds: if saved twice within one, old code would run.
        sys.dont_write_bytecode = True
        runner.run(_serve(sock, printed))


async def _serve(sock: socket.socket, printed: socket.socket) -> None:
    await Dispatcher(sock, printed).run()


def _new_loop() -> NewLoop | None:
    """Return uvloop's factory, or None for the default loop where uvloop does not exist."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 (there is none for Windows)

    return uvloop.new_event_loop


if __name__ == "__main__":
    main()
