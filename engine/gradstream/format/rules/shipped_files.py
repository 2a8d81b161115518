"""Files that a demo brings along: defaults and examples of inputs that take files, and pictures.

    default: samples/lion.jpg --in the catalog? there? accepted?--> {"file": "demos/samples/lion.jpg"}
    {image: samples/lion.jpg, mask: samples/lion_mask.png} -------> {"file": …, "mask": …}

A value on the wire names such a file by its path from the catalog's root, as it names an upload by its id.
Which files those are, the demo's own defaults, examples and pictures say: nothing else can be named.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from gradstream.format.kinds import InputRules, InvalidValue, Kinds
from gradstream.format.rules.pictures import named_pictures, picture_paths
from gradstream.format.types import Demo, Input
from gradstream.format.values import Plain
from gradstream.format.wording import all_of, describe


def read_shipped(value: Plain, field: Input, kind: InputRules, *, folder: str, root: str) -> Any:
    """Return what names the files of an author's value on the wire, or an InvalidValue."""
    if isinstance(value, Mapping) and kind.whole_key is not None:
        return _read_parts(value, field, kind, whole=kind.whole_key, folder=folder, root=root)
    is_list = kind.takes_several(field) and isinstance(value, list)
    names = value if is_list else [value]
    paths: list[Path] = []
    for name in names:
        path = _path(name, folder=folder, root=root, label=field.label)
        if isinstance(path, InvalidValue):
            return path
        paths.append(path)
    invalid = kind.check_shipped(paths, field)
    if invalid is not None:
        return _refused(invalid)
    named = [{"file": _name_of(path, root)} for path in paths]
    return named if kind.takes_several(field) else named[0]


def _read_parts(
    value: Mapping[str, Any], field: Input, kind: InputRules, *, whole: str, folder: str, root: str
) -> Any:
    """Return what names a file and those that belong to it, such as a picture and its mask."""
    keys = [whole, *sorted(kind.upload_keys)]
    listed = " and ".join(f"`{key}`" for key in keys)
    if whole not in value or not set(value) <= set(keys):
        return InvalidValue(
            code="E-TYPE",
            message=f"{field.label} takes a path, or paths below {listed}",
            expected=f"{listed}, each with the path of a file in the catalog",
            found=all_of(map(str, value)) or "an empty mapping",
            remedy=f"write {listed}",
        )
    paths: dict[str, Path] = {}
    for key, name in value.items():
        path = _path(name, folder=folder, root=root, label=field.label)
        if isinstance(path, InvalidValue):
            return replace(path, part=f"below `{key}`")
        paths[key] = path
    first = paths.pop(whole)
    invalid = kind.check_shipped([first], field, parts=paths)
    if invalid is not None:
        return _refused(invalid)
    return {"file": _name_of(first, root)} | {key: _name_of(path, root) for key, path in paths.items()}


def _refused(invalid: InvalidValue) -> InvalidValue:
    return replace(invalid, remedy=invalid.remedy or "name another file, or change what the input accepts")


def _name_of(path: Path, root: str) -> str:
    return path.relative_to(root).as_posix()


def find_shipped(demo: Demo, name: str, *, kinds: Kinds) -> Path | None:
    """Return the file that a default, an example or a picture names so; None for any other name."""
    if name not in set(_named(demo, kinds)):
        return None
    path = Path(demo.root, name)
    return path if path.is_file() and _is_inside(path, demo.root) else None


def shipped_names(demo: Demo, values: Mapping[str, Any], *, kinds: Kinds) -> set[str]:
    """Return the names of the demo's own files that a run with these values may be given."""
    known = set(_named(demo, kinds))
    if not known:
        return known
    defaults = [field.default for field in demo.inputs if field.name not in values]
    return known & set(texts_in([values, defaults]))


def example_files(demo: Demo, number: int, *, kinds: Kinds) -> Iterator[Path]:
    """Yield the files that are values of one example."""
    inputs = demo.examples[number].inputs
    taking = [field for field in demo.inputs if kinds.inputs[field.kind].takes_file]
    for name in _names_in((inputs.get(field.name), kinds.inputs[field.kind]) for field in taking):
        path = find_shipped(demo, name, kinds=kinds)
        if path is not None:
            yield path


def shipped_paths(values: Mapping[str, Any], kinds: Kinds) -> Iterator[str]:
    """Yield the paths of defaults, examples and pictures, whether or not they lead anywhere."""
    yield from picture_paths(values, kinds)
    inputs, examples = values.get("inputs"), values.get("examples")
    if not isinstance(inputs, Mapping):
        return
    taking = {name for name, config in inputs.items() if _takes_file(config, kinds)}
    listed = examples if isinstance(examples, list) else []
    given = examples.values() if isinstance(examples, Mapping) else listed
    written = [inputs[name].get("default") for name in sorted(taking) if isinstance(inputs[name], Mapping)]
    for example in given:
        if isinstance(example, Mapping):
            written += [value for name, value in example.items() if name in taking]
    for value in written:
        for one in _each(value):
            if isinstance(one, str) and "\0" not in one and "://" not in one:
                yield one


def _each(value: Any) -> Iterable[Any]:
    """Return the members of a value of several files, or of a file with others that belong to it."""
    return value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]


def _takes_file(config: Any, kinds: Kinds) -> bool:
    name = config.get("type") if isinstance(config, Mapping) else config
    kind = kinds.inputs.get(name) if isinstance(name, str) else None
    return kind is not None and kind.takes_file


def _named(demo: Demo, kinds: Kinds) -> Iterator[str]:
    """Yield the names of all files; a value of another kind, such as JSON, may look the same."""
    yield from named_pictures(demo, kinds)
    taking = [field for field in demo.inputs if kinds.inputs[field.kind].takes_file]
    for given in (
        {field.name: field.default for field in taking},
        *(example.inputs for example in demo.examples),
    ):
        yield from _names_in((given.get(field.name), kinds.inputs[field.kind]) for field in taking)


def texts_in(values: Any) -> Iterator[str]:
    """Yield all texts in a value of JSON."""
    waiting = [values]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _names_in(values: Iterable[tuple[Any, InputRules]]) -> Iterator[str]:
    """Yield the names of the files of values, each with its kind."""
    for value, kind in values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                names = (one.get(key) for key in ("file", *kind.upload_keys))
                yield from (name for name in names if isinstance(name, str))


def _path(name: object, *, folder: str, root: str, label: str) -> Path | InvalidValue:
    if not isinstance(name, str) or not name.strip():
        return _invalid(label, "takes a file", describe(name), "write a path such as samples/one.csv")
    if "://" in name:
        return _invalid(
            label, "takes a file, and this is an address", describe(name), "download it, and write its path"
        )
    path = Path(os.path.normpath(Path(folder, name)))
    if "\0" in name or not _is_inside(path, root):
        return _invalid(
            label, "takes a file of the catalog", describe(name), "copy the file into the catalog"
        )
    if not path.is_file():
        return _invalid(
            label,
            "takes a file, and there is none at this path",
            describe(name),
            "correct the path, or put the file there",
        )
    return path


def _is_inside(path: Path, root: str) -> bool:
    """Return whether a path stays below the root, links followed."""
    return path.is_relative_to(root) and path.resolve().is_relative_to(Path(root).resolve())


def _invalid(label: str, message: str, found: str, remedy: str) -> InvalidValue:
    return InvalidValue(
        code="E-TYPE",
        message=f"{label} {message}",
        expected="the path of a file in the catalog, from this file on",
        found=found,
        remedy=remedy,
    )
