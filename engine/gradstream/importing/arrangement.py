"""Rows, columns, tabs and accordions of the other tool as the format's `layout`.

Group(Row(Column, Column(Tab, Tab))) --arrange--> [{columns: [[…], [{tabs: {…}}]]}]
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, AppItem, ExamplesPlace, Group, Remarks

TABS = frozenset({"Tab", "TabItem"})
WRITTEN = frozenset({"Markdown", "HTML"})
BLOCK = "text"
TAG = re.compile(r"<[^<>]*>")
PARAGRAPH = re.compile(r"</(?:p|div|ul|ol)>|<br\s*/?>", re.IGNORECASE)
HEADING = re.compile(r"<h([1-4])[^<>]*>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)


class Arranger:
    """Arranges one page; `names` has what is placed: components, and buttons by their actions."""

    def __init__(
        self,
        source: AppSource,
        remarks: Remarks,
        names: Mapping[AppComponent, Sequence[str]],
        *,
        title: str,
        has_examples: bool,
    ) -> None:
        self._source = source
        self._remarks = remarks
        self._names = names
        self._title = title
        self._has_examples = has_examples

    def arrange(self, group: Group) -> list[Any]:
        """Return the blocks of a page; empty where there are names alone, in their order."""
        blocks = self._blocks(group.items)
        return blocks if any(isinstance(each, dict) for each in blocks) else []

    def _blocks(self, items: Sequence[AppItem]) -> list[Any]:
        blocks: list[Any] = []
        tabs: dict[str, Any] = {}
        for each in items:
            if isinstance(each, Group) and each.word in TABS:
                self._tab(each, tabs)
                continue
            blocks += _tabs(tabs)
            tabs = {}
            blocks += self._block(each)
        return [*blocks, *_tabs(tabs)]

    def _tab(self, group: Group, tabs: dict[str, Any]) -> None:
        inside = self._blocks(group.items)
        label = self._said(group, "label") or f"Tab {len(tabs) + 1}"
        while label in tabs:
            label += " "
        if inside:
            tabs[label.strip() if label.strip() not in tabs else f"{label.strip()} {len(tabs) + 1}"] = inside

    def _block(self, item: AppItem) -> list[Any]:
        match item:
            case ExamplesPlace():
                return ["examples"] if self._has_examples else []
            case AppComponent():
                return list(self._names[item]) if item in self._names else self._written(item)
            case Group(word="Row"):
                return self._row(item)
            case Group(word="Accordion" | "Sidebar"):
                return self._section(item)
            case _:
                return self._blocks(item.items)

    def _row(self, group: Group) -> list[Any]:
        inside = [self._block(each) for each in group.items]
        widths = [self._width(each) for each in group.items]
        filled = [(each, width) for each, width in zip(inside, widths, strict=True) if each]
        if len(filled) < 2:
            return [each for blocks, _ in filled for each in blocks]
        if all(len(each) == 1 for each, _ in filled) and not any(
            isinstance(each, Group) for each in group.items
        ):
            return [{"row": [each[0] for each, _ in filled]}]
        shares = [width for _, width in filled]
        if len(set(shares)) == len(shares):
            return [{"columns": {f"{width:g}": each for each, width in filled}}]
        return [{"columns": [each for each, _ in filled]}]

    def _width(self, item: AppItem) -> float:
        node = item.given.get("scale") if isinstance(item, Group) and item.word == "Column" else None
        value = self._source.constant(node)
        return float(value) if isinstance(value, int | float) and value > 0 else 1.0

    def _section(self, group: Group) -> list[Any]:
        inside = self._blocks(group.items)
        if not inside:
            return []
        is_open = self._source.constant(group.given.get("open")) is not False
        title = self._said(group, "label") or "More"
        return [{"section": {"title": title, "open": is_open, "items": inside}}]

    def _written(self, component: AppComponent) -> list[Any]:
        """Return a text that no function changes."""
        if component.word not in WRITTEN:
            return []
        said = self._said(component, "value")
        first, _, rest = said.partition("\n")
        said = rest.strip() if first.startswith("#") and first.strip("# *") == self._title else said
        if not first and "value" in component.given:
            self._remarks.add(component.line, "this text can only be known by running it")
        return [{BLOCK: said}] if said else []

    def _said(self, item: AppComponent | Group, argument: str) -> str:
        value = self._source.constant(item.given.get(argument))
        if not isinstance(value, str):
            return ""
        return without_tags(value)


def _tabs(tabs: Mapping[str, Any]) -> Iterator[Any]:
    if tabs:
        yield {"tabs": dict(tabs)}


def without_tags(text: str) -> str:
    """Return Markdown without tags of HTML, headings as Markdown has them, and no margin."""
    headed = HEADING.sub(lambda found: f"{'#' * int(found[1])} {found[2].strip()}\n\n", text)
    parted = PARAGRAPH.sub("\n\n", headed)
    lines = [line.strip() for line in TAG.sub("", parted).strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
