"""The layout of a demo: names and blocks as they are written -> blocks of which each name is resolved.

[{columns: [[prompt, draw], [image]]}] --parts--> each part with its route, for the checks
                                       --build_layout--> ColumnsBlock(…InputBlock(name="prompt")…)
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.document.types import Route
from gradstream.format.layout_blocks import (
    ActionBlock,
    Column,
    ColumnsBlock,
    ExamplesBlock,
    InputBlock,
    LayoutBlock,
    OutputBlock,
    RowBlock,
    SectionBlock,
    Tab,
    TabsBlock,
    TextBlock,
)
from gradstream.format.types import Condition

EXAMPLES = "examples"
"""The name that stands for the examples."""

FOLDERS = ("inputs", "outputs", "actions")


class LayoutPart(Struct, frozen=True, kw_only=True):
    """A name, or a mapping with the keys of a block, and the sections around it from the outside in."""

    route: Route
    value: Any
    sections: tuple[Route, ...] = ()


def parts(written: Any) -> Iterator[LayoutPart]:
    """Yield each part of a layout, which need not be sound, with its route, blocks before what is in them."""
    return _parts(written, ("layout",), ())


def _parts(written: Any, route: Route, sections: tuple[Route, ...]) -> Iterator[LayoutPart]:
    if isinstance(written, list):
        for index, each in enumerate(written):
            yield from _parts(each, (*route, index), sections)
        return
    yield LayoutPart(route=route, value=written, sections=sections)
    if not isinstance(written, Mapping):
        return
    for key in ("columns", "tabs"):
        for step, each in _steps(written.get(key)):
            yield from _parts(each, (*route, key, step), sections)
    if "row" in written:
        yield from _parts(written["row"], (*route, "row"), sections)
    section = written.get("section")
    if isinstance(section, Mapping):
        within = (*route, "section")
        yield from _parts(section.get("items", []), (*within, "items"), (*sections, within))


def _steps(inside: Any) -> Iterable[tuple[Any, Any]]:
    """Return what a block has by its keys or places; nothing of what has neither."""
    if isinstance(inside, Mapping):
        return inside.items()
    return enumerate(inside) if isinstance(inside, list) else ()


def texts_of(written: Any) -> Iterator[tuple[Route, str]]:
    """Yield the Markdown of a layout, which need not be sound."""
    for part in parts(written) if isinstance(written, list) else ():
        if isinstance(part.value, Mapping) and isinstance(part.value.get("text"), str):
            yield (*part.route, "text"), part.value["text"]


class Names(Struct, frozen=True, kw_only=True):
    """What a layout can name; a name of two folders is written as `inputs.NAME` or `outputs.NAME`."""

    inputs: Collection[str]
    outputs: Collection[str]
    actions: Collection[str]
    has_examples: bool

    def meanings(self, name: str) -> tuple[str, ...]:
        """Return what a name can mean: `examples`, or a folder and a name in it, joined by a dot."""
        if name == EXAMPLES and self.has_examples:
            return (EXAMPLES,)
        folder, dot, rest = name.partition(".")
        if dot:
            return (name,) if folder in FOLDERS and rest in getattr(self, folder) else ()
        return tuple(f"{folder}.{name}" for folder in FOLDERS if name in getattr(self, folder))

    def all(self) -> list[str]:
        """Return all names without their folders."""
        known = (*self.inputs, *self.outputs, *self.actions, *((EXAMPLES,) if self.has_examples else ()))
        return list(dict.fromkeys(known))


def sections(written: Any) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    """Yield each section of a layout with its route."""
    for part in parts(written):
        if isinstance(part.value, Mapping) and isinstance(part.value.get("section"), Mapping):
            yield (*part.route, "section"), part.value["section"]


def enclosing_conditions(written: Any, names: Names) -> Mapping[str, Sequence[tuple[Route, Condition]]]:
    """Return the conditions of the sections around each name, by its meaning, with their routes."""
    conditions = {
        route: ((*route, "show_if"), section["show_if"])
        for route, section in sections(written)
        if "show_if" in section
    }
    return {
        meaning: [conditions[each] for each in part.sections if each in conditions]
        for part in parts(written)
        if isinstance(part.value, str)
        for meaning in names.meanings(part.value)
    }


def conditions_around(written: Any, names: Names) -> Callable[[str], tuple[Condition, ...]]:
    """Return what finds the conditions of the sections around a name, given by its meaning."""
    around = enclosing_conditions(written, names)
    return lambda meaning: tuple(condition for _, condition in around.get(meaning, ()))


def build_layout(written: Any, names: Names) -> tuple[LayoutBlock, ...]:
    """Return the blocks of a layout that has passed its checks; a list in a list is part of it."""
    if not isinstance(written, list):
        return (_block(written, names),)
    return tuple(block for each in written for block in build_layout(each, names))


def _block(written: Any, names: Names) -> LayoutBlock:
    match written:
        case str():
            return _named(names.meanings(written)[0])
        case {"text": text}:
            return TextBlock(text=text)
        case {"columns": dict() as columns}:
            shares = [(float(width), items) for width, items in columns.items()]
            return _columns(shares, names)
        case {"columns": columns}:
            return _columns([(1.0, items) for items in columns], names)
        case {"tabs": tabs}:
            return TabsBlock(
                tabs=tuple(Tab(label=key, items=build_layout(items, names)) for key, items in tabs.items())
            )
        case {"row": items}:
            return RowBlock(items=build_layout(items, names))
        case _:
            return _section(written["section"], names)


def _named(meaning: str) -> LayoutBlock:
    folder, _, name = meaning.partition(".")
    match folder:
        case "inputs":
            return InputBlock(name=name)
        case "outputs":
            return OutputBlock(name=name)
        case "actions":
            return ActionBlock(name=name)
        case _:
            return ExamplesBlock()


def _columns(shares: Sequence[tuple[float, Any]], names: Names) -> ColumnsBlock:
    return ColumnsBlock(
        columns=tuple(Column(width=width, items=build_layout(items, names)) for width, items in shares)
    )


def _section(written: Mapping[str, Any], names: Names) -> SectionBlock:
    return SectionBlock(
        title=written["title"],
        open=written.get("open", False),
        show_if=(written["show_if"],) if "show_if" in written else (),
        items=build_layout(written["items"], names),
    )
