"""Reads `--input name=value` according to the kind of the input.

steps=3            3
careful=false      False
places=["attic"]   ["attic"]
photo=cat.png      an upload of that file
tables=a.csv;b.csv uploads of both
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gradstream.components.registry import input_kind
from gradstream.components.shipped import as_upload
from gradstream.components.types import Upload
from gradstream.errors import GradstreamError
from gradstream.format.types import Demo, Input
from gradstream.runs.caller import Caller

BETWEEN_FILES = ";"
"""Separates several files in one text, as it does several choices."""


class GivenError(GradstreamError):
    """Raised for an invalid `--input`, with a message for the terminal."""


class GivenInputs:
    """The inputs of the command line: `values` as in the JSON of a request, files by their names."""

    def __init__(self, words: Iterable[str], demo: Demo) -> None:
        self.values: dict[str, Any] = {}
        handed = [output.as_input for output in demo.outputs if output.as_input is not None]
        fields = {field.name: field for field in (*handed, *demo.inputs)}
        for word in words:
            name, sign, text = word.partition("=")
            if not sign:
                raise GivenError(f"--input {word}: expected name=value, such as steps=3")
            field = fields.get(name)
            self.values[name] = text if field is None else _read(field, text)

    def find(self, key: str, _caller: Caller) -> Upload | None:
        """Return the file with this path as if it had been uploaded."""
        path = Path(key).resolve()
        if not path.is_file():
            return None
        return as_upload(path)


def _file(field: Input, text: str) -> dict[str, str]:
    if not Path(text).is_file():
        raise GivenError(f"--input {field.name}={text}: there is no such file")
    return {"file": text}


def _read(field: Input, text: str) -> Any:
    kind = input_kind(field.kind)
    if kind.takes_file:
        # A name may have the sign in it.
        several = kind.takes_several(field) and not Path(text).is_file()
        files = [_file(field, each.strip()) for each in (text.split(BETWEEN_FILES) if several else [text])]
        return files if kind.takes_several(field) else files[0]
    return kind.parse(text, field)
