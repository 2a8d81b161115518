"""A running yaml-language-server for each of the two ways to the schemas, and gradstream's own server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gradstream.catalog.scaffold import SCHEMAS_FOLDER, copy_schemas
from tests.conftest import write_catalog
from tests.editor.language_client import ROOT, LanguageClient
from tests.editor.wire import Wire

FILES = {"gradstream.yaml": "gradstream: 1\n", "demos/cards.py": "def write(place):\n    yield place\n"}


@pytest.fixture(scope="session", params=["files", "bundle"])
def editor(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LanguageClient]:
    """Return an editor in a catalog: with this repository's files by its settings, or a copy by modelines."""
    catalog = tmp_path_factory.mktemp("catalog")
    if request.param == "files":
        schemas = {
            (ROOT / "schemas" / "demo.schema.json").as_uri(): "demos/*.yaml",
            (ROOT / "schemas" / "catalog.schema.json").as_uri(): "gradstream.yaml",
        }
        with LanguageClient(catalog, schemas=schemas) as client:
            yield client
    else:
        list(copy_schemas(catalog))
        modelines = {
            "demos": f"../{SCHEMAS_FOLDER}/demo.schema.json",
            "": f"{SCHEMAS_FOLDER}/catalog.schema.json",
        }
        with LanguageClient(catalog, modelines=modelines) as client:
            yield client


@pytest.fixture(scope="session")
def repository() -> Iterator[LanguageClient]:
    """Return an editor in this repository that knows nothing but the files' own modelines."""
    with LanguageClient(ROOT) as client:
        yield client


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """Return a server that is ended afterwards."""
    wire = Wire(write_catalog(tmp_path, FILES))
    try:
        yield wire
    finally:
        wire.process.kill()
        wire.process.wait()
        for stream in (wire.process.stdin, wire.process.stdout):
            if stream is not None:
                stream.close()
