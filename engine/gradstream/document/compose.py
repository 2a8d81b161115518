"""Nodes -> plain values with the place of each; follows aliases, replaces variables, omits `x-` keys.

Mistakes are collected: the value becomes a hole, and reading continues with the next node.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from gradstream.document.line_index import LineIndex, Stretch
from gradstream.document.mistakes import Mistake, Rewrite
from gradstream.document.nodes import AliasNode, MappingNode, Node, ScalarNode, SequenceNode
from gradstream.document.scalars import NumberTooLargeError, resolve
from gradstream.document.types import NodePlace, Route
from gradstream.document.variables import VARIABLE, substitute

CORE_TAG = "tag:yaml.org,2002:"
SCALAR_TAGS: Mapping[str, Any] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "null": (type(None),),
}
IGNORED_PREFIX = "x-"

ENVIRONMENT_TAG = re.compile(r"!+(?:env|envvar|env_var|getenv|environ|secret|var|os)", re.IGNORECASE)
INCLUDE_TAG = re.compile(r"!+(?:include|import|file|extends).*", re.IGNORECASE)
REFERENCE_TAG = re.compile(
    r"!+(?:ref|reference|sub|getatt|join|input|lambda|vault|relative).*", re.IGNORECASE
)
"""What other tools write before the name of a variable, of a file, or of something else that they look up."""


class Composer:
    """Builds the values of one document; `compose` is called once."""

    def __init__(self, text: str, lines: LineIndex, *, environ: Mapping[str, str]) -> None:
        self._text = text
        self._lines = lines
        self._environ = environ
        self.places: dict[Route, NodePlace] = {}
        self.substituted: dict[Route, tuple[str, ...]] = {}
        self.variables: dict[str, str] = {}
        self.holes: set[Route] = set()
        self.mistakes: list[Mistake] = []

    def compose(self, root: Node) -> Any:
        """Return the root's plain value."""
        return self._value(root, (), key=None, via=None)

    def _value(self, node: Node, route: Route, *, key: Stretch | None, via: Stretch | None) -> Any:
        """Return the node's value and store its place, which below an alias is `via`, the place of the alias.

        A mistake in the notation is reported where it is written, however many aliases refer to it.
        """
        if isinstance(node, AliasNode):
            target, via = node.target, via or node.stretch
            while isinstance(target, AliasNode):
                target = target.target
            node = target
        stretch = via or node.stretch
        is_empty = stretch.start == stretch.end
        self.places[route] = NodePlace(key, key if is_empty and key is not None else stretch)
        match node:
            case MappingNode():
                return self._mapping(node, route, via=via)
            case SequenceNode():
                return self._sequence(node, route, via=via)
            case _:
                return self._scalar(
                    node, route, stretch=key if is_empty and key is not None else node.stretch
                )

    def _mapping(self, node: MappingNode, route: Route, *, via: Stretch | None) -> dict[str, Any]:
        self._check_tag(node.tag, "map", route, stretch=node.stretch)
        values: dict[str, Any] = {}
        seen: dict[str, Stretch] = {}
        for key_node, value_node in node.pairs:
            key = self._key(key_node, value_node)
            if key is None:
                if route and not isinstance(key_node, ScalarNode):
                    self.holes.add(route)
                continue
            if key in seen:
                self._repeated(key, first=seen[key], stretch=key_node.stretch)
                continue
            seen[key] = key_node.stretch
            if not key.startswith(IGNORED_PREFIX):
                key_stretch = via or key_node.stretch
                values[key] = self._value(value_node, (*route, key), key=key_stretch, via=via)
        return values

    def _sequence(self, node: SequenceNode, route: Route, *, via: Stretch | None) -> list[Any]:
        self._check_tag(node.tag, "seq", route, stretch=node.stretch)
        return [
            self._value(member, (*route, index), key=None, via=via)
            for index, member in enumerate(node.members)
        ]

    def _key(self, node: Node, value: Node) -> str | None:
        """Return the key as written: `1` and `true` are names here. None if it cannot be a key."""
        place = node.stretch
        while isinstance(node, AliasNode):
            node = node.target
        if not isinstance(node, ScalarNode):
            self._mistake(
                place,
                "E-KEY",
                "a key is a list or a mapping",
                expected="text as a key",
                found=f"`{self._shown(place)}`",
                repair="give it a name; braces around a text need quotes",
                changes=_template_in_quotes(place, self._text),
            )
            return None
        if node.plain and node.text == "<<":
            self._mistake(
                place,
                "E-MERGE-KEY",
                "`<<` does not exist in YAML 1.2",
                expected="keys of the format",
                found="`<<`",
                repair="write the keys out, or put what all demos share under `defaults` in gradstream.yaml",
                changes=_written_out(place, value, self._text),
            )
            return None
        return node.text

    def _scalar(self, node: ScalarNode, route: Route, *, stretch: Stretch) -> Any:
        text = node.text
        is_foreign = bool(node.tag and node.tag.startswith("!") and node.tag != "!")
        if "${" in text and not is_foreign:
            result = substitute(text, self._environ)
            if result.missing:
                self._missing(result.missing[0], node, route)
                return None
            if result.names:
                self.substituted[route] = result.names
                self.variables |= {
                    name: self._environ[name] for name in result.names if self._environ.get(name)
                }
            text = result.text
        if node.tag not in (None, "!"):
            return self._tagged(node.tag or "", text, route, stretch=stretch)
        return self._plain(text, route, stretch=stretch) if node.plain else text

    def _plain(self, text: str, route: Route, *, stretch: Stretch) -> Any:
        try:
            value = resolve(text)
        except NumberTooLargeError:
            self.holes.add(route)
            self._mistake(
                stretch,
                "E-NUMBER",
                "the number is too large",
                expected="a whole number of at most 64 bits",
                found=self._found(route, stretch),
                repair="put it in quotes if it is meant as text",
            )
            return None
        if isinstance(value, float) and not math.isfinite(value) and "with" not in route:
            self.holes.add(route)
            self._mistake(
                stretch,
                "E-NUMBER",
                "the number has no finite value",
                expected="a number that JSON can carry",
                found=self._found(route, stretch),
                repair="leave the key out where no bound is meant",
            )
            return None
        return value

    def _tagged(self, tag: str, text: str, route: Route, *, stretch: Stretch) -> Any:
        short = tag.removeprefix(CORE_TAG)
        if short == "str":
            return text
        value: Any = self._plain(text, route, stretch=stretch) if short in SCALAR_TAGS else None
        is_boolean_number = isinstance(value, bool) and short != "bool"
        if isinstance(value, SCALAR_TAGS.get(short, ())) and not is_boolean_number:
            return float(value) if short == "float" else value
        if route not in self.holes:
            self._check_tag(tag, "str", route, stretch=stretch)
        return None

    def _check_tag(self, tag: str | None, kind: str, route: Route, *, stretch: Stretch) -> None:
        if tag in (None, "!", CORE_TAG + kind):
            return
        shown = (tag or "").replace(CORE_TAG, "!!")
        self.holes.add(route)
        self._mistake(
            stretch,
            "E-TAG",
            f"the tag `{shown}` does not fit here",
            expected="a plain value, or text in quotes",
            found=f"`{shown}`",
            repair=_tag_repair(shown, self._text[stretch.start : stretch.end]),
            changes=_without_tag(shown, stretch, self._text),
        )

    def _missing(self, name: str, node: ScalarNode, route: Route) -> None:
        self.holes.add(route)
        place = self._place_of_variable(name, node.stretch)
        written = self._text[place.start : place.end]
        self._mistake(
            place,
            "E-VARIABLE-MISSING",
            f"the environment has no variable `{name}`",
            expected=f"a value for `{name}`",
            found="none",
            repair=f"set it before starting, or write a default: ${{{name}:-…}}; as text it is ${written}",
            changes=(
                Rewrite(title=f"write ${{{name}:-}}, which is nothing", parts=((place, f"${{{name}:-}}"),)),
                Rewrite(title=f"write ${written}, which is text", parts=((place, f"${written}"),)),
            )
            if written.startswith("${")
            else (),
        )

    def _place_of_variable(self, name: str, stretch: Stretch) -> Stretch:
        """Return the place of the variable within the scalar."""
        for found in VARIABLE.finditer(self._text, stretch.start, stretch.end):
            if found["name"] == name and not found["escaped"]:
                return Stretch(found.start(), found.end())
        return stretch

    def _repeated(self, key: str, *, first: Stretch, stretch: Stretch) -> None:
        line = self._lines.span(first, file="").line
        self._mistake(
            stretch,
            "E-DUPLICATE-KEY",
            f"`{key}` is given twice",
            expected="each key once",
            found=f"`{key}` in line {line} and again here",
            repair="remove one of the two",
        )

    def _found(self, route: Route, stretch: Stretch) -> str:
        """Return the text as written; a value from the environment is not shown."""
        names = self.substituted.get(route)
        return f"the value of `{names[0]}`" if names else f"`{self._shown(stretch)}`"

    def _shown(self, stretch: Stretch) -> str:
        written = self._text[stretch.start : stretch.end].partition("\n")[0]
        return written if len(written) <= 40 else written[:39] + "…"

    def _mistake(
        self,
        stretch: Stretch,
        code: str,
        message: str,
        *,
        expected: str,
        found: str,
        repair: str,
        changes: tuple[Rewrite, ...] = (),
    ) -> None:
        mistake = Mistake(
            stretch=stretch,
            code=code,
            message=message,
            expected=expected,
            found=found,
            repair=repair,
            changes=changes,
        )
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)


def _template_in_quotes(place: Stretch, text: str) -> tuple[Rewrite, ...]:
    """Return the change that makes a text of `{{ name }}`, which templates have."""
    start = text.rfind("{", 0, place.start)
    found = re.match(r"\{\{[^{}\r\n]*\}\}", text[start:]) if start >= 0 else None
    if found is None:
        return ()
    whole = Stretch(start, start + found.end())
    return (Rewrite(title="write it in quotes", parts=((whole, f'"{found.group()}"'),)),)


def _written_out(place: Stretch, value: Node, text: str) -> tuple[Rewrite, ...]:
    """Return the change that writes the lines of a marked mapping in the place of `<<: *name`."""
    target = value.target if isinstance(value, AliasNode) else None
    if not isinstance(target, MappingNode) or not target.pairs:
        return ()
    begin = text.rfind("\n", 0, place.start) + 1
    first = target.pairs[0][0].stretch.start
    inner = first - (text.rfind("\n", 0, first) + 1)
    lines = text[first : target.stretch.end].splitlines()
    is_block = text[first - inner : first].strip() == "" and text[begin : place.start].strip() == ""
    if not is_block:
        return ()
    margin = text[begin : place.start]
    new = [lines[0], *(f"{margin}{line[inner:]}" for line in lines[1:])]
    parts = ((Stretch(place.start, value.stretch.end), "\n".join(new)),)
    return (Rewrite(title="write the keys out", parts=parts),)


def _tag_repair(tag: str, written: str) -> str:
    """Return what to write in place of a tag: a variable where it reads one, the value alone otherwise."""
    value = written.removeprefix(tag).strip()
    if ENVIRONMENT_TAG.fullmatch(tag) and value:
        return f"write {_as_variable(value)}: a value of the environment"
    if INCLUDE_TAG.fullmatch(tag):
        return "put what is in the file here: there is no such tag, and a value would be its name"
    if REFERENCE_TAG.fullmatch(tag):
        return "write the value itself: what another tool does at this tag, nothing does here"
    return f'write "{written}", in quotes, or remove the tag' if _is_word(written) else "remove the tag"


def _is_word(written: str) -> bool:
    """Return whether a text without quotes begins with what was read as a tag: `!Wow`."""
    return re.fullmatch(r"!+[A-Za-z][^\r\n\"'\[\]{}:#!/]*", written) is not None


def _without_tag(tag: str, stretch: Stretch, text: str) -> tuple[Rewrite, ...]:
    value = text[stretch.start : stretch.end].removeprefix(tag).strip()
    if ENVIRONMENT_TAG.fullmatch(tag) and value:
        variable = _as_variable(value)
        before = text[: stretch.start].rstrip()
        line = text[text.rfind("\n", 0, stretch.start) + 1 : stretch.start]
        is_flow = before.endswith((",", "[")) or "{" in line
        written = f'"{variable}"' if is_flow else variable
        return (Rewrite(title=f"write {written}", parts=((stretch, written),)),)
    whole = text[stretch.start : stretch.end]
    if _is_word(whole) and not (INCLUDE_TAG.fullmatch(tag) or REFERENCE_TAG.fullmatch(tag)):
        return (Rewrite(title=f'write "{whole}"', parts=((stretch, f'"{whole}"'),)),)
    return ()


def _as_variable(value: str) -> str:
    name = value.strip("\"'${}()[] ")
    return f"${{{name}}}"
