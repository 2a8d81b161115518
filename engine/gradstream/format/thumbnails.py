"""The pictures of a demo in the catalog: one that its file names or that is beside it, and its dark form.

thumbnail: pictures/cat.png   --> pictures/cat.png           and pictures/cat.dark.png, if it is there
nothing, in cat.yaml          --> thumbnails/cat.webp, if it is there, and thumbnails/cat.dark.webp
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

FOLDER, SUFFIX = "thumbnails", ".webp"


def thumbnail_of(values: Mapping[str, Any], file: str) -> tuple[str, bool]:
    """Return the path of a demo's picture, from the demo's folder, and whether the file names it."""
    named = values.get("thumbnail")
    if isinstance(named, str):
        return named, True
    return f"{FOLDER}/{PurePath(file).stem}{SUFFIX}", False


def dark_form(path: str) -> str:
    """Return the path of the picture that is shown in the dark scheme."""
    stem, dot, suffix = path.rpartition(".")
    return f"{stem}.dark.{suffix}" if dot else f"{path}.dark"
