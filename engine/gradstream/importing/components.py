"""Components of the other tool as keys of the format.

gr.Slider(1, 20, value=5, label="Steps") --kind_of, synonym--> {type: slider, minimum: 1, maximum: 20, …}
"""

import ast
import math
from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any

from gradstream.components.registry import KINDS, input_kind
from gradstream.format.mistakes.synonyms import synonym
from gradstream.format.schema.validators import load_schemas
from gradstream.format.shapes.calls import kind_of
from gradstream.format.wording import label_of
from gradstream.importing.arguments import LOOKS, LOOKS_OF, LOOKS_OF_RESULTS, OWN_CODE, POSITIONS, SAME
from gradstream.importing.constants import UNKNOWN
from gradstream.importing.handing import EDITORS, TABLES, has_layers, is_date
from gradstream.importing.placing import Placing
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, Remarks

ComponentKeys = dict[str, Any]

AS = {
    "pil": "pil",
    "numpy": "numpy",
    "filepath": "path",
    "binary": "bytes",
    "pandas": "pandas",
    "array": "rows",
}
OWN_AS = {"Audio": "numpy", "Dataframe": "pandas", "DataFrame": "pandas", "Gallery": "path"}
"""What a function is given by the other tool where nothing is said, if that differs here."""

OWN_SOURCES = {"canvas": "sketch", "clipboard": "paste", "webcam": "camera"}
MODES = {"L": "gray", "RGB": "rgb", "RGBA": "rgba"}
CELLS = {"number": "number", "bool": "checkbox", "date": "date"}


def given(call: ast.Call, word: str) -> dict[str, ast.expr]:
    """Return the arguments of a call by name."""
    order = POSITIONS.get(word, ("value",))
    named = {each.arg: each.value for each in call.keywords if each.arg is not None}
    return dict(zip(order, call.args, strict=False)) | named


def note_own_code(arguments: Mapping[str, ast.expr], remarks: Remarks) -> None:
    """Say which styles and scripts a page of the app has, which are not translated."""
    for name, node in arguments.items():
        if name in OWN_CODE and not (isinstance(node, ast.Constant) and node.value is None):
            advice = "" if name == "js" else ": colours, fonts and a logo are in `theme` of gradstream.yaml"
            remarks.add(node, f"`{name}` is not translated{advice}")


def is_component(word: str) -> bool:
    """Return whether a word of the other tool names a component that there is here on some side."""
    return any(kind_of(word, folder)[0] is not None for folder in ("inputs", "outputs"))


def is_editable(component: AppComponent, folder: str, source: AppSource) -> bool:
    """Return whether visitors can change what a component shows that is an output here."""
    kind = kind_of(component.word, folder)[0]
    known = load_schemas().kinds[folder][str(kind)]["properties"]
    return "editable" in known and source.constant(component.given.get("interactive")) is True


def is_described_by_value(component: AppComponent, source: AppSource) -> bool:
    """Return whether only running the app shows which columns a table has."""
    node = component.given.get("value")
    is_named = "headers" in component.given
    return component.word in TABLES and not is_named and node is not None and source.constant(node) is UNKNOWN


def is_chat(component: AppComponent) -> bool:
    """Return whether a component is a conversation."""
    kind = kind_of(component.word, "outputs")[0]
    return kind is not None and KINDS.outputs[kind].is_conversation


def _option(written: str) -> bool | int | str | list[str]:
    """Return the value of a key that belongs to a kind's other name, as a schema's `hints` write it."""
    if written == "true":
        return True
    if written.startswith("["):
        return written.strip("[]").split(", ")
    return int(written) if written.isdigit() else written


def holds_files(word: str) -> bool:
    """Return whether a component is a field for messages with files, of which there may be several."""
    kind = kind_of(word, "inputs")[0]
    return kind is not None and input_kind(kind).files_key is not None


class Translator:
    """Translates the components of one app. `place` returns the path of a file of the app, None if lost."""

    def __init__(
        self, source: AppSource, remarks: Remarks, placing: Placing, place: Callable[[str], str | None]
    ) -> None:
        self._source = source
        self._remarks = remarks
        self._placing = placing
        self._place = place

    def keys(
        self, component: AppComponent, folder: str, name: str, *, is_handed: bool = True
    ) -> ComponentKeys:
        """Return a component's keys; `folder` is the side that it is on.

        What is not `is_handed` to a function needs no word of what functions are given.
        """
        kind, more = kind_of(component.word, folder)
        kind = "date" if is_date(component, self._source) else kind
        known = load_schemas().kinds[folder][str(kind)]["properties"]
        keys: ComponentKeys = {"type": kind}
        if more:
            key, _, value = more.partition(": ")
            keys[key] = _option(value)
        for argument, node in component.given.items():
            if argument not in LOOKS and (is_handed or argument != "type"):
                self._argument(component, argument, node, known, keys)
        if is_editable(component, folder, self._source):
            keys["editable"] = True
        self._habits(component, known, keys)
        if is_handed and "as" in known and component.word in OWN_AS:
            keys.setdefault("as", OWN_AS[component.word])
        if keys.get("label") == label_of(name):
            del keys["label"]
        return keys

    def takes_file(self, keys: ComponentKeys) -> bool:
        """Return whether the values of an input are files."""
        return KINDS.inputs[keys["type"]].takes_file

    def _argument(
        self,
        component: AppComponent,
        argument: str,
        node: ast.expr,
        known: Mapping[str, Any],
        keys: ComponentKeys,
    ) -> None:
        value = self._source.constant(node)
        is_so = value is None or value in SAME.get(argument, ())
        is_of_looks = argument in LOOKS_OF.get(component.word, ()) and argument not in known
        if is_so or is_of_looks or _says_nothing(argument, value):
            return
        is_unknown = argument == "value" and value is UNKNOWN
        is_of_result = argument in {"value", *LOOKS_OF_RESULTS} and not {"default", argument} & {*known}
        if is_unknown or is_of_result:
            return
        if argument == "file_count" and "multiple" not in known:
            return
        if argument == "sources" and (holds_files(component.word) or "sources" not in known):
            return
        if (
            argument == "value"
            and self._is_of_file(component, known)
            and isinstance(value, str | list | tuple)
        ):
            placed = self._placing.placed(node, value, what=f"`{component.word}`")
            keys |= {} if placed is None else {"default": placed}
            return
        read = {} if value is UNKNOWN else self._read(component, argument, value, known)
        fitting = {key: each for key, each in read.items() if key in known and _fits(known[key], each)}
        is_read = bool(read) or (argument in READ_ELSEWHERE and value is not UNKNOWN)
        if len(fitting) < len(read) or not is_read:
            said = "can only be known by running it" if value is UNKNOWN else "is not translated"
            self._remarks.add(node, f"`{argument}` of `{component.word}` {said}")
        keys.update(fitting)

    def _is_of_file(self, component: AppComponent, known: Mapping[str, Any]) -> bool:
        return "accept" in known and not holds_files(component.word)

    def _read(
        self, component: AppComponent, argument: str, value: Any, known: Mapping[str, Any]
    ) -> ComponentKeys:
        match argument:
            case "choices" if isinstance(value, list | tuple):
                return {"choices": _choices(value, by_index=self._is_by_index(component))}
            case "value":
                return self._default(component, value, known)
            case "avatar_images" if isinstance(value, list | tuple):
                return self._avatars(component, value)
            case "examples" if "suggestions" in known and isinstance(value, list):
                return {"suggestions": self._suggestions(component, value)}
            case "headers":
                return {"columns": self._columns(component, value) if "default" in known else plain(value)}
            case "precision":
                return {"precision": value} if "precision" in known else {"integer": True}
            case "title" if "label" in component.given:
                return {}
        if argument == "type" and value == "numpy" and component.word in TABLES:
            return {"as": "pandas"}
        if argument in WORDS:
            return WORDS[argument](value, component.word)
        key = synonym(argument, list(known))
        return {} if key is None else {key: plain(value)}

    def _default(self, component: AppComponent, value: Any, known: Mapping[str, Any]) -> ComponentKeys:
        if holds_files(component.word):
            return {"default": value["text"] if isinstance(value, dict) and "text" in value else value}
        if self._is_by_index(component):
            place = self.by_index(component, value)
            return {} if place == value and isinstance(value, str) else {"default": place}
        return {"default": plain(value)}

    def _avatars(self, component: AppComponent, pair: list[Any] | tuple[Any, ...]) -> ComponentKeys:
        """Return the pictures beside what the visitor says and beside the answers."""
        found: dict[str, str] = {}
        for who, written in zip(("user", "assistant"), pair, strict=False):
            path = self._place(written) if isinstance(written, str) else None
            if path is not None:
                found[who] = path
            elif written is not None:
                self._remarks.add(component.line, f"the picture of an avatar is not there: {written}")
        return {"avatars": found} if found else {}

    def by_index(self, component: AppComponent, value: Any) -> Any:
        """Return the place of a choice, or the places of several, where functions are given places."""
        if not self._is_by_index(component):
            return value
        choices = self._source.constant(component.given.get("choices"))
        known = choices if isinstance(choices, list | tuple) else []
        values = [each[1] if isinstance(each, tuple) else each for each in known]
        if isinstance(value, list):
            return [values.index(each) for each in value if each in values]
        return values.index(value) if value in values else value

    def _suggestions(self, component: AppComponent, examples: list[Any]) -> list[Any]:
        """Return what a visitor can say at a click: its text alone."""
        found: list[Any] = []
        for each in examples:
            text = each.get("text") if isinstance(each, dict) else each
            shown = each.get("display_text", text) if isinstance(each, dict) else each
            if isinstance(each, dict) and each.get("files"):
                said = "a suggestion of the chat has its text alone: its files are left out"
                self._remarks.add(component.line, said)
            if isinstance(text, str) and text:
                found.append(text if shown == text else {"value": text, "label": shown})
        return found

    def _is_by_index(self, component: AppComponent) -> bool:
        return bool(self._source.constant(component.given.get("type")) == "index")

    def _columns(self, component: AppComponent, headers: Any) -> Any:
        types = self._source.constant(component.given.get("datatype"))
        if isinstance(types, str):
            types = [types] * len(headers)
        if not isinstance(types, list | tuple):
            types = _types_of(self._source.constant(component.given.get("value")))
        if not any(each in CELLS for each in types):
            return plain(headers)
        return [
            {"name": header, "type": CELLS[kind]} if kind in CELLS else header
            for header, kind in zip_longest(headers, types[: len(headers)])
        ]

    def _habits(self, component: AppComponent, known: Mapping[str, Any], keys: ComponentKeys) -> None:
        """Add what the other tool does where nothing is said, if that differs here."""
        if "multiple" in known and "value" not in component.given and not keys.get("multiple"):
            choices = keys.get("choices") or [None]
            first = choices[0]["value"] if isinstance(choices[0], dict) else choices[0]
            keys |= {} if first is None else {"default": first}
        if "choices" in known and "choices" not in keys and not keys.get("allow_custom"):
            self._unknown_choices(component, keys)
        if "captions" in known:
            keys["captions"] = True
        if known.get("updates", {}).get("default") == "append":
            streams = self._source.constant(component.given.get("streaming")) is True
            keys |= {} if streams else {"updates": "replace"}
        if component.word in EDITORS and "sources" in known:
            self._painted(component, keys)
        if "range" in known and "step" not in keys:
            step = step_of(keys.get("minimum", 0), keys.get("maximum", 100))
            keys |= {} if step == 1 else {"step": step}
        if "columns" in known and "default" in known and "columns" not in keys:
            keys["columns"] = self._columns(component, ["a", "b", "c"])
            self._remarks.add(component.line, "the columns of the table are not named: `a`, `b`, `c`")

    def _unknown_choices(self, component: AppComponent, keys: ComponentKeys) -> None:
        """Let an input have a choice that can be chosen where the app's own only running it would show."""
        default = keys.get("default")
        keys["choices"] = (default if isinstance(default, list) else [default]) if default else [UNSAID]
        said = f"write the choices of this `{component.word}` by hand: there is one for now"
        self._remarks.add(component.line, said)

    def _painted(self, component: AppComponent, keys: ComponentKeys) -> None:
        """Say what is not painted here as it is there."""
        if not has_layers(component, self._source):
            said = "a function is given the paths of `image` and `mask`, not of layers"
            self._remarks.add(component.line, f"`{component.word}`: {said}")
        elif "image_mode" not in component.given:
            keys["channels"] = "rgba"
        if component.word == "ImageEditor":
            self._remarks.add(component.line, "`ImageEditor`: what is painted is a mask, without colours")


SILENT = frozenset({"column_count", "col_count", "datatype", "row_count", "streaming"}) | frozenset(
    {"include_time", "timezone"}
)
OFF = frozenset({"autoplay", "loop", "randomize"})
"""What is off here where nothing is said."""

UNSAID = "…"
"""The one choice of an input whose choices are not known."""

COMPUTED = frozenset({"every", "inputs"})
"""Arguments that others are read with."""

READ_ELSEWHERE = frozenset({"type", "file_count", "avatar_images", "clear_color", "randomize"})
"""Arguments of which most values say what is so here anyway."""


def _type(value: Any, _word: str) -> ComponentKeys:
    if value == "password":
        return {"password": True}
    return {"as": AS[value]} if value in AS else {}


def _sources(value: Any, _word: str) -> ComponentKeys:
    words = [value] if isinstance(value, str) else value
    return {"sources": [OWN_SOURCES.get(each, each) for each in words]}


def _canvas(value: Any, _word: str) -> ComponentKeys:
    is_size = isinstance(value, tuple | list) and len(value) == 2
    return {"canvas": {"width": value[0], "height": value[1]}} if is_size else {}


def _ground(value: Any, _word: str) -> ComponentKeys:
    """Return the colour behind a model, of parts from 0 to 1; a transparent one is none."""
    is_color = isinstance(value, tuple | list) and len(value) in (3, 4) and all(map(_is_part, value))
    if not is_color or (len(value) == 4 and value[3] == 0):
        return {}
    return {"background": "#" + "".join(f"{round(each * 255):02x}" for each in value[:3])}


def _is_part(value: Any) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _file_count(value: Any) -> ComponentKeys:
    return {"directory": {"folder": True}, "multiple": {"multiple": True}}.get(value, {})


WORDS: Mapping[str, Callable[[Any, str], ComponentKeys]] = {
    "canvas_size": _canvas,
    "clear_color": _ground,
    "columns": lambda value, _: {"columns": value[0] if isinstance(value, list | tuple) else value},
    "display_mode": lambda value, _: {"wireframe": True} if value == "wireframe" else {},
    "file_count": lambda value, word: {} if holds_files(word) else _file_count(value),
    "file_types": lambda value, _: {"accept": [f"{each}/*" if each.isalpha() else each for each in value]},
    "image_mode": lambda value, _: {"channels": MODES[value]} if value in MODES else {},
    "show_legend": lambda value, _: {"legend": value},
    "source": _sources,
    "sources": _sources,
    "title": lambda value, _: {"label": value},
    "tool": lambda value, _: {"mask": True} if value == "sketch" else {},
    "type": _type,
}
"""Arguments whose values have other words here."""


def _says_nothing(argument: str, value: Any) -> bool:
    """Return whether an argument is read elsewhere, or is what is so here anyway."""
    if argument in COMPUTED:
        return True
    return (argument in OFF and not value) or (argument in SILENT and value is not UNKNOWN)


def _types_of(rows: Any) -> list[str]:
    """Return the types of columns as the other tool calls them, by the values that are there at first."""
    is_table = isinstance(rows, list | tuple) and all(isinstance(each, list | tuple) for each in rows)
    columns = list(zip(*rows, strict=False)) if is_table else []
    return ["number" if all(map(_is_number, column)) else "str" for column in columns]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def plain(value: Any) -> Any:
    """Return a literal of Python as YAML has it."""
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return value


def _choices(choices: Any, *, by_index: bool) -> list[Any]:
    written: list[Any] = []
    for index, each in enumerate(choices):
        label, value = each if isinstance(each, tuple) and len(each) == 2 else (each, each)
        value = index if by_index else value
        written.append(value if label == value else {"value": value, "label": str(label)})
    return written


def step_of(low: float, high: float) -> float:
    """Return the step that the other tool chooses: a power of ten, about a hundredth of the range, or 1."""
    power = round(math.log10(high - low) - 2) if high > low else 0
    return float(f"1e{power}") if power < 0 else 1


def _fits(described: Mapping[str, Any], value: Any) -> bool:
    """Return whether a key can have a value, by its schema."""
    return bool(load_schemas().demo.evolve(schema=described).is_valid(value))
