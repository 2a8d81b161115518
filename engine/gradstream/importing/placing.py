"""Files of the app as the YAML has them, from its own folder: of examples, and of what is there at first.

"lion.jpg"          -> "../lion.jpg"
["a.csv", "b.csv"]  -> ["../a.csv", "../b.csv"]
"""

import ast
from collections.abc import Callable
from typing import Any

from gradstream.importing.types import Remarks

ADDRESSES = ("http://", "https://")


class Placing:
    """Finds the files of one app; `place` returns the path of one, None if it is lost."""

    def __init__(self, remarks: Remarks, place: Callable[[str], str | None]) -> None:
        self._remarks = remarks
        self._place = place

    def placed(self, node: ast.AST | int, value: Any, *, what: str) -> Any:
        """Return where a file is, or several are, each alone or with its caption; None without any.

        What is not found is noted: `what` says whose file it is.
        """
        if isinstance(value, str):
            return self._one(node, value, what)
        if not isinstance(value, list | tuple):
            return None
        files = [each[0] if isinstance(each, tuple | list) and each else each for each in value]
        found = [self._one(node, each, what) for each in files if isinstance(each, str)]
        return [each for each in found if each is not None] or None

    def _one(self, node: ast.AST | int, written: str, what: str) -> str | None:
        if written.startswith(ADDRESSES):
            said = f"the file of {what} is an address: download it, and write its path here: {written}"
            self._remarks.add(node, said)
            return None
        path = self._place(written)
        if path is None:
            self._remarks.add(node, f"the file of {what} is not there: {written}")
        return path
