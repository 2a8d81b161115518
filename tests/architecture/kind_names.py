"""Finds the names of kinds that are written as strings in Python files.

file.py --ast--> string constants, patterns of `match` --in kinds--> "file.py, line 3: `chat`"
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path


def kind_names(root: Path, kinds: Collection[str], *, other: Mapping[str, Collection[str]]) -> list[str]:
    """Return where files below `root` write the name of a kind.

    `other` has, for a file or a folder, the words that mean something else there; those that are not written
    there are returned too, so that the list does not outlive its reasons.
    """
    found, unused = [], {(place, word) for place, words in other.items() for word in words}
    for path in sorted(root.rglob("*.py")):
        file = path.relative_to(root).as_posix()
        places = [place for place in other if file == place or file.startswith(f"{place}/")]
        for line, name in _strings(path):
            if name not in kinds:
                continue
            meant = {(place, name) for place in places if name in other[place]}
            unused -= meant
            if not meant:
                found.append(f"{file}, line {line}: `{name}`")
    return found + [f"{place}: `{word}` is not written there" for place, word in sorted(unused)]


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
