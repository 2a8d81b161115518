"""A screen and a loudspeaker for browsers on a machine that has neither.

Xvfb is a screen in memory, for a browser that cannot do without a window. PulseAudio has a null sink, which
takes sound at the speed at which it is heard.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

SCREEN = "1280x1000x24"


@contextmanager
def open_desk(folder: Path) -> Iterator[Mapping[str, str]]:
    """Start both, with their files in `folder`; return the environment in which a browser finds them."""
    socket = folder / "pulse.socket"
    own = {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_SERVER": f"unix:{socket}",
        # Nothing on the machine's own desk is spoken to.
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/no-bus",
        "NO_AT_BRIDGE": "1",
    }
    environment = {**os.environ, **own}
    with ExitStack() as stack:
        log = stack.enter_context((folder / "desk.log").open("wb"))
        loudspeaker = (
            "pulseaudio --exit-idle-time=-1 --daemonize=no --use-pid-file=no -n "
            f"-L module-null-sink -L module-native-protocol-unix\\ auth-anonymous=1\\ socket={socket}"
        )
        stack.enter_context(_running(["sh", "-c", f"exec {loudspeaker}"], environment, log.fileno()))
        display = stack.enter_context(_screen(environment, log.fileno()))
        yield {**environment, "DISPLAY": display}


@contextmanager
def _screen(environment: Mapping[str, str], log: int) -> Iterator[str]:
    """Start Xvfb on the first free display, which it writes down when it is ready."""
    reading, writing = os.pipe()
    try:
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
        with _running(command, environment, log, passed=(writing,)):
            os.close(writing)
            writing = -1
            with os.fdopen(reading, "rb") as numbers:
                reading = -1
                number = numbers.readline().strip().decode()
                assert number, "Xvfb ended before it had a screen"
                yield f":{number}"
    finally:
        for end in (reading, writing):
            if end != -1:
                os.close(end)


@contextmanager
def _running(
    command: list[str], environment: Mapping[str, str], log: int, *, passed: tuple[int, ...] = ()
) -> Iterator[None]:
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=passed
    ) as process:
        try:
            yield
        finally:
            process.terminate()
