"""The output kinds `text`, `markdown` and `code`: a string, or nothing."""

import inspect
import io
import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

from gradstream.components.outputs.delivery import AppendText, Delivery, Replace
from gradstream.components.outputs.figure import library_of
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

_ADDRESS = re.compile(r"<(?:[^<>\n]|<[^<>\n]*>){1,200} at 0x[0-9a-fA-F]{6,}\b[^<>\n]*>")
"""Where an object is in memory: what Python writes for one that has nothing else to say."""


class TextOutput(OutputKind):
    """Shows text; numbers, dates, paths and other objects with a text of their own as `str` shows them."""

    handed_as: ClassVar[str | None] = "text"

    def encode(self, value: Any, _output: Output, _store: Store) -> str | None:
        """Return the text."""
        if value is None or type(value) is str:
            return value
        if (problem := _problem(value)) is not None:
            raise UnusableYieldError(f"expected text, got {problem}")
        text = str(value)
        if (found := _ADDRESS.search(text)) is not None:
            raise UnusableYieldError(
                f"expected text, got a value of type {kind_name(value)}, which would be shown as {found[0]}: "
                "yield the part of it that is meant"
            )
        return text

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a text or null."""
        return {"type": ["string", "null"]}

    def delivery(self, output: Output) -> Delivery:
        """Return that steps are appended to the text, or replace it."""
        return AppendText(self.encode) if output.updates == "append" else Replace(self.encode)

    def as_text(self, value: Plain) -> str:
        """Return the text, "" for none."""
        return value if isinstance(value, str) else ""


class CodeOutput(TextOutput):
    """Shows program text."""

    handed_as: ClassVar[str | None] = "code"


KINDS: Mapping[str, OutputKind] = {"text": TextOutput(), "markdown": TextOutput(), "code": CodeOutput()}


def _problem(value: Any) -> str | None:
    """Return what a value is and what to do, if its text would be of no use to visitors."""
    kind = kind_name(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return f"{kind}: yield value.decode()"
    if isinstance(value, Mapping) and "__type__" in value:
        return "an update of a component: yield gradstream.skip for an output that does not change"
    if inspect.isawaitable(value):
        return f"{kind}: await it, in an `async def`"
    if inspect.isgenerator(value) or inspect.isasyncgen(value):
        return f"{kind}: yield its items, as with `yield from`"
    if isinstance(value, type):
        return f"the class {value.__qualname__}: yield an object of it, or a text"
    if isinstance(value, ModuleType):
        return f"the module {value.__name__}: yield a text"
    if inspect.isroutine(value):
        return f"the function {value.__name__}: call it"
    if callable(getattr(value, "savefig", None)) or library_of(value) is not None:
        return f"a figure ({kind}): yield it to an output `type: plot`"
    if not _has_text(value):
        return f"a value of type {kind}, which has no text of its own: yield the part of it that is meant"
    return None


def _has_text(value: Any) -> bool:
    """Return whether a class says how its values are written; what open files write is for nobody."""
    if isinstance(value, io.IOBase):
        return False
    return any("__str__" in vars(one) or "__repr__" in vars(one) for one in type(value).__mro__[:-1])
