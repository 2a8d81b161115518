"""Creates a new demo: its YAML, its generator, and the schemas that editors use for completion.

    template + name --> demos/NAME.yaml   demos/NAME.py   .gradstream/schemas/{demo,catalog}.schema.json

Existing files are never overwritten, except the schemas, which are copies.
"""

import json
import keyword
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from gradstream.catalog.discovery import CATALOG_FILE, fixed_part
from gradstream.catalog.scan import read_catalog
from gradstream.diagnostics import Diagnostic, Span
from gradstream.errors import GradstreamError
from gradstream.format.generator.hidden import what_is_hidden
from gradstream.format.generator.infer import sketch
from gradstream.format.schema.bundle import FILES, bundle
from gradstream.format.types import GeneratorPath
from gradstream.format.values import written
from gradstream.format.wording import label_of

TEMPLATES_FOLDER = Path(__file__).resolve().parent.parent / "templates"
SCHEMAS_FOLDER = ".gradstream/schemas"
"""In the catalog's folder, under a name that globs skip."""

_DESCRIPTION = re.compile(r"^description: (.*)$", re.MULTILINE)


class ScaffoldError(GradstreamError):
    """Raised when a demo cannot be created, with the reason and what to do."""


class NewDemo(Struct, frozen=True, kw_only=True):
    """The files of a new demo, relative to the catalog's folder."""

    files: tuple[str, ...]


def templates() -> Mapping[str, str]:
    """Return each template's name and description."""
    return {path.stem: _description(path) for path in sorted(TEMPLATES_FOLDER.glob("*.yaml"))}


def create_from_template(root: Path, name: str, *, template: str) -> NewDemo:
    """Write a demo that runs without changes. Raises ScaffoldError."""
    _check_name(name)
    folder = demo_folder(root)
    source = TEMPLATES_FOLDER / template
    yaml = source.with_suffix(".yaml").read_text(encoding="utf-8")
    yaml = re.sub(r"^title: .*$", f"title: {label_of(name)}", yaml, count=1, flags=re.MULTILINE)
    yaml = yaml.replace(f"generator: {template}.", f"generator: {name}.")
    python = source.with_suffix(".py").read_text(encoding="utf-8")
    return write_files(root, folder, {f"{name}.yaml": yaml, f"{name}.py": python})


def create_from_function(root: Path, name: str, *, path: str) -> NewDemo | Diagnostic:
    """Write a demo for an existing function. Raises ScaffoldError, NoSketchError."""
    _check_name(name, is_module=False)
    folder = demo_folder(root)
    span = Span.file_start(path)
    drawn = sketch(GeneratorPath(text=path, span=span, roots=(str(folder), str(root))))
    if isinstance(drawn, Diagnostic):
        return drawn
    said = f"description: {written(drawn.description)}\n" if drawn.description else ""
    yaml = f"title: {label_of(name)}\n{said}generator: {path}\n{drawn.body}"
    return write_files(root, folder, {f"{name}.yaml": yaml})


def copy_schemas(root: Path) -> Iterator[str]:
    """Write the installed version's schemas into the catalog's folder; yield the files that changed."""
    for subject, name in FILES.items():
        text = json.dumps(bundle(subject), indent=2, ensure_ascii=False) + "\n"
        path = root / SCHEMAS_FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            yield f"{SCHEMAS_FOLDER}/{name}"


def refresh_schemas(root: Path) -> None:
    """Update the copies if the catalog has them."""
    if (root / SCHEMAS_FOLDER).is_dir():
        list(copy_schemas(root))


def _description(path: Path) -> str:
    found = _DESCRIPTION.search(path.read_text(encoding="utf-8"))
    return found[1] if found else ""


def _check_name(name: str, *, is_module: bool = True) -> None:
    if not name.isidentifier() or keyword.iskeyword(name):
        better = re.sub(r"\W+", "_", name).strip("_").lower() or "my_demo"
        better = f"demo_{better}" if not better.isidentifier() or keyword.iskeyword(better) else better
        raise ScaffoldError(
            f"`{name}` cannot be a demo's name: expected letters, digits and underscores; write {better}"
        )
    hidden = what_is_hidden(name) if is_module else ""
    if hidden:
        raise ScaffoldError(
            f"`{name}` is the name of {hidden}, which the demo's own file would hide; write my_{name}"
        )


def demo_folder(root: Path) -> Path:
    """Return the folder of the catalog's first glob; `demos` if there is no catalog yet."""
    snapshot = read_catalog(root, environ=os.environ)
    if not (root / CATALOG_FILE).exists() and not (snapshot.demos or snapshot.broken):
        return root / "demos"
    return root / fixed_part(snapshot.options.demos[0])


def with_head(root: Path, folder: Path, name: str, text: str) -> str:
    """Return a new file's whole text: a YAML begins with what leads editors to the schema, and the marker."""
    if not name.endswith(".yaml"):
        return text
    schema = os.path.relpath(root / SCHEMAS_FOLDER / FILES["demo"], folder)
    gap = "\n" if text.startswith("#") else ""
    return f"# yaml-language-server: $schema={Path(schema).as_posix()}\ngradstream: 1\n{gap}{text}"


def write_files(root: Path, folder: Path, files: Mapping[str, str], *, replace: bool = False) -> NewDemo:
    """Write files of a demo, and the schemas beside them; without `replace` none may exist.

    Raises ScaffoldError.
    """
    for name in files if not replace else ():
        if (folder / name).exists():
            raise ScaffoldError(
                f"{_shown(folder / name, root)} exists already: choose another name, or remove it first"
            )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        with (folder / name).open("w" if replace else "x", encoding="utf-8") as file:
            file.write(with_head(root, folder, name, text))
    list(copy_schemas(root))
    return NewDemo(files=tuple(_shown(folder / name, root) for name in files))


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
