"""Reads the file that a yielded path leads to: one that ends, and is not larger than a value may be."""

from pathlib import Path

from gradstream.components.plain import repair_text
from gradstream.components.types import UnusableYieldError


def read_path(path: Path, *, most_bytes: int) -> bytes:
    """Return a file's content, after a look at its size: reading a larger one could take all memory.

    Raises UnusableYieldError, and OSError or ValueError where there is no such file.
    """
    name = repair_text(path.name)
    if path.exists() and not path.is_file():
        # A pipe would be waited for, a device read for ever.
        raise UnusableYieldError(f"{name} is not a file with an end")
    with path.open("rb") as file:
        # Files that grow, or that the system makes as they are read, have more than they say.
        data = file.read(most_bytes + 1) if path.stat().st_size <= most_bytes else None
    if data is None or len(data) > most_bytes:
        found, most = path.stat().st_size / 1e6, most_bytes / 1e6
        raise UnusableYieldError(f"the file {name} has {found:.3g} MB; a value has at most {most:.3g} MB")
    return data
