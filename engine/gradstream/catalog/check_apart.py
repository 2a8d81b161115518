"""Checks many files in a process of its own: a check takes milliseconds of Python, and a server has visitors.

    files, context --stdin--> python -P -m gradstream.catalog.check_apart --stdout--> CheckedFile of each

Both ends are the same program, so what passes between them is pickled. The process ends with its pipes.
"""

import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import IO

from gradstream.catalog.checked_file import CatalogContext, CheckedFile, check_file
from gradstream.catalog.discovery import DemoFile

COMMAND = ("-P", "-m", "gradstream.catalog.check_apart")

FEW = 100
"""So many files are checked sooner than such a process has started."""

TOGETHER = 20
"""Files that are reported together: reading a report of more would hold up the threads of a server."""

SIZE = struct.Struct(">Q")
"""Before each message: its length in bytes."""


def check_files(
    files: Sequence[DemoFile], context: CatalogContext, *, asked: bool = False
) -> Iterator[CheckedFile]:
    """Yield what `check_file` returns for each of the files, checked elsewhere where they are many."""
    done = 0
    if len(files) > FEW:
        for entry in _check_apart(files, context, asked=asked):
            done += 1
            yield entry
    # All of a few; of many, what a process that could not be started or was killed has left.
    for each in files[done:]:
        yield check_file(each, context, asked=asked)


def _check_apart(files: Sequence[DemoFile], context: CatalogContext, *, asked: bool) -> Iterator[CheckedFile]:
    try:
        process = subprocess.Popen(  # noqa: S603 (this program itself)
            (sys.executable, *COMMAND), stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
    except OSError:
        return
    with process:
        try:
            yield from _exchange(process, (files, context, asked))
        finally:
            process.kill()


def _exchange(process: "subprocess.Popen[bytes]", request: object) -> Iterator[CheckedFile]:
    if process.stdin is None or process.stdout is None:
        return
    try:
        _write(process.stdin, request)
    except BrokenPipeError:
        return
    while (data := _read(process.stdout)) is not None:
        yield from pickle.loads(data)  # noqa: S301 (of this program itself)


def _write(stream: IO[bytes], message: object) -> None:
    data = pickle.dumps(message)
    stream.write(SIZE.pack(len(data)))
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    """Return the next message; None at the end, also in the middle of a message."""
    head = stream.read(SIZE.size)
    size = SIZE.unpack(head)[0] if len(head) == SIZE.size else 0
    data = stream.read(size)
    return data if size and len(data) == size else None


def main() -> None:
    """Check what standard input asks for, and report it on standard output."""
    data = _read(sys.stdin.buffer)
    if data is None:
        return
    files, context, asked = pickle.loads(data)  # noqa: S301 (of this program itself)
    try:
        for first in range(0, len(files), TOGETHER):
            part = files[first : first + TOGETHER]
            _write(sys.stdout.buffer, [check_file(each, context, asked=asked) for each in part])
    except BrokenPipeError:
        # Nobody waits for the rest any more, and what is left in the buffer cannot be written either.
        os._exit(0)


if __name__ == "__main__":
    main()
