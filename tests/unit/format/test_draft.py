"""What is known to be wrong is taken out before the rules look at the rest."""

from gradstream.format.draft import prune

VALUES = {
    "title": 5,
    "inputs": {"a": {"type": "slider", "minimum": "x"}, "b": {"type": "slidr"}},
    "tags": ["a", 5],
    "limits": {"queue": 3},
}


def test_wrong_nodes_are_left_out() -> None:
    """A wrong key goes, its neighbours stay, and a list with a wrong member goes as a whole."""
    wrong = frozenset({("title",), ("inputs", "a", "minimum"), ("tags", 1)})
    assert prune(VALUES, wrong) == {
        "inputs": {"a": {"type": "slider"}, "b": {"type": "slidr"}},
        "limits": {"queue": 3},
    }


def test_a_wrong_input_keeps_its_name() -> None:
    """Nobody is told that an input does not exist because its kind is misspelt."""
    assert prune(VALUES, frozenset({("inputs", "b")}))["inputs"]["b"] == {}


def test_without_mistakes_nothing_is_copied() -> None:
    """The usual case costs nothing."""
    assert prune(VALUES, frozenset()) is VALUES
