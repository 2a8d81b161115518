"""A run as far as inputs need one: a folder of its own."""

from pathlib import Path

from gradstream.authoring import LogLevel


class RunFolder:
    """Implements authoring.RunContext; what is sent goes nowhere."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder

    def progress(
        self,
        fraction: float | None,
        *,
        index: int | None,
        total: int | None,
        unit: str | None,
        description: str | None,
    ) -> None:
        """Take a progress."""

    def log(self, text: str, *, level: LogLevel) -> None:
        """Take a line."""
