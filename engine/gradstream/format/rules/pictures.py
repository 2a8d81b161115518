"""Pictures that components have: those of another component, or files of the demo's own.

picture: photo                   the picture that the input or output `photo` has
picture: maps/town.png           --in the catalog? there?--> "demos/maps/town.png", by which it is asked for
avatars: {assistant: robot.png}  likewise
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from gradstream.document.types import Route
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.kinds import Kinds
from gradstream.format.types import Demo, Input, Output
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
            _check_file(("inputs", name, str(key)), picture, draft, findings)
    for name, config in draft.outputs.items():
        for use, path in _own_pictures(config, draft.kinds).items():
            _check_file(("outputs", name, use[0], use[1]), path, draft, findings)


def with_picture(field: Input, kinds: Kinds, *, folder: str, root: str) -> Input:
    """Return the input with its picture's path from the catalog's root on, if the picture is a file."""
    key = kinds.inputs[field.kind].picture_key
    picture = field.options.get(key) if key is not None else None
    if picture is None or picture.isidentifier():
        return field
    return replace(field, options={**field.options, str(key): _from_root(picture, folder, root)})


def with_own_pictures(output: Output, kinds: Kinds, *, folder: str, root: str) -> Output:
    """Return the output with the paths of its pictures from the catalog's root on."""
    key = kinds.outputs[output.kind].pictures_key
    named = output.options.get(key) if key is not None else None
    if not named:
        return output
    placed = {use: _from_root(path, folder, root) for use, path in named.items()}
    return replace(output, options={**output.options, str(key): placed})


def picture_paths(values: Mapping[str, Any], kinds: Kinds) -> Iterator[str]:
    """Yield the paths of pictures that are written below components, whether or not they lead anywhere."""
    for config in _components(values, "inputs"):
        key = _key_of(config, kinds)
        picture = config.get(key) if key is not None else None
        if isinstance(picture, str) and not picture.isidentifier():
            yield picture
    for config in _components(values, "outputs"):
        yield from _own_pictures(config, kinds).values()


def named_pictures(demo: Demo, kinds: Kinds) -> Iterator[str]:
    """Yield the names of the files that are pictures of a demo's components, from the catalog's root on."""
    for field in demo.inputs:
        key = kinds.inputs[field.kind].picture_key
        picture = field.options.get(key) if key is not None else None
        if picture is not None and not picture.isidentifier():
            yield picture
    for output in demo.outputs:
        key = kinds.outputs[output.kind].pictures_key
        if key is not None:
            yield from (output.options.get(key) or {}).values()


def _from_root(path: str, folder: str, root: str) -> str:
    return Path(os.path.normpath(Path(folder, path))).relative_to(root).as_posix()


def _components(values: Mapping[str, Any], side: str) -> Iterator[Mapping[str, Any]]:
    components = values.get(side)
    for config in components.values() if isinstance(components, Mapping) else ():
        if isinstance(config, Mapping):
            yield config


def _own_pictures(config: Mapping[str, Any], kinds: Kinds) -> dict[tuple[str, str], str]:
    """Return the paths of an output's own pictures, by the key and what each is for."""
    kind = kinds.outputs.get(str(config.get("type")))
    key = None if kind is None else kind.pictures_key
    named = config.get(key) if key is not None else None
    if key is None or not isinstance(named, Mapping):
        return {}
    return {(key, str(use)): path for use, path in named.items() if isinstance(path, str)}


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


def _check_file(route: Route, picture: str, draft: Draft, findings: Findings) -> None:
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
