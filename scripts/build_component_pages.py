r"""Write docs/authoring/components/*.md, a page for each kind: `python scripts/build_component_pages.py`.

    schemas/inputs/KIND.schema.json  --\
    schemas/outputs/KIND.schema.json --+--> KIND.md
    demos/components/KIND.yaml, .py  --/

A test compares the pages with what this script would write. `scripts/take_component_pictures.py` takes the
pictures; a page without one shows none.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gradstream.format.schema.validators import load_schemas

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "authoring" / "components"
PICTURES = PAGES / "pictures"
DEMOS = ROOT / "demos" / "components"
SCHEMA_LINE = re.compile(r"\A# yaml-language-server: .*\n")
"""For editors, which need another one where the reader's file is."""

GENERATOR = re.compile(r"^generator: (\w+)\.", re.MULTILINE)
FOOTER = "[All kinds](README.md) · [the format](../format.md)"
SIDES = {"inputs": "As an input", "outputs": "As an output"}
HIDDEN = {"type"}
"""The kind itself, which the page's title says."""

TITLES = {"json": "JSON", "model3d": "3D model", "radio": "Radio buttons"}
"""Where a capital letter does not make a title of a kind."""

Schema = Mapping[str, Any]


def pages() -> dict[str, str]:
    """Return all pages by the names of their files."""
    kinds = sorted({kind for schemas in load_schemas().kinds.values() for kind in schemas})
    return {f"{kind}.md": _page(kind) for kind in kinds}


def _page(kind: str) -> str:
    parts = [f"# {_title(kind)}"]
    if (PICTURES / f"{kind}.webp").exists():
        parts.append(f"![{_title(kind)}, in the example below](pictures/{kind}.webp)")
    for side, schemas in load_schemas().kinds.items():
        if kind in schemas:
            parts += [f"## {SIDES[side]}", schemas[kind]["description"], _table(schemas[kind], schemas)]
    parts += ["## Example", *_example(kind), FOOTER]
    return "\n\n".join(parts) + "\n"


def _table(schema: Schema, schemas: Mapping[str, Schema]) -> str:
    """Return all keys of a kind: its own, and then those that it shares with all others."""
    shared = set.intersection(*(set(each["properties"]) for each in schemas.values()))
    keys = [key for key in schema["properties"] if key not in HIDDEN]
    own_first = sorted(keys, key=lambda key: key in shared)
    rows = [_row(key, schema["properties"][key], needed=key in schema["required"]) for key in own_first]
    return "\n".join(["| key | what it says | default | for example |", "|---|---|---|---|", *rows])


def _row(key: str, schema: Schema, *, needed: bool) -> str:
    says = " ".join([schema["description"], *_values(schema)])
    default = "needed" if needed else _written(schema["default"]) if "default" in schema else ""
    # An example that is the default says nothing more.
    examples = [each for each in schema.get("examples", ()) if each != schema.get("default")]
    return f"| `{key}` | {_cell(says)} | {default} | {_written(examples[0]) if examples else ''} |"


def _values(schema: Schema) -> Iterator[str]:
    """Yield what each possible value means, where the key's own description does not name them all."""
    listed = schema if "enum" in schema else schema.get("items", {})
    values: Sequence[Any] = listed.get("enum", ())
    if len(values) < 2 or all(re.search(rf"\b{value}\b", schema["description"]) for value in values):
        return
    meanings: Sequence[str] = listed.get("enumDescriptions", ())
    if not meanings:
        yield f"Possible are {', '.join(f'`{value}`' for value in values)}."
    for value, meaning in zip(values, meanings, strict=False):
        yield f"`{value}`: {meaning}"


def _example(kind: str) -> Iterator[str]:
    """Yield the files of a kind's demo, each below its name."""
    demo = (DEMOS / f"{kind}.yaml").read_text(encoding="utf-8")
    yield from _file(f"{kind}.yaml", SCHEMA_LINE.sub("", demo))
    for module in sorted(set(GENERATOR.findall(demo))):
        yield from _file(f"{module}.py", (DEMOS / f"{module}.py").read_text(encoding="utf-8"))


def _file(name: str, text: str) -> Iterator[str]:
    language = "python" if name.endswith(".py") else "yaml"
    yield f"`demos/components/{name}`:"
    yield f"```{language}\n{text}```"


def _title(kind: str) -> str:
    return TITLES.get(kind, kind.capitalize())


def _written(value: Any) -> str:
    """Write a value as YAML on one line."""
    return f"`{_cell(_flow(value))}`"


def _flow(value: Any) -> str:
    match value:
        case list():
            return f"[{', '.join(_flow(each) for each in value)}]"
        case dict():
            return f"{{{', '.join(f'{key}: {_flow(each)}' for key, each in value.items())}}}"
        case str():
            return value
        case _:
            return json.dumps(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write all pages, and remove those of kinds that are gone."""
    written = pages()
    for old in PAGES.glob("*.md"):
        if old.name not in {*written, "README.md"}:
            old.unlink()
    for name, text in written.items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
