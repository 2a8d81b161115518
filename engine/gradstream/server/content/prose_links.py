"""Markdown of the catalog with addresses that work on its pages.

    ![map](maps/rome.png)      -> ![map](api/demos/rome/pictures/18f0c2?name=maps%2Frome.png)
    [how](guide.yaml#inputs)   -> [how](demos/guide)

Addresses are relative to the page's base, as all of them are. What leads nowhere stays as it is written.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from gradstream.catalog.types import CatalogSnapshot
from gradstream.format.layout_blocks import (
    ColumnsBlock,
    LayoutBlock,
    RowBlock,
    SectionBlock,
    TabsBlock,
    TextBlock,
)
from gradstream.format.prose.files import settle
from gradstream.format.prose.references import Reference
from gradstream.format.types import Demo

Settled = Callable[[str], str]


def of_demo(demo: Demo, snapshot: CatalogSnapshot) -> Settled:
    """Return what makes addresses in a demo's texts work."""
    pictures = f"api/demos/{demo.address}/pictures"
    return _settled(pictures, demo.pictures, folder=demo.folder, snapshot=snapshot)


def of_catalog(snapshot: CatalogSnapshot) -> Settled:
    """Return what makes addresses in the catalog's own texts work."""
    return _settled("api/pictures", snapshot.options.pictures, folder=snapshot.root, snapshot=snapshot)


def in_blocks(blocks: tuple[LayoutBlock, ...], settled: Settled) -> tuple[LayoutBlock, ...]:
    """Return the blocks of a layout with addresses that work in their texts."""
    return tuple(_in_block(block, settled) for block in blocks)


def _in_block(block: LayoutBlock, settled: Settled) -> LayoutBlock:
    match block:
        case TextBlock():
            return replace(block, text=settled(block.text))
        case RowBlock() | SectionBlock():
            return replace(block, items=in_blocks(block.items, settled))
        case ColumnsBlock():
            columns = tuple(replace(each, items=in_blocks(each.items, settled)) for each in block.columns)
            return replace(block, columns=columns)
        case TabsBlock():
            tabs = tuple(replace(each, items=in_blocks(each.items, settled)) for each in block.tabs)
            return replace(block, tabs=tabs)
        case _:
            return block


def _settled(base: str, pictures: Mapping[str, str], *, folder: str, snapshot: CatalogSnapshot) -> Settled:
    def target(name: str, found: Reference) -> str | None:
        if found.is_picture:
            version = pictures.get(name)
            return f"{base}/{version}?name={quote(name, safe='')}" if version else None
        address = snapshot.files.get(os.path.normpath(Path(folder, name)))
        return None if address is None else f"demos/{quote(address)}"

    return lambda text: settle(text, target)
