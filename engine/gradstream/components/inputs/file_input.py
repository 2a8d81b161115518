"""What all kinds of input share whose values are files that visitors upload.

{"file": id} --form--> Upload --check--> {"path", "name", "mime"} --decode--> argument
"""

from typing import ClassVar

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.types import Input


class FileInput(InputKind):
    """A kind of input that takes an uploaded file; no file is None."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "clear")

    takes_file = True

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a reference to an upload, with the part of it where one can be chosen."""
        time = {"type": ["number", "null"], "minimum": 0}
        return {
            "type": "object",
            "properties": {"file": {"type": "string"}, **dict.fromkeys(sorted(self.part_keys), time)},
            "required": ["file"],
            "additionalProperties": False,
        }
