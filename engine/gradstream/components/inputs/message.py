"""The input kind `message`: text with files, as people write in a conversation.

"text" | {"text", "files": [{"file": id}, …]} --check--> {"text", "files": [{"path", "name", "mime"}, …]}
                                              --decode--> {"text", "files": [path, …]}
"""

from collections.abc import Mapping
from mimetypes import guess_type
from typing import Any, ClassVar

from msgspec import Struct, convert

from gradstream.components.inputs.file import named_path
from gradstream.components.inputs.file_checks import ANY, hand_over, misfit, not_uploaded, patterns
from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe

KEYS = {"text", "files"}


class MessageOptions(Struct, frozen=True):
    """The keys of a message input that its value depends on."""

    accept: str | list[str] | None = None
    max_size: int | None = None
    max_length: int | None = None


class MessageInput(InputKind):
    """Hands over a mapping with `text` and `files`, the paths of what was attached."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "clear")

    holds_message = True
    files_key = "files"
    part_keys = frozenset({"name"})
    properties = frozenset({"max_length", "placeholder"})

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the text and where the files are, or why one of them is not accepted."""
        given = {"text": value or ""} if value is None or isinstance(value, str) else value
        if not isinstance(given, dict) or not set(given) <= KEYS:
            return _misshapen(value, field)
        text, files = given.get("text", ""), given.get("files", [])
        if not isinstance(text, str) or not isinstance(files, list):
            return _misshapen(value, field)
        options = convert(field.options, MessageOptions)
        checked = [_check_file(one, field, options) for one in files]
        wrong = next((one for one in checked if isinstance(one, InvalidValue)), None)
        return wrong or _check_length(text, field, options) or {"text": text, "files": checked}

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a text, or of a text with files."""
        text: JsonSchema = {"type": "string"}
        longest = convert(field.options, MessageOptions).max_length
        if longest is not None:
            text["maxLength"] = longest
        file = {
            "type": "object",
            "properties": {"file": {"type": "string"}, "name": {"type": "string"}},
            "required": ["file"],
            "additionalProperties": False,
        }
        whole = {
            "type": "object",
            "properties": {"text": text, "files": {"type": "array", "items": file}},
            "additionalProperties": False,
        }
        return {"anyOf": [text, whole]}

    def check_required(self, checked: Plain, field: Input) -> InvalidValue | None:
        """Return why a message without a text and without a file does not do."""
        is_empty = isinstance(checked, dict) and not checked["text"] and not checked["files"]
        return super().check_required(None if is_empty else checked, field)

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return the text, and the paths of the files under the visitor's names for them."""
        return {"text": plain["text"], "files": [named_path(file) for file in plain["files"]]}

    def content(self, plain: Plain) -> Any:
        """Return the text alone, or a list of it and of the files."""
        files = [{**file, "path": named_path(file)} for file in plain["files"]]
        text = [plain["text"]] if plain["text"] else []
        return [*text, *files] if files else plain["text"]


KINDS: Mapping[str, InputKind] = {"message": MessageInput()}


def _check_file(given: object, field: Input, options: MessageOptions) -> Plain | InvalidValue:
    # The page remembers a name beside the id; the file has its own.
    value = given.get("file") if isinstance(given, dict) else given
    if not isinstance(value, Upload):
        return not_uploaded(value, field, noun="file")
    wrong = misfit(
        value,
        field,
        accepted=patterns(options.accept, usual=ANY),
        max_size=options.max_size,
        noun="file",
        other_mimes=[guess_type(value.name)[0] or value.mime],
    )
    return wrong or hand_over(value)


def _check_length(text: str, field: Input, options: MessageOptions) -> InvalidValue | None:
    longest = options.max_length
    if longest is None or len(text) <= longest:
        return None
    return InvalidValue(
        code="E-TOO-LONG",
        message=f"{field.label} is too long",
        expected=f"at most {longest} characters",
        found=f"{len(text)} characters",
        repair=f"leave out {len(text) - longest}",
        remedy=f"shorten it by {len(text) - longest}, or raise `max_length`",
    )


def _misshapen(value: object, field: Input) -> InvalidValue:
    return InvalidValue(
        code="E-TYPE",
        message=f"{field.label} takes a message",
        expected='text, or {"text", "files": [{"file": id}]}',
        found=describe(value),
        repair="write a text, or a mapping with `text` and `files`",
    )
