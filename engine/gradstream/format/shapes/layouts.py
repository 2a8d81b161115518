"""Layouts as trees of other tools: `{type: row, children: […]}`, sides of a page, tabs as a list.

{type: tabs, children: [{title: One, children: [place]}]}    {left: [place], right: [card]}    two columns

a tree --_LayoutReader--> the blocks of `layout`; None where a part of it is not understood
"""

import re
from collections.abc import Mapping
from typing import Any

from gradstream.errors import GradstreamError
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.layout import EXAMPLES
from gradstream.format.layout import FOLDERS as NAMED
from gradstream.format.shapes.blocks import Shape, report

SORTS: Mapping[str, str] = {
    **dict.fromkeys(("row", "hstack", "hbox", "horizontal", "horizontallayout", "flexrow", "inline"), "row"),
    **dict.fromkeys(("columns", "grid", "split", "twocolumn", "twocolumns", "sidebyside", "cols"), "columns"),
    **dict.fromkeys(("column", "col", "vstack", "vbox", "vertical", "verticallayout", "stack"), "column"),
    **dict.fromkeys(("container", "box", "div", "page", "form", "root", "view", "layout"), "column"),
    **dict.fromkeys(("tabs", "tabgroup", "tabset", "tabview", "categorization", "notebook"), "tabs"),
    **dict.fromkeys(("tab", "tabitem", "tabpane", "tabpanel", "category"), "tab"),
    **dict.fromkeys(("section", "accordion", "expander", "collapse", "collapsible", "details"), "section"),
    **dict.fromkeys(("group", "fieldset", "card", "panel"), "section"),
    **dict.fromkeys(("markdown", "text", "heading", "header", "html", "paragraph", "title"), "text"),
    **dict.fromkeys(("control", "field", "input", "output", "component", "widget", "button"), "name"),
}
"""What other tools call a block, and what is meant."""

SORT_KEYS = ("type", "kind", "component", "direction", "layout", "widget", "container")
INNER = ("children", "items", "elements", "content", "contents", "components", "body", "fields", "blocks")
TITLES = ("title", "label", "name", "header", "heading", "text")
REFERENCES = ("scope", "ref", "name", "id", "field", "input", "output", "component", "control", "key", "for")
WIDTHS = ("width", "weight", "scale", "span", "flex", "size")
SIDES = ("left", "sidebar", "aside", "start", "main", "center", "middle", "content", "right", "end")
LEVELS = ("top", "header", "upper", "middle", "lower", "bottom", "footer")


class _UnknownPartError(GradstreamError):
    """Raised where a part of a tree is not understood."""


def check_layouts(findings: Findings) -> None:
    """Note a layout that is a tree of another tool."""
    values = findings.document.values
    written = values.get("layout")
    if written is None:
        return
    reader = _LayoutReader(values)
    try:
        meant = reader.blocks(written)
    except (_UnknownPartError, RecursionError):
        return
    if _bare(meant) == _bare(written):
        return
    report(
        Shape(
            route=("layout",),
            message="the layout is written as another tool has it",
            expected="a list of names, and of blocks such as `row:` and `columns:`",
            found=f"`{written}`" if isinstance(written, str) else "a tree of other words",
            lines=edits.block(meant),
        ),
        findings,
    )


class _LayoutReader:
    """Reads a tree in which the names of a demo are."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._folders = {
            folder: list(below) if isinstance(below := values.get(folder), Mapping) else []
            for folder in NAMED
        }
        self._names = {name for names in self._folders.values() for name in names} | {EXAMPLES, "run"}

    def blocks(self, written: Any) -> list[Any]:
        """Return what a part of a tree says, as members of a list."""
        if isinstance(written, list):
            return [block for each in written for block in self._members(each)]
        if isinstance(written, str):
            return self._of_text(written)
        if isinstance(written, Mapping) and written:
            return self._of_mapping(written)
        raise _UnknownPartError

    def _members(self, written: Any) -> list[Any]:
        """Return a member of a list; a list within a list stays one."""
        return [self.blocks(written)] if isinstance(written, list) else self.blocks(written)

    def _of_text(self, text: str) -> list[Any]:
        if self._is_name(text):
            return [text]
        sort = SORTS.get(_plain(text))
        if sort is None and text.isidentifier():
            # A misspelt name is reported where all names are checked.
            return [text]
        inputs, outputs = self._folders["inputs"], self._folders["outputs"]
        if sort in ("row", "columns") and inputs and outputs:
            return [{"columns": [inputs, outputs]}]
        if sort == "column":
            return [*inputs, *outputs]
        raise _UnknownPartError

    def _is_name(self, text: str) -> bool:
        folder, dot, name = text.partition(".")
        return text in self._names or bool(dot and name in self._folders.get(folder, ()))

    def _of_mapping(self, block: Mapping[str, Any]) -> list[Any]:
        sort, key = self._sort(block)
        if sort is not None:
            return self._of_sort(sort, {name: value for name, value in block.items() if name != key})
        if len(block) == 1:
            ((name, value),) = block.items()
            return self._of_pair(name, value)
        if set(block) <= set(SIDES):
            return [{"columns": [self.blocks(value) for value in block.values()]}]
        if set(block) <= set(LEVELS):
            return [part for name in LEVELS if name in block for part in self.blocks(block[name])]
        return [self._only_reference(block)]

    def _of_pair(self, name: str, value: Any) -> list[Any]:
        """Return a block of one key: one of the format's own, or a word for it."""
        own = self._own_block(name, value)
        if own is not None:
            return [own]
        if name in ("rows", "grid") and _is_matrix(value):
            return [{"row": self.blocks(each)} for each in value]
        if name in REFERENCES and isinstance(value, str) and self._is_name(_last(value)):
            return [_last(value)]
        sort = SORTS.get(_plain(name))
        if sort is not None and isinstance(value, Mapping) and set(value) & {*INNER, *TITLES}:
            return self._of_sort(sort, value)
        if sort in ("row", "column"):
            inner = self.blocks(value)
            return inner if sort == "column" else [{"row": inner}]
        if name in INNER:
            return self.blocks(value)
        if name in (*SIDES, *LEVELS):
            return self.blocks(value)
        raise _UnknownPartError

    def _own_block(self, name: str, value: Any) -> dict[str, Any] | None:
        """Return a block that the format has; None for other words."""
        if name == "text" and isinstance(value, str):
            return {"text": value}
        if name == "section" and isinstance(value, Mapping) and "items" in value:
            return {"section": {**value, "items": self.blocks(value["items"])}}
        if name == "tabs":
            return {"tabs": self._tabs(value)}
        if name == "columns":
            return {"columns": self._columns(value)}
        return None

    def _sort(self, block: Mapping[str, Any]) -> tuple[str | None, str]:
        for key in SORT_KEYS:
            word = block.get(key)
            if isinstance(word, str) and not self._is_name(word) and _plain(word) in SORTS:
                return SORTS[_plain(word)], key
        return None, ""

    def _of_sort(self, sort: str, block: Mapping[str, Any]) -> list[Any]:
        """Return a block that says what it is; keys that nobody understands stop the reading."""
        if sort == "name":
            return [self._only_reference(block)]
        title = next((block[key] for key in TITLES if isinstance(block.get(key), str)), "")
        if sort == "text":
            words = next(
                (block[key] for key in (*TITLES, *INNER, "value") if isinstance(block.get(key), str)), ""
            )
            return [{"text": words}] if words else self._fail()
        inner = next((block[key] for key in INNER if key in block), None)
        others = set(block) - {*INNER, *TITLES, *WIDTHS, "open", "expanded", "collapsed"}
        if inner is None or others or (title and sort in ("row", "columns", "column")):
            raise _UnknownPartError
        match sort:
            case "row":
                return [self._row(inner)]
            case "columns":
                return [{"columns": self._columns(inner)}]
            case "tabs":
                return [{"tabs": self._tabs(inner)}]
            case "section" | "tab" if title:
                state = {"open": True} if block.get("open") or block.get("expanded") else {}
                return [{"section": {"title": title, **state, "items": self.blocks(inner)}}]
            case _:
                return self.blocks(inner)

    def _row(self, inner: Any) -> dict[str, Any]:
        """Return a row, or columns where all that is in it are columns."""
        parts = inner if isinstance(inner, list) else [inner]
        if len(parts) > 1 and all(
            isinstance(each, Mapping) and self._sort(each)[0] == "column" for each in parts
        ):
            return {"columns": self._columns(parts)}
        return {"row": self.blocks(inner)}

    def _columns(self, inner: Any) -> Any:
        if isinstance(inner, int) and not isinstance(inner, bool):
            folders = [self._folders[each] for each in ("inputs", "outputs") if self._folders[each]]
            return folders if len(folders) == inner else self._fail()
        if isinstance(inner, Mapping):
            return {width: self.blocks(items) for width, items in inner.items()}
        if not isinstance(inner, list) or not inner:
            raise _UnknownPartError
        widths = [_width(each) for each in inner]
        columns = [self._column(each) for each in inner]
        if any(widths) and len(set(widths)) == len(widths):
            return {str(width): column for width, column in zip(widths, columns, strict=True)}
        return columns

    def _column(self, written: Any) -> Any:
        found = self.blocks(written)
        return written if isinstance(written, str) else found

    def _tabs(self, inner: Any) -> dict[str, Any]:
        if isinstance(inner, Mapping):
            return {label: self.blocks(items) for label, items in inner.items()}
        tabs: dict[str, Any] = {}
        for each in inner if isinstance(inner, list) else ():
            if not isinstance(each, Mapping):
                raise _UnknownPartError
            title = next((each[key] for key in TITLES if isinstance(each.get(key), str)), "")
            below = next((each[key] for key in INNER if key in each), None)
            if below is None and len(each) == 1:
                ((title, below),) = each.items()
            if not title or below is None or title in tabs:
                raise _UnknownPartError
            tabs[title] = self.blocks(below)
        return tabs or self._fail()

    def _reference(self, block: Mapping[str, Any]) -> str | None:
        given = [_last(value) for key in REFERENCES if isinstance(value := block.get(key), str)]
        return next((each for each in given if self._is_name(each)), None)

    def _only_reference(self, block: Mapping[str, Any]) -> str:
        name = self._reference(block)
        if name is None or not set(block) <= {*REFERENCES, *WIDTHS}:
            raise _UnknownPartError
        return name

    def _fail(self) -> Any:
        raise _UnknownPartError


def _bare(part: Any) -> Any:
    """Return a layout with lists of one member as that member, which means the same."""
    if isinstance(part, list):
        return _bare(part[0]) if len(part) == 1 else [_bare(each) for each in part]
    return {key: _bare(each) for key, each in part.items()} if isinstance(part, Mapping) else part


def _is_matrix(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, list) for each in value)


def _plain(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())


def _last(reference: str) -> str:
    """Return the name at the end of a reference: `#/properties/place`, `$place`."""
    return re.split(r"[/#$]", reference)[-1]


def _width(part: Any) -> float | None:
    given = [part[key] for key in WIDTHS if key in part] if isinstance(part, Mapping) else []
    return given[0] if given and isinstance(given[0], int | float) else None
