"""What loading a demo asks of the kinds of its inputs and outputs. No behaviour.

    config --read_inputs--> Input as written --complete, check--> Input
                            InvalidOption, InvalidValue --> findings

The kinds themselves are a floor above, in `components/`: callers that load a demo pass them in.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

from msgspec import Struct

from gradstream.document.types import Route
from gradstream.format.types import Input, Output
from gradstream.format.values import Plain


class InvalidValue(Struct, frozen=True, kw_only=True):
    """Why an input does not accept a value: like a `Diagnostic`, but about a field.

    The same finding is shown to visitors and to authors. `repair` is for who sent the value; an author, whose
    value is a default or an example, can write one of `accepted` instead, or change the YAML as `remedy`
    says. `part` is where in a value that has parts, in words, when `found` is what is there.
    """

    code: str
    message: str
    expected: str = ""
    found: str = ""
    repair: str = ""
    accepted: tuple[Plain, ...] = ()
    remedy: str = ""
    part: str = ""


class InvalidOption(Struct, frozen=True, kw_only=True):
    """A key of an input that contradicts another one; `route` starts at the input.

    `found` is empty where it is the value at the route; `suggested` has keys and what to write there instead.
    """

    route: Route
    code: str
    message: str
    expected: str
    repair: str
    found: str = ""
    suggested: Mapping[str, Plain] = {}


class InputRules(Protocol):
    """The part of a kind of input that concerns its file."""

    takes_file: ClassVar[bool]
    """Whether values are files: uploads of visitors, or files beside the YAML as defaults and in examples."""

    holds_message: ClassVar[bool]
    """Whether a visitor can write the messages of a conversation into it."""

    has_picture: ClassVar[bool]
    """Whether the value is a picture, in which another input can have places."""

    picture_key: ClassVar[str | None]
    """The key that names the picture in which the values are places: a component, or a file of the demo."""

    page_events: ClassVar[tuple[str, ...]]
    """What a visitor can do to it that an action may run on."""

    upload_keys: ClassVar[frozenset[str]]
    """Keys of a value, beside that of its file, that name files which belong to it."""

    whole_key: ClassVar[str | None]
    """The key of the file itself where an author names those that belong to it, too."""

    def check_options(self, field: Input, *, keys: Collection[str]) -> Iterator[InvalidOption]:
        """Yield what is wrong with the options of an input; `keys` are those that its file gives."""

    def complete(self, field: Input) -> Input:
        """Return the input with the options that follow from others."""

    def untouched(self, field: Input) -> Plain:
        """Return the default of an input whose file gives none."""

    def check(self, value: Any, field: Input) -> Plain | InvalidValue:
        """Return the value as the generator gets it, or why it is not accepted."""

    def check_required(self, checked: Plain, field: Input) -> InvalidValue | None:
        """Return why a checked value does not satisfy `required`, None where it does."""

    def parse(self, text: str, field: Input) -> Plain:
        """Return the value that a cell of a CSV file stands for; the text itself where it stands for none."""

    def is_awaited(self, field: Input) -> bool:
        """Return whether a live action waits until the input has a value, as if it were required."""

    def takes_several(self, field: Input) -> bool:
        """Return whether the value is a list of files."""

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return the keys of `rules` that say something about the input's values."""

    def check_shipped(
        self, paths: Sequence[Path], field: Input, *, parts: Mapping[str, Path] = ...
    ) -> InvalidValue | None:
        """Return why files of the demo's own are not accepted, None if they are."""

    def unserved(self, config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield each key that this version ignores, and what happens instead."""


class OutputRules(Protocol):
    """The part of a kind of output that concerns its file."""

    is_conversation: ClassVar[bool]
    """Whether the value is a list of messages, which the visitor's own messages are part of."""

    has_picture: ClassVar[bool]
    """Whether the value is a picture, in which an input can have places."""

    pictures_key: ClassVar[str | None]
    """The key that has pictures of the demo's own, a mapping from what each is for to its path."""

    page_events: ClassVar[tuple[str, ...]]
    """What a visitor can do to it that an action may run on, beside changing what is `editable`."""

    is_media: ClassVar[bool]
    """Whether steps that are appended are chunks of one continuous stream of sound or video."""

    def handed_options(self, output: Output) -> Mapping[str, Any]:
        """Return options of the input that takes what is shown, beside those that both have."""


class Kinds(Struct, frozen=True, kw_only=True):
    """All kinds, by name; `handed` has the kind of input that takes what a kind of output shows."""

    inputs: Mapping[str, InputRules]
    outputs: Mapping[str, OutputRules]
    handed: Mapping[str, str] = {}
