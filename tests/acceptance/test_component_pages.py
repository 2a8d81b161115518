"""docs/authoring/components/: a page for each kind, as the schemas describe it, with an example that runs."""

import runpy
import shutil
from pathlib import Path

import pytest

from gradstream.format.schema.validators import load_schemas
from tests.acceptance.documented import gradstream
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "authoring" / "components"
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "build_component_pages.py"))
KINDS = sorted({kind for schemas in load_schemas().kinds.values() for kind in schemas})
SAMPLES = {"image": ("photo", "hills.webp"), "audio": ("sound", "bells.mp3"), "video": ("clip", "hills.mp4")}
"""What a visitor sends to the examples that work on a file."""

MOST_BYTES = 20_000
"""Of a picture: a page with one is there at once."""


def test_the_pages_are_what_the_script_writes() -> None:
    """Pages follow the schemas: `python scripts/build_component_pages.py` writes them anew."""
    written = SCRIPT["pages"]()
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert set(on_disk) - {"README.md"} == set(written) == {f"{kind}.md" for kind in KINDS}
    assert [name for name, text in written.items() if on_disk[name] != text] == []


def test_pictures_are_small() -> None:
    """A picture belongs to a page and is loaded quickly."""
    for file in (FOLDER / "pictures").iterdir():
        assert file.stem in KINDS
        picture = file.read_bytes()
        assert picture.startswith(b"RIFF")
        assert len(picture) < MOST_BYTES


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalog with the examples of all pages."""
    folder = tmp_path_factory.mktemp("examples")
    SCRIPT["write_examples"](folder)
    return folder


def test_no_example_has_a_remark(examples: Path) -> None:
    """The examples are good demos, their imports included."""
    assert gradstream(examples, ["check", "--strict"]) == (
        0,
        f"{len(KINDS)} good demos, no mistakes, no warnings\n",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_runs(kind: str, examples: Path, tmp_path: Path) -> None:
    """An example uses the kind that it stands for, and a run of it succeeds."""
    shutil.copytree(examples / "demos", tmp_path / "demos")
    text = (examples / "demos" / f"{kind}_demo.yaml").read_text(encoding="utf-8")
    assert f"type: {kind}\n" in text or f": {kind}\n" in text
    given = []
    if kind in SAMPLES:
        name, file = SAMPLES[kind]
        given = ["--input", f"{name}=demos/samples/{file}"]
    if kind == "chat":
        given = ["--input", "message=Hello"]
    code, printed = gradstream(tmp_path, ["run", f"{kind}_demo", *given])
    assert code == 0, printed
