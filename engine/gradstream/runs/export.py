"""Export a stream as a file of another kind, in a process of its own: encoders take a core, and may crash.

MP4 file --gradstream.media.files.export--> .wav, .mp3, .flac, .m4a, .mp4
"""

import asyncio
import contextlib
import resource
import sys
from pathlib import Path

from gradstream.runs.contract import ExportFailure

TIMEOUT_S = 600.0
"""For the terminal; servers have `download_time`."""

UNFIT_EXIT = 1
"""The exporter's exit code for a stream that cannot be written as such a file; stderr has the reason."""


async def export(
    source: Path, target: Path, *, max_bytes: int | None = None, timeout_s: float = TIMEOUT_S
) -> ExportFailure | None:
    """Write a stream as the kind of file that the target's suffix names; return why not, if it fails.

    A file larger than `max_bytes` is a failure, on Linux; elsewhere no process can limit another.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "gradstream.media.files.export", str(source), str(target)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        if max_bytes is not None:
            _limit_files(process.pid, max_bytes)
        async with asyncio.timeout(timeout_s):
            _, stderr = await process.communicate()
    except TimeoutError:
        return ExportFailure(f"It took longer than {timeout_s:g} s", is_ours=True)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0:
        return None
    lines = stderr.decode(errors="replace").strip().splitlines() or [f"exit code {process.returncode}"]
    return ExportFailure(lines[-1], is_ours=process.returncode != UNFIT_EXIT)


def _limit_files(pid: int, max_bytes: int) -> None:
    if sys.platform == "linux":
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (max_bytes, max_bytes))
