"""`gradstream lsp`, driven as editors do: the checker's words, its repairs, completion and more."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import write_catalog
from tests.editor.language_client import LanguageClient

FILES = {
    "gradstream.yaml": "gradstream: 1\ntitle: Lab\n",
    "demos/cards.py": '''
def write(place, mood="fine"):
    """Write a postcard, *word by word*."""
    yield place

def _private():
    yield 1
''',
}
HEAD = "gradstream: 1\ngenerator: cards.write\n"
INPUTS = "inputs:\n  place: text\n  mood:\n    type: radio\n    choices: [fine, tired]\n"
REST = f"{INPUTS}outputs:\n  card: text\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageClient]:
    """Return an editor of a catalog that has started the server."""
    catalog = write_catalog(tmp_path_factory.mktemp("catalog"), FILES)
    with LanguageClient(catalog, command=(sys.executable, "-m", "gradstream", "lsp")) as client:
        yield client


def labels(editor: LanguageClient, text: str, name: str = "demos/cards.yaml") -> list[str]:
    """Return what is suggested where a text has a `|`."""
    return [each.label for each in editor.complete(name, text)]


def test_a_good_file_has_no_findings(editor: LanguageClient) -> None:
    """The function beside it is found, and its parameters are compared with the inputs."""
    assert editor.findings("demos/cards.yaml", HEAD + REST) == []
    assert editor.findings("other.yaml", "services:\n  web: 1\n") == []


def test_findings_have_the_checker_s_words(editor: LanguageClient) -> None:
    """Code, place, what was expected and what to do."""
    (found,) = editor.findings("demos/cards.yaml", HEAD + REST.replace("choices:", "choises:"))
    assert found["code"] == "E-UNKNOWN-KEY"
    assert found["range"]["start"] == {"line": 6, "character": 4}
    assert found["message"].startswith("`choises` is not a key of ")
    assert found["message"].endswith("\nto do: write `choices` instead of `choises`")


def test_a_repair_is_made_by_a_quick_fix(editor: LanguageClient) -> None:
    """The edit that the checker tried is what the editor is given."""
    text = HEAD + REST.replace("card: text", "card: txet")
    uri = editor.open("demos/cards.yaml", text)
    editor.errors(uri)
    place = {"line": 8, "character": 10}
    asked = {"range": {"start": place, "end": place}, "context": {"diagnostics": list[object]()}}
    (action,) = editor.ask_of("textDocument/codeAction", uri, **asked)
    (edit,) = action["edit"]["changes"][uri]
    assert (action["kind"], edit["newText"]) == ("quickfix", "text")
    editor.close(uri)


def test_findings_follow_what_is_typed(editor: LanguageClient) -> None:
    """A mistake comes and goes without saving."""
    uri = editor.open("demos/cards.yaml", HEAD + REST)
    assert editor.errors(uri) == []
    editor.change(uri, HEAD + REST.replace("card: text", "card: pictures"))
    assert len(editor.errors(uri)) == 1
    editor.change(uri, HEAD + REST)
    assert editor.errors(uri) == []
    editor.close(uri)


def test_completion(editor: LanguageClient) -> None:
    """Kinds, keys, functions, and names of inputs and outputs."""
    assert {"text", "slider", "image"} <= set(labels(editor, HEAD + "inputs:\n  place: |"))
    assert {"text", "chat", "video"} <= set(labels(editor, HEAD + "outputs:\n  card:\n    type: |"))
    keys = labels(editor, HEAD + "inputs:\n  size:\n    type: slider\n    |")
    assert {"minimum", "label"} <= set(keys)
    assert "type" not in keys
    assert "lines" not in keys
    assert labels(editor, "gradstream: 1\ngenerator: |") == ["cards.write"]
    assert labels(editor, HEAD + REST + "examples:\n  - |") == ["place", "mood"]
    assert labels(editor, HEAD + REST + "examples:\n  - pl|") == ["place", "mood"]
    assert labels(editor, HEAD + REST + "examples:\n  - place: Rome\n    |") == ["mood"]
    assert labels(editor, HEAD + REST + "examples:\n  - mood: |") == ["fine", "tired"]
    actions = "actions:\n  go:\n    generator: cards.write\n    outputs: [|"
    assert labels(editor, f"gradstream: 1\n{REST}{actions}") == ["card"]
    order = actions.replace("outputs", "returns")
    assert labels(editor, f"gradstream: 1\n{REST}state:\n  mind: 0\n{order}") == ["card", "mind"]
    assert labels(editor, f"gradstream: 1\n{REST}{actions.replace('outputs', 'stops')}") == ["go"]
    assert {"true", "false"} <= set(labels(editor, HEAD + REST + "draft: |"))
    assert "host" in labels(editor, "gradstream: 1\nserver:\n  |", "gradstream.yaml")


def test_what_is_inserted(editor: LanguageClient) -> None:
    """A key comes with its colon, and what it means in Markdown."""
    suggested = {each.label: each for each in editor.complete("demos/cards.yaml", HEAD + "des|")}
    found = suggested["description"]
    assert found.text == "description: "
    assert "Markdown" in found.words


def test_hover(editor: LanguageClient) -> None:
    """A key says what it means; so do a kind and a function."""
    slider = f"{HEAD}inputs:\n  n:\n    type: slider\n    minimum: 1\n"
    assert "smallest number" in editor.hover("demos/a.yaml", slider.replace("minimum", "mini|mum"))
    assert "dragging a handle" in editor.hover("demos/a.yaml", slider.replace("slider", "sli|der"))
    assert "word by word" in editor.hover("demos/a.yaml", "gradstream: 1\ngenerator: cards.wr|ite\n")


def test_the_generator_is_a_jump_away(editor: LanguageClient) -> None:
    """The function's own line in the module beside the file."""
    found = editor.at_cursor(
        "textDocument/definition", "demos/a.yaml", "gradstream: 1\ngenerator: cards.wr|ite\n"
    )
    assert Path(found["uri"]).name == "cards.py"
    assert found["range"]["start"]["line"] == 1
    assert editor.at_cursor("textDocument/definition", "demos/a.yaml", "gradstream: 1\ntitle: O|ne\n") is None


def test_formatting(editor: LanguageClient) -> None:
    """As `gradstream fmt` writes it; what is not YAML stays."""
    uri = editor.open("demos/cards.yaml", "title: One\ngradstream: 1\n")
    (edit,) = editor.ask_of("textDocument/formatting", uri, options={"tabSize": 2, "insertSpaces": True})
    assert edit["newText"] == "gradstream: 1\ntitle: One\n"
    editor.close(uri)
    uri = editor.open("demos/cards.yaml", "title: [\n")
    assert editor.ask_of("textDocument/formatting", uri, options={"tabSize": 2, "insertSpaces": True}) is None
    editor.close(uri)
