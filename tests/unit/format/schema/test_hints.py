"""Words, annotations and parameters lead to kinds."""

import re
from itertools import combinations

import pytest

from gradstream.format.schema.hints import (
    fallback,
    kind_for_annotation,
    kind_for_parameters,
    kind_for_word,
    read_hints,
)
from gradstream.format.schema.validators import FOLDERS, load_schemas


@pytest.mark.parametrize("folder", FOLDERS)
def test_hints_are_sound(folder: str) -> None:
    """A word leads to one kind and is the name of none; a pattern is a regular expression."""
    kinds = load_schemas().kinds[folder]
    hints = read_hints(folder)
    words = [word for each in hints.values() for word in each.synonyms]
    assert len(words) == len(set(words))
    assert not set(words) & set(kinds)
    for kind, each in hints.items():
        for pattern, keys in each.annotations.items():
            re.compile(pattern)
            assert set(keys) <= set(kinds[kind]["properties"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_kind_is_suggested_where_nothing_is_known(folder: str) -> None:
    """Exactly one kind of each side is the fallback."""
    assert [kind for kind, each in read_hints(folder).items() if each.fallback] == [fallback(folder)]


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    "annotation", ["int", "float", "bool", "str", "np.ndarray", "tuple[int, np.ndarray]", "PIL.Image", "dict"]
)
def test_no_annotation_fits_two_kinds(folder: str, annotation: str) -> None:
    """The order of the kinds does not matter."""
    fitting = [
        kind
        for kind, each in read_hints(folder).items()
        if any(re.fullmatch(pattern, annotation) for pattern in each.annotations)
    ]
    assert not list(combinations(fitting, 2))


def test_what_leads_to_a_kind() -> None:
    """Each way of asking gives a kind, or nothing."""
    assert kind_for_word("inputs", "textarea") == ("text", "lines: 4")
    assert kind_for_word("outputs", "dataframe") == ("table", "")
    assert kind_for_word("inputs", "dataframe") == ("table", "")
    assert kind_for_word("inputs", "chatbot") is None
    assert kind_for_annotation("inputs", "int") == {"type": "number", "integer": True}
    assert kind_for_annotation("inputs", "tuple[str, int]") is None
    assert kind_for_parameters("outputs", iter(["text", "history"])) == "chat"
    assert kind_for_parameters("outputs", iter(["text"])) is None
