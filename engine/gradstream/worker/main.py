"""The composition root of the worker process: `python -P -m gradstream.worker.main FD`.

    server --spawns, with one end of a socket pair as FD--> worker --Hello--> server

Loads the runtime and nothing of the developer's; NumPy and Pillow come with the first picture.
"""

import asyncio
import faulthandler
import io
import os
import signal
import socket
import sys
from collections.abc import Callable

from gradstream.worker.dispatcher import Child

NewLoop = Callable[[], asyncio.AbstractEventLoop]


def main() -> None:
    """Serve the channel at the file descriptor that the command line names, until told to end."""
    channel = int(sys.argv[1])
    # What the developer's code starts must not keep the channel open after us.
    os.set_inheritable(channel, False)  # noqa: FBT003 (the standard library's signature)
    # Ctrl-C in a terminal reaches every process; it is the server that decides what becomes of runs.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
    with socket.socket(fileno=channel) as sock, asyncio.Runner(loop_factory=_new_loop()) as runner:
        # Bytecode is kept by time stamps of whole seconds: code saved twice in one would run as before.
        sys.dont_write_bytecode = True
        runner.run(_serve(sock))


async def _serve(sock: socket.socket) -> None:
    await Child(sock).run()


def _new_loop() -> NewLoop | None:
    """Return uvloop's factory; the standard library's loop where it does not exist."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 (there is none for Windows)

    return uvloop.new_event_loop


if __name__ == "__main__":
    main()
