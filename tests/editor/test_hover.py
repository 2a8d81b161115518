"""What an editor shows over a word of a demo."""

import pytest

from gradstream.format.schema.validators import load_schemas
from tests.editor.language_client import LanguageClient

DEMO = "demos/read.yaml"
TEXT = """\
gradstream: 1
generator: studio.echo
inputs:
  prompt: text
  steps:
    type: slider
    maximum: 10
limits:
  timeout: 2min
outputs:
  answer:
    type: text
    updates: append
"""


def over(editor: LanguageClient, word: str) -> str:
    """Return what is shown over a word of the text, without Markdown's escapes."""
    assert TEXT.count(word) == 1
    return editor.hover(DEMO, TEXT.replace(word, f"{word[0]}|{word[1:]}")).replace("\\", "")


def test_a_key_shows_its_description_and_what_its_values_mean(editor: LanguageClient) -> None:
    """Over `updates` stand its title, its sentence, and each of its values with what it does."""
    described = load_schemas().kinds["outputs"]["text"]["properties"]["updates"]
    shown = over(editor, "updates")
    assert shown.startswith(f"#### {described['title']}")
    assert described["description"] in shown
    for value, words in zip(described["enum"], described["enumDescriptions"], strict=True):
        assert f"* `{value}`: {words}" in shown


@pytest.mark.parametrize("word", ["generator", "limits", "outputs"])
def test_a_demo_s_keys_show_their_descriptions(editor: LanguageClient, word: str) -> None:
    """Over a key of the demo stands its sentence, and an example in YAML."""
    described = load_schemas().demo.schema["properties"][word]
    shown = over(editor, word)
    assert described["description"] in shown
    assert "```yaml" in shown


def test_a_kind_s_key_shows_its_own_description(editor: LanguageClient) -> None:
    """Over `maximum` stands what it is for a slider."""
    assert load_schemas().kinds["inputs"]["slider"]["properties"]["maximum"]["description"] in over(
        editor, "maximum"
    )


def test_an_input_in_short_shows_the_kinds(editor: LanguageClient) -> None:
    """Over a name whose kind is all that is written, the kinds are listed."""
    assert f"* `text`: {load_schemas().kinds['inputs']['text']['description']}" in over(editor, "prompt")
