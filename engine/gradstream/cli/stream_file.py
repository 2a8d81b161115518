"""A stream of a run in the terminal, as a file.

begun    FOLDER/DEMO.OUTPUT.growing.mp4     grows by every segment, and can be played while it grows
over     --gradstream.media.files.export--> FOLDER/DEMO.OUTPUT.wav or what else the demo offers
"""

import subprocess
import sys
from pathlib import Path

from gradstream.ipc.protocol import INIT_INDEX
from gradstream.runs.streams import Stream

REMUX = (sys.executable, "-P", "-m", "gradstream.media.files.export")
TIMEOUT_S = 600.0
"""Ten hours of sound as an MP3 take some minutes of a busy core."""


class StreamFile:
    """Follows one output's stream on the disk; `name` is the file's without its suffix."""

    def __init__(self, stream: Stream, *, folder: Path, name: str) -> None:
        self._stream = stream
        self._folder = folder
        self._name = name
        self._next = 0
        self.duration_s = 0.0
        """What the file holds so far."""
        self.missed = 0
        """Segments that were dropped before they could be written: the run had too many bytes of them."""
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{name}.growing.mp4"
        self.path.write_bytes(stream.path(INIT_INDEX).read_bytes())

    def grow(self) -> None:
        """Write every segment that there is by now."""
        self.missed += max(0, self._stream.first - self._next)
        with self.path.open("ab") as file:
            for index in range(max(self._next, self._stream.first), self._stream.end):
                file.write(self._stream.path(index).read_bytes())
                self.duration_s += self._stream.segments[index - self._stream.first].duration_s
        self._next = self._stream.end

    def finish(self, kind: str) -> str | None:
        """Make a file of this kind of it, which is `path` from then on; return why that failed, if it did."""
        target = self._folder / f"{self._name}.{kind}"
        command = [*REMUX, str(self.path), str(target)]
        try:
            made = subprocess.run(  # noqa: S603 (this very Python; both files are named by us)
                command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired:
            return f"it took longer than {TIMEOUT_S:g} s"
        if made.returncode != 0:
            told = made.stderr.strip().splitlines() or [f"exit code {made.returncode}"]
            return told[-1]
        self.path.unlink()
        self.path = target
        return None
