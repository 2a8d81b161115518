"""The contract of a kind of output: one object in one file, which `components/registry.py` finds.

    yield --encode (worker)--> plain value --delivery--> set | append | patch | segment events

A plain kind defines `encode` and `json_schema` and keeps the usual answers to everything else.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from gradstream.components.outputs.delivery import Delivery, Replace
from gradstream.components.types import JsonSchema, Store
from gradstream.format.types import Output
from gradstream.format.values import Plain


class OutputKind(ABC):
    """One kind of output."""

    is_conversation: ClassVar[bool] = False
    """Whether the value is a list of messages, which the visitor's own messages are part of."""

    has_picture: ClassVar[bool] = False
    """Whether the value is a picture, in which an input can have places."""

    pictures_key: ClassVar[str | None] = None
    """The key that has pictures of the demo's own, a mapping from what each is for to its path."""

    is_media: ClassVar[bool] = False
    """Whether steps that are appended are chunks of one continuous stream of sound or video."""

    handed_as: ClassVar[str | None] = None
    """The kind of input that takes what is shown; None where no function can be given it."""

    page_events: ClassVar[tuple[str, ...]] = ()
    """What a visitor can do to it that an action may run on, beside changing what is `editable`."""

    @abstractmethod
    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the plain value to show, which shares nothing with `value`. Raises UnusableYieldError."""

    @abstractmethod
    def json_schema(self, output: Output) -> JsonSchema:
        """Return the JSON Schema of the values of this output in a run's state."""

    def delivery(self, output: Output) -> Delivery:
        """Return how yields become events, for the output's `updates`."""
        return Replace(self.encode)

    def handed_options(self, output: Output) -> Mapping[str, Any]:
        """Return options of the input that takes what is shown, beside those that both have."""
        return {}

    def as_text(self, value: Plain) -> str | None:
        """Return a value as the text that it is; None where it is not text."""
        return None

    def prepare(self) -> None:
        """Import what encoding needs before the first yield comes. Runs in the worker."""
        return
