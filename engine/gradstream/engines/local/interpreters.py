"""Pythons other than the server's: whether workers can run with one, and why not.

path --probe--> version of gradstream, number of its protocol --fits?--> a launcher | UnusablePythonError
"""

import asyncio
import os
import re
import shlex
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from msgspec import DecodeError, Struct, json

import gradstream
from gradstream.diagnostics import Diagnostic
from gradstream.errors import UnusablePythonError
from gradstream.format.types import Demo, Interpreter
from gradstream.ipc.protocol import PROTOCOL_VERSION, Loaded
from gradstream.redaction.mask import hide

PROBE_S = 20.0
"""An interpreter on a slow disk of the network may need seconds to start."""

MARK = "gradstream probe: "
"""Before the answer: what is installed in an environment may print lines of its own at its start."""

ANSWER = re.compile(MARK.encode() + rb"(.*)\n")

MOST_BYTES = 2**16
"""Of what is printed before the answer; an interpreter does not go on printing."""

PROBE = f"""
import json, sys
said = {{"python": sys.version.split()[0]}}
try:
    import gradstream
    from gradstream.ipc.protocol import PROTOCOL_VERSION
    said.update(version=gradstream.__version__, protocol=PROTOCOL_VERSION)
except Exception as error:
    said.update(problem=(type(error).__name__ + ": " + str(error))[:200])
print("{MARK}" + json.dumps(said))
"""
"""Understood by every Python 3."""


class Probed(Struct, kw_only=True):
    """What an interpreter has answered."""

    python: str
    version: str | None = None
    protocol: int | None = None
    problem: str = ""


async def require_usable(path: str) -> None:
    """Raise UnusablePythonError unless workers of this server can run with the interpreter."""
    try:
        answer = await _probe(path)
    except OSError as error:
        raise UnusablePythonError(f"cannot be started: {error.strerror}") from error
    if answer is None:
        raise UnusablePythonError("did not answer as a Python does")
    if answer.version is None or answer.protocol is None:
        raise UnusablePythonError(
            f"is Python {answer.python} without gradstream ({answer.problem})", lacks_package=True
        )
    if answer.protocol != PROTOCOL_VERSION or _minor(answer.version) != _minor(gradstream.__version__):
        raise UnusablePythonError(
            f"has gradstream {answer.version} (protocol {answer.protocol}), and the server is "
            f"{gradstream.__version__} (protocol {PROTOCOL_VERSION})",
            lacks_package=True,
        )


def install_command(python: Interpreter, root: str) -> str:
    """Return the command that installs this version in another Python, to be run in the catalog's folder."""
    path = python.path if Path(python.text).is_absolute() else os.path.relpath(python.path, root)
    # The shell looks for a name without a slash elsewhere.
    path = path if os.sep in path else f"{os.curdir}{os.sep}{path}"
    return shlex.join([path, "-m", "pip", "install", f"gradstream=={gradstream.__version__}"])


def unusable_python(demo: Demo, error: UnusablePythonError) -> Diagnostic:
    """Return what is wrong with the demo's Python, at its place in the YAML."""
    python = demo.worker.python
    if python is None:
        raise error
    text, repair = python.text, "write the path of a Python interpreter"
    if error.lacks_package:
        repair = f"install it, in the catalog's folder: {install_command(python, demo.root)}"
    return Diagnostic(
        span=python.span,
        code="E-PYTHON",
        message=hide(f"`{text}` {error}", demo.secrets),
        expected=f"a Python in which gradstream {gradstream.__version__} is installed",
        found=hide(f"`{text}`", demo.secrets),
        repair=hide(repair, demo.secrets),
    )


def report_python(demo: Demo, error: UnusablePythonError) -> Loaded:
    """Return the report of an import that could not begin."""
    found = unusable_python(demo, error)
    return Loaded(
        demo=demo.address,
        diagnostics=(found,),
        actions=(),
        files=(),
        duration_s=0.0,
        detail=f"repair: {found.repair}",
    )


def _minor(version: str) -> list[str]:
    return version.split(".")[:2]


async def _probe(path: str) -> Probed | None:
    """Ask an interpreter about itself; None if it does not answer in time. Raises OSError."""
    # Not a pipe of asyncio's, which waits for its end: there may be none, where it is no longer read.
    ours, theirs = socket.socketpair()
    with ours:
        ours.setblocking(False)  # noqa: FBT003 (the standard library's signature)
        with theirs:
            process = await asyncio.create_subprocess_exec(
                path,
                "-c",
                PROBE,
                stdin=subprocess.DEVNULL,
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                # Or a folder `gradstream` in the current one would be found first.
                cwd=Path(path).parent,
                start_new_session=True,
            )
        try:
            async with asyncio.timeout(PROBE_S):
                return await _answer(ours)
        except TimeoutError:
            return None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


async def _answer(sock: socket.socket) -> Probed | None:
    said = b""
    while len(said) < MOST_BYTES:
        data = await asyncio.get_running_loop().sock_recv(sock, MOST_BYTES)
        said += data
        if not data or ANSWER.search(said):
            break
    found = ANSWER.search(said)
    try:
        return None if found is None else json.decode(found[1], type=Probed)
    except DecodeError:
        return None
