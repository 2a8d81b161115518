"""The output kind `highlighted_text`: a text whose parts have labels.

[(text, label)] | {"text", "entities": [{"entity", "start", "end"}]} | spaCy's Doc --> [{"text", "label"}]
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.plain import repair_text
from gradstream.components.real_number import real_number
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "a text, [(text, label)], {'text', 'entities'}, or a document of spaCy"
LABEL_KEYS = ("label", "entity", "entity_group")
"""Keys of an entity under which other packages have its label."""


class HighlightedTextOutput(OutputKind):
    """Shows parts of a text in the colours of their labels."""

    page_events: ClassVar[tuple[str, ...]] = ("select",)

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the parts in order; what has no label has None."""
        if value is None:
            return None
        return list(_parts(value, f"output `{output.name}`", store))

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the list of parts."""
        part = {
            "type": "object",
            "properties": {"text": {"type": "string"}, "label": {"type": ["string", "null"]}},
            "required": ["text", "label"],
            "additionalProperties": False,
        }
        return {"type": ["array", "null"], "items": part}

    def delivery(self, output: Output) -> Delivery:
        """Return that each step adds its parts, or replaces the text."""
        return AppendEdits(self.join) if output.updates == "append" else Replace(self.encode)

    def join(self, shown: Plain, added: Any, output: Output, store: Store) -> Joined:
        """Return the text with more parts."""
        parts = [] if shown is None else shown
        more = self.encode(added, output, store)
        edits: list[Edit] = [("insert", [len(parts) + index], part) for index, part in enumerate(more)]
        parts.extend(more)
        return Joined(value=parts, edits=edits)

    def as_text(self, value: Plain) -> str | None:
        """Return the text, each label in brackets behind its part."""
        if not isinstance(value, list):
            return None
        return "".join(
            part["text"] if part["label"] is None else f"{part['text']} [{part['label']}]" for part in value
        )


KINDS: Mapping[str, OutputKind] = {"highlighted_text": HighlightedTextOutput()}


def _parts(value: Any, where: str, store: Store) -> Iterator[Plain]:
    if isinstance(value, str):
        yield _part(value, None)
    elif isinstance(value, Mapping) and {"text", "entities"} <= value.keys():
        yield from _cut(value["text"], map(_entity, value["entities"]), where, store)
    elif hasattr(value, "ents") and isinstance(getattr(value, "text", None), str):
        found = ((each.start_char, each.end_char, each.label_) for each in value.ents)
        yield from _cut(value.text, found, where, store)
    elif isinstance(value, list):
        for item in value:
            yield _part(*_pair(item))
    else:
        raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)}")


def _pair(item: Any) -> tuple[Any, Any]:
    if isinstance(item, str):
        return item, None
    if isinstance(item, Mapping) and "text" in item:
        return item["text"], next((item[key] for key in LABEL_KEYS if key in item), None)
    if isinstance(item, tuple | list) and len(item) == 2:
        return item[0], item[1]
    raise UnusableYieldError(f"expected {ACCEPTED}, got the part {item!r:.60}")


def _entity(item: Any) -> tuple[int, int, Any]:
    given = item if isinstance(item, Mapping) else {}
    label = next((given[key] for key in LABEL_KEYS if key in given), None)
    start, end = given.get("start"), given.get("end")
    bounds = real_number(start), real_number(end)
    if label is None or not all(isinstance(each, int) and not isinstance(each, bool) for each in bounds):
        raise UnusableYieldError(
            f"expected an entity as {{'entity', 'start', 'end'}} with offsets, got {item!r:.60}"
        )
    return int(bounds[0] or 0), int(bounds[1] or 0), label


def _cut(text: Any, entities: Any, where: str, store: Store) -> Iterator[Plain]:
    """Yield the parts of a text between the offsets; an entity within another one is left out."""
    if not isinstance(text, str):
        raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(text)} as the text")
    at = 0
    for start, end, label in sorted(entities, key=lambda each: (each[0], -each[1])):
        if start < at or end <= start or end > len(text):
            store.warn(
                f"{where}: {label} from {start} to {end} is not shown: it is within another part, empty, or "
                f"beyond the {len(text)} characters of the text"
            )
            continue
        if start > at:
            yield _part(text[at:start], None)
        yield _part(text[start:end], label)
        at = end
    if at < len(text):
        yield _part(text[at:], None)


def _part(text: Any, label: Any) -> Plain:
    if not isinstance(text, str):
        raise UnusableYieldError(f"expected a text as each part, got {kind_name(text)}")
    number = None if isinstance(label, str | bool) else real_number(label)
    if not (label is None or isinstance(label, str | bool) or number is not None):
        raise UnusableYieldError(f"expected a text or a number as a part's label, got {kind_name(label)}")
    shown = f"{number:g}" if isinstance(number, float) else str(label if number is None else number)
    return {"text": repair_text(text), "label": None if label is None else repair_text(shown)}
