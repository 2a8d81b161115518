"""Inputs and outputs in groups that have a name: each is written beside the others, with its `section`.

inputs:                  inputs:
  basic:                   place:
    place: text      ->      type: text
                             section: Basic
"""

from collections.abc import Callable, Mapping
from typing import Any

from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.schema.hints import known_keys
from gradstream.format.shapes.blocks import Shape, entries, entry, named, written
from gradstream.format.shapes.calls import kind_of
from gradstream.format.wording import label_of

FEWEST = 2
"""Members of a group, where each is only a name and a kind: one of them is a component with another key."""

Block = tuple[str, list[str]]
"""A name, and the lines of what it is the name of: below it, or one line beside it."""

ReadMember = Callable[[str, Route, Any, Document], Block | None]


def in_groups(
    folder: str, components: Mapping[str, Any], document: Document, *, block: ReadMember
) -> Shape | None:
    """Recognise groups; `block` reads a member of a list."""
    lines: list[str] = []
    groups: list[str] = []
    seen: list[str] = []
    for name, value in components.items():
        members = _members(folder, name, value, document, block)
        if members:
            groups.append(name)
            seen += [member for member, _ in members]
            section = f"section: {edits.text(label_of(name))}"
            lines += [line for each, keys in members for line in named(each, [*_keys(keys), section])]
        else:
            seen.append(name)
            lines += entry(document, (folder, name))
    if not groups or len(set(seen)) < len(seen) or "section" not in known_keys(folder):
        return None
    return Shape(
        route=(folder,),
        message=f"`{groups[0]}` is a group, and `{folder}` has no groups",
        expected="each by its name, one below the other, with `section` for what folds together",
        found=f"others below `{groups[0]}`",
        lines=lines,
    )


def _members(folder: str, name: str, value: Any, document: Document, block: ReadMember) -> list[Block]:
    if isinstance(value, list):
        blocks = [block(folder, (folder, name, index), each, document) for index, each in enumerate(value)]
        are_whole = all(isinstance(each, Mapping) and len(each) > 1 for each in value)
        return [each for each in blocks if each] if are_whole and all(blocks) else []
    if not isinstance(value, Mapping) or not value or set(value) & known_keys(folder):
        return []
    if any(isinstance(each, str) for each in value.values()) and len(value) < FEWEST:
        return []
    found: list[Block] = []
    for member, config in value.items():
        route = (folder, name, member)
        if isinstance(config, Mapping) and kind_of(str(config.get("type", "-")), folder)[0]:
            found.append((member, entries(document, route)))
        elif isinstance(config, str) and kind_of(config, folder)[0] and member.isidentifier():
            found.append((member, [written(document, route)]))
        else:
            return []
    return found


def _keys(lines: list[str]) -> list[str]:
    """Return the lines of a component, its kind as a key."""
    is_short = len(lines) == 1 and ":" not in lines[0]
    return [f"type: {lines[0]}"] if is_short else lines
