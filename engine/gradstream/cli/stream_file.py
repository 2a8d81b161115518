"""A stream of a run in the terminal, as a file.

started  FOLDER/DEMO.OUTPUT.growing.mp4     grows by every segment, and can be played while it grows
over     --runs.export--> FOLDER/DEMO.OUTPUT.wav, or whatever the demo offers
"""

from pathlib import Path

from gradstream.file_ref import whole
from gradstream.runs.contract import ExportFailure, RunHandle
from gradstream.runs.export import export


class StreamFile:
    """Writes one output's stream to a file; `name` is the file's without its suffix."""

    def __init__(self, run: RunHandle, output: str, *, folder: Path, name: str) -> None:
        self._run = run
        self._output = output
        self._folder = folder
        self._name = name
        self._next = 0
        self.path = folder / f"{name}.growing.mp4"
        self.duration_s = 0.0
        """The duration of what the file holds so far."""
        self.missed = 0
        """Segments that were dropped before they could be written, because the run had too many bytes."""

    async def start(self) -> bool:
        """Write the initialization segment; return False when there is no stream."""
        stream = await self._run.stream(self._output)
        if stream is None:
            return False
        self._folder.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(await self._run.read([whole(stream.init)]))
        return True

    async def grow(self) -> None:
        """Append every segment that there is by now."""
        with self.path.open("ab") as file:
            while (kept := await self._run.segment(self._output, self._next)) is not None:
                self.missed += kept.index - self._next
                file.write(await self._run.read([whole(kept.file)]))
                self.duration_s += kept.segment.duration_s
                self._next = kept.index + 1

    async def export(self, kind: str) -> ExportFailure | None:
        """Replace the file by one of this kind, which is `path` from then on; return why not, if it fails."""
        target = self._folder / f"{self._name}.{kind}"
        failure = await export(self.path, target)
        if failure is None:
            self.path.unlink()
            self.path = target
        return failure
