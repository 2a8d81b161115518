"""The output kind `html`: shown in a frame of its own, without any right to the page."""

from collections.abc import Mapping
from typing import Any

from gradstream.components.outputs.figure import library_of
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.text import TextOutput
from gradstream.components.types import Store
from gradstream.format.types import Output


class HtmlOutput(TextOutput):
    """Shows text as HTML, and objects that can write themselves as HTML, as data frames can."""

    def encode(self, value: Any, output: Output, store: Store) -> str | None:
        """Return the HTML."""
        write = getattr(value, "_repr_html_", None)
        # What figures write needs a script, which the frame does not run.
        if callable(write) and not isinstance(value, type) and library_of(value) is None:
            value = value if (written := write()) is None else written
        return super().encode(value, output, store)


KINDS: Mapping[str, OutputKind] = {"html": HtmlOutput()}
