"""The pictures in which an input's values are places: those of another component, or files of the demo's own.

picture: photo            the picture that the input or output `photo` has
picture: maps/town.png    --in the catalog? there?--> "demos/maps/town.png", by which the page asks for it
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.kinds import InputRules, Kinds
from gradstream.format.types import Demo, Input
from gradstream.format.wording import guess, one_of


def check_pictures(draft: Draft, findings: Findings) -> None:
    """Note pictures that are not there."""
    for name, config in draft.inputs.items():
        key = _key_of(config, draft.kinds)
        picture = config.get(key) if key is not None else None
        if not isinstance(picture, str) or ("inputs", name, key) in findings.wrong:
            continue
        if picture.isidentifier():
            _check_component(name, str(key), picture, draft, findings)
        else:
            _check_file(name, str(key), picture, draft, findings)


def with_picture(field: Input, kinds: Kinds, *, folder: str, root: str) -> Input:
    """Return the input with its picture's path from the catalog's root on, if the picture is a file."""
    key = kinds.inputs[field.kind].picture_key
    picture = field.options.get(key) if key is not None else None
    if picture is None or picture.isidentifier():
        return field
    path = Path(os.path.normpath(Path(folder, picture))).relative_to(root).as_posix()
    return replace(field, options={**field.options, str(key): path})


def picture_paths(inputs: Mapping[str, Any], kinds: Kinds) -> Iterator[str]:
    """Yield the paths of pictures that are written below inputs, whether or not they lead anywhere."""
    for config in inputs.values():
        key = _key_of(config, kinds)
        picture = config.get(key) if key is not None else None
        if isinstance(picture, str) and not picture.isidentifier():
            yield picture


def named_pictures(demo: Demo, kinds: Mapping[str, InputRules]) -> Iterator[str]:
    """Yield the names of the files that are pictures of a demo's inputs, from the catalog's root on."""
    for field in demo.inputs:
        key = kinds[field.kind].picture_key
        picture = field.options.get(key) if key is not None else None
        if picture is not None and not picture.isidentifier():
            yield picture


def _key_of(config: Any, kinds: Kinds) -> str | None:
    kind = kinds.inputs.get(str(config.get("type"))) if isinstance(config, Mapping) else None
    return None if kind is None else kind.picture_key


def _check_component(name: str, key: str, picture: str, draft: Draft, findings: Findings) -> None:
    having = [
        *(each for each, config in draft.inputs.items() if _has_picture(config, draft.kinds.inputs)),
        *(each for each, config in draft.outputs.items() if _has_picture(config, draft.kinds.outputs)),
    ]
    if picture in having:
        return
    route = ("inputs", name, key)
    is_there = picture in draft.inputs or picture in draft.outputs
    close = guess(picture, having)
    findings.add(
        route,
        "E-UNKNOWN-NAME",
        f"`{picture}` has no picture" if is_there else f"there is no input or output `{picture}`",
        expected=f"{one_of(having)}, or the path of a picture" if having else "the path of a picture",
        found=findings.describe(route, picture),
        repair=f"write {close or (having[0] if having else 'the path of a picture, such as town.png')}",
    )


def _has_picture(config: Mapping[str, Any], kinds: Mapping[str, Any]) -> bool:
    kind = kinds.get(config.get("type", ""))
    return kind is not None and kind.has_picture


def _check_file(name: str, key: str, picture: str, draft: Draft, findings: Findings) -> None:
    route = ("inputs", name, key)
    path = Path(os.path.normpath(Path(draft.place.folder, picture)))
    root = Path(draft.place.root)
    if not path.is_relative_to(root) or not path.resolve().is_relative_to(root.resolve()):
        findings.add(
            route,
            "E-OUTSIDE",
            "the picture is outside of the catalog's folder",
            expected="a picture below the catalog's folder, which is all that is ever served",
            found=findings.describe(route, picture),
            repair="copy the picture beside the demo",
        )
    elif not path.is_file():
        findings.add(
            route,
            "E-FILE-MISSING",
            "the picture's file does not exist",
            expected="a picture; paths start at this file",
            found=findings.describe(route, picture),
            repair="put the picture there, or correct the path",
        )
