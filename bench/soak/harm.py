"""What happens to the server meanwhile: workers are killed or suspended, files are saved with mistakes."""

import asyncio
import random
import signal
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil

from bench.soak.catalog import BROKEN, DEMOS, FILES
from gradstream.worker.main import PROCESS_NAME

PAUSE_S = 1.0
"""Between two."""


class Harm:
    """One server's; `done` counts what was done."""

    def __init__(self, folder: Path, server: psutil.Process) -> None:
        self.done: Counter[str] = Counter()
        self._folder = folder
        self._server = server
        self._random = random.Random(7)

    async def go_on(self) -> None:
        """Do harm until canceled; files are whole again at the end."""
        try:
            while True:
                await asyncio.sleep(PAUSE_S)
                self._random.choice((self._kill, self._break, self._touch))()
        finally:
            self._repair()

    def _kill(self) -> None:
        for process in self._server.children(recursive=True):
            with suppress(psutil.Error):
                if process.name() == PROCESS_NAME:
                    process.send_signal(signal.SIGKILL)
                    self.done["workers killed"] += 1
                    return

    def _break(self) -> None:
        name = f"demos/{self._random.choice(DEMOS)}.yaml"
        (self._folder / name).write_text(BROKEN, encoding="utf-8")
        self.done["files saved with a mistake"] += 1

    def _touch(self) -> None:
        self._repair()
        code = self._folder / "demos/soaked.py"
        code.write_text(code.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        self.done["files of Python saved"] += 1

    def _repair(self) -> None:
        for name, content in FILES.items():
            if name.endswith(".yaml"):
                (self._folder / name).write_text(content, encoding="utf-8")
