"""docs/authoring/ says what the program does: its examples load, and the format's page has every key."""

import re
from inspect import isgeneratorfunction
from pathlib import Path
from runpy import run_path

import pytest

from gradstream.components.registry import KINDS
from gradstream.document.read import read_text
from gradstream.format.catalog_file import load_catalog
from gradstream.format.draft import DemoPlace
from gradstream.format.load import load_demo
from gradstream.format.schema.validators import load_schemas

ROOT = Path(__file__).parents[3]
PLAYED = {"tutorial", "recipes", "actions", "from-gradio", "from-streamlit", "importing"}
"""Pages with whole demos: tests/acceptance/test_docs.py writes their files and runs them."""

PAGES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in (ROOT / "docs" / "authoring").glob("*.md")
    if path.stem not in PLAYED
}
TEXT = PAGES["format"]
BLOCKS = [
    block for page in sorted(PAGES) for block in re.findall(r"```yaml\n(.*?)```", PAGES[page], re.DOTALL)
]
CODE = [
    block for page in sorted(PAGES) for block in re.findall(r"```python\n(.*?)```", PAGES[page], re.DOTALL)
]
DEMOS = ROOT / "demos"
COMPONENTS = ROOT / "docs" / "authoring" / "components"
NOT_TOLD = {"gradstream", "address", "users", "token", "keep"}
"""Parts of keys that are not served: their names are in the lists, their details in the schemas."""


def title_of(block: str) -> str:
    """Return what a block of YAML is about."""
    found = re.search(r"^title: (.*)$", block, re.MULTILINE)
    return found[1] if found else block.splitlines()[0]


@pytest.mark.parametrize("block", BLOCKS, ids=title_of)
def test_every_example_loads(block: str) -> None:
    """A reader can copy any example beside the demos of this repository, and it works."""
    reading = read_text(block, file="documented.yaml", environ={})
    if "outputs:" not in block:
        assert load_catalog(reading, name="lab").diagnostics == ()
        return
    place = DemoPlace(address="documented", file="documented.yaml", folder=str(DEMOS), root=str(ROOT))
    assert load_demo(reading, place=place, kinds=KINDS).diagnostics == ()


@pytest.mark.parametrize("block", CODE)
def test_every_generator_yields(block: str, tmp_path: Path) -> None:
    """The functions of the pages are Python that runs to its end."""
    module = tmp_path / "documented.py"
    module.write_text(block, encoding="utf-8")
    generators = [each for each in run_path(str(module)).values() if isgeneratorfunction(each)]
    assert generators
    assert all(list(generator()) for generator in generators)


def test_every_key_is_documented() -> None:
    """No key of the schemas is missing from the page that authors read."""
    schemas = load_schemas()
    keys = {*schemas.demo.schema["properties"], *schemas.catalog.schema["properties"]}
    for kinds in schemas.kinds.values():
        for schema in kinds.values():
            keys |= set(schema["properties"])
    for name in ("worker", "limits", "live"):
        keys |= set(schemas.demo.schema["properties"][name]["properties"])
    assert {key for key in keys - NOT_TOLD if f"`{key}" not in TEXT} == set()


def test_every_kind_is_documented() -> None:
    """Each kind has a page, and each row of the tables leads to the page of a kind of its side."""
    _, inputs, outputs = re.split(r"^## (?:Inputs|Outputs)$", TEXT, flags=re.MULTILINE)
    for text, kinds in ((inputs, load_schemas().kinds["inputs"]), (outputs, load_schemas().kinds["outputs"])):
        assert {kind for kind in kinds if not (COMPONENTS / f"{kind}.md").is_file()} == set()
        rows = re.findall(r"^\| \[`(\w+)`\]\(components/(\w+)\.md\) \|", text, re.MULTILINE)
        assert rows
        assert {(kind, page) for kind, page in rows if kind != page or kind not in kinds} == set()
