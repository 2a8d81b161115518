"""The parts of a page's layout, a tree. No behaviour.

`layout` of the YAML --build_layout--> blocks --JSON--> the page, which adds what is not named

In JSON each block has a `type`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class NameBlock(Struct, frozen=True, kw_only=True):
    """Something of the demo, at the place where it is named."""

    name: str


class InputBlock(NameBlock, frozen=True, kw_only=True, tag_field="type", tag="input"):
    """The field of an input."""


class OutputBlock(NameBlock, frozen=True, kw_only=True, tag_field="type", tag="output"):
    """An output."""


class ActionBlock(NameBlock, frozen=True, kw_only=True, tag_field="type", tag="action"):
    """The button of an action."""


class ExamplesBlock(Struct, frozen=True, kw_only=True, tag_field="type", tag="examples"):
    """The examples that a visitor can choose from."""


class TextBlock(Struct, frozen=True, kw_only=True, tag_field="type", tag="text"):
    """Markdown."""

    text: str


class RowBlock(Struct, frozen=True, kw_only=True, tag_field="type", tag="row"):
    """Blocks side by side, of equal width."""

    items: tuple[LayoutBlock, ...]


class Column(Struct, frozen=True, kw_only=True):
    """Blocks below each other; its width is a share of all columns' widths together."""

    width: float
    items: tuple[LayoutBlock, ...]


class ColumnsBlock(Struct, frozen=True, kw_only=True, tag_field="type", tag="columns"):
    """Columns side by side."""

    columns: tuple[Column, ...]


class Tab(Struct, frozen=True, kw_only=True):
    """Blocks that are shown while the tab of this label is chosen."""

    label: str
    items: tuple[LayoutBlock, ...]


class TabsBlock(Struct, frozen=True, kw_only=True, tag_field="type", tag="tabs"):
    """Tabs, of which one is shown."""

    tabs: tuple[Tab, ...]


class SectionBlock(Struct, frozen=True, kw_only=True, tag_field="type", tag="section"):
    """Blocks that fold below a title, open at first or not; shown while all of `show_if` hold."""

    title: str
    open: bool
    show_if: tuple[Mapping[str, Any], ...]
    items: tuple[LayoutBlock, ...]


LayoutBlock = (
    InputBlock
    | OutputBlock
    | ActionBlock
    | ExamplesBlock
    | TextBlock
    | RowBlock
    | ColumnsBlock
    | TabsBlock
    | SectionBlock
)
