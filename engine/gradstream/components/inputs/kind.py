"""The contract of a kind of input: one object in one file, which `components/registry.py` finds.

    visitor's JSON --check (server)--> plain value --decode (worker)--> argument of the generator
    YAML's default, example, cell of a CSV file --parse, check--> the same plain value

A plain kind defines `check_value` and `value_schema` and keeps the usual answers to everything else.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, final

from gradstream.components.plain import plain
from gradstream.components.portable import check_portable
from gradstream.components.shipped import as_upload
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidOption, InvalidValue
from gradstream.format.types import Input
from gradstream.format.value_rules import broken_rule
from gradstream.format.values import Plain


class InputKind(ABC):
    """One kind of input. Fulfils `format.kinds.InputRules`."""

    takes_file: ClassVar[bool] = False
    """Whether values are files: uploads of visitors, or files beside the YAML as defaults and in examples."""

    part_keys: ClassVar[frozenset[str]] = frozenset()
    """Keys allowed beside `file` in {"file": id}, for kinds of which a part can be chosen."""

    holds_message: ClassVar[bool] = False
    """Whether a visitor can write the messages of a conversation into it."""

    page_events: ClassVar[tuple[str, ...]] = ("change",)
    """What a visitor can do to it that an action may run on."""

    upload_keys: ClassVar[frozenset[str]] = frozenset()
    """Those of `part_keys` whose values are ids of uploads, too."""

    whole_key: ClassVar[str | None] = None
    """The key of the file itself where an author names those of `upload_keys` beside it."""

    files_key: ClassVar[str | None] = None
    """The key of a value that has a list of uploads beside other things."""

    has_picture: ClassVar[bool] = False
    """Whether the value is a picture, in which another input can have places."""

    picture_key: ClassVar[str | None] = None
    """The key that names the picture in which the values are places: a component, or a file of the demo."""

    properties: ClassVar[frozenset[str]] = frozenset()
    """Keys of its own that a function may change by `gradstream.update`."""

    def is_secret(self, field: Input) -> bool:
        """Return whether values are for the generator alone, and are kept nowhere."""
        del field
        return False

    @final
    def check(self, value: Any, field: Input) -> Plain | InvalidValue:
        """Return the plain value to send to the worker, or why it is not accepted; None means not given."""
        # Before all else: `check_value` need not know about integers of any size.
        invalid = check_portable(value, code="E-TYPE", label=field.label)
        if invalid is not None:
            return invalid
        checked = self.check_value(value, field)
        if isinstance(checked, InvalidValue):
            return checked
        broken = broken_rule(checked, field.rules, label=field.label)
        if broken is not None:
            return broken
        # Some checks make an integer of a float: 1e300 does not fit into 64 bits either.
        return check_portable(checked, code="E-TYPE", label=field.label) or checked

    @abstractmethod
    def check_value(self, value: Any, field: Input) -> Plain | InvalidValue:
        """Return the plain value to send to the worker, or why it is not accepted; None means not given.

        Files come as `Upload` and leave as {"path", "name", "mime"}. Runs in the server: imports nothing
        heavy.
        """

    @abstractmethod
    def value_schema(self, field: Input) -> JsonSchema:
        """Return the JSON Schema of a value that a visitor gives, as far as JSON Schema can describe it."""

    @final
    def json_schema(self, field: Input) -> JsonSchema:
        """Return the JSON Schema of what a request for a run may give; null stands for the default."""
        schema = self.value_schema(field)
        is_needed = field.required and self.check_required(field.default, field) is not None
        return schema if is_needed else {"anyOf": [schema, {"type": "null"}]}

    def check_required(self, checked: Plain, field: Input) -> InvalidValue | None:
        """Return why a checked value does not satisfy `required`, None where it does."""
        if checked not in (None, "", []):
            return None
        return InvalidValue(
            code="E-REQUIRED",
            message=f"{field.label} is needed",
            expected="a value",
            found="nothing",
            repair="fill it in",
        )

    def is_awaited(self, field: Input) -> bool:
        """Return whether a live action waits until the input has a value, as if it were required."""
        return False

    def takes_several(self, field: Input) -> bool:
        """Return whether the value is a list of files, each of which is an upload."""
        return False

    @final
    def check_shipped(
        self, paths: Sequence[Path], field: Input, *, parts: Mapping[str, Path] = MappingProxyType({})
    ) -> InvalidValue | None:
        """Return why files of the demo's own are not accepted, None if they are.

        `parts` are files that belong to the only one, by their keys.
        """
        uploads = [as_upload(path) for path in paths]
        value: Any = uploads if self.takes_several(field) else uploads[0]
        if parts:
            value = {"file": value, **{key: as_upload(path) for key, path in parts.items()}}
        checked = self.check_value(value, field)
        if isinstance(checked, InvalidValue):
            return checked
        return broken_rule(checked, field.rules, label=field.label)

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return the keys of `rules` that say something about the input's values."""
        return frozenset()

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return what the generator is given. Runs in the worker. Raises UnusableInputError."""
        return plain

    def content(self, plain: Plain) -> Any:
        """Return what a message of a conversation contains that was written here. Runs in the worker."""
        return plain

    def prepare(self) -> None:
        """Import what decoding needs before the first value comes. Runs in the worker."""
        return

    def check_options(self, field: Input, *, keys: Collection[str]) -> Iterator[InvalidOption]:
        """Yield what is wrong with the options of an input; `keys` are those that its file gives."""
        yield from ()

    def complete(self, field: Input) -> Input:
        """Return the input with the options that follow from others."""
        return field

    def untouched(self, field: Input) -> Plain:
        """Return the default of an input whose file gives none."""
        return None

    def fill(self, value: Any) -> Plain:
        """Return what a function wrote into the input as a plain value, which `check` then looks at."""
        return plain(value)

    def parse(self, text: str, field: Input) -> Plain:
        """Return the value that a text stands for; the text itself where it stands for none."""
        return text

    def unserved(self, config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield each key that this version ignores, and what happens instead."""
        yield from ()
