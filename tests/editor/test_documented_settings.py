"""What docs/authoring/editors.md tells people to write is understood by the language server."""

import json
import re
from pathlib import Path

import pytest

from gradstream.catalog.scaffold import copy_schemas
from tests.editor.language_client import ROOT, LanguageClient

PAGE = (ROOT / "docs" / "authoring" / "editors.md").read_text(encoding="utf-8")
COMMENTS = re.findall(r"^# .*\$schema.*$", PAGE, re.MULTILINE)
DEMO = "gradstream: 1\ngenerator: count.up_to\ninputs:\n  limit: number\noutputs:\n  number: number\n"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Return a folder with copies of the schemas."""
    list(copy_schemas(tmp_path))
    return tmp_path


def test_the_settings_name_the_schemas(catalog: Path) -> None:
    """The settings for VS Code lead demos, at any depth, and gradstream.yaml to their schemas."""
    (settings,) = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
    with LanguageClient(catalog, schemas=settings["yaml.schemas"]) as editor:
        assert editor.check("demos/good.yaml", DEMO) == []
        for name in ("demos/typed.yaml", "demos/birds/typed.yaml", "gradstream.yaml"):
            assert editor.check(name, f"{DEMO}titel: Birds\n") != []
        assert editor.check("gradstream.yaml", "gradstream: 1\ntitle: Birds\n") == []


@pytest.mark.parametrize("comment", COMMENTS)
def test_the_first_line_names_the_schema(comment: str, catalog: Path) -> None:
    """Both comments lead from a demo to the copy in the catalog."""
    assert len(COMMENTS) == 2
    with LanguageClient(catalog) as editor:
        assert editor.check("demos/good.yaml", f"{comment}\n{DEMO}") == []
        assert editor.check("demos/typed.yaml", f"{comment}\n{DEMO}titel: Birds\n") == [
            "Property titel is not allowed."
        ]
