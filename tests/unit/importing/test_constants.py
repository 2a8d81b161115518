"""What expressions of an app are known to be without running it."""

from typing import Any

import pytest

from gradstream.importing.constants import UNKNOWN
from gradstream.importing.source import AppSource

APP = """
import os
from os.path import join
from pathlib import Path

import gradio as gr

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = Path(__file__).resolve().parent
WORDS = ["one", "two", "three"]
SIZES = {"small": 1, "large": 256}
NAME = "Ada"
rows = []
for word in WORDS:
    rows.append([word])
total = 1
total += 1
choice = "a"
if total > 1:
    choice = "b"
table = {}
table["a"] = 1


def later():
    WORDS.append("four")


"""

KNOWN = {
    "256 * 3": 768,
    "2 ** 31 - 1": 2**31 - 1,
    "7 / 2": 3.5,
    "WORDS[1]": "two",
    "WORDS[-1]": "three",
    "WORDS[0:2]": ["one", "two"],
    "WORDS + ['four']": ["one", "two", "three", "four"],
    "[[1, 2]] * 2": [[1, 2], [1, 2]],
    "len(WORDS)": 3,
    "list(range(0, 6, 2))": [0, 2, 4],
    "sorted(WORDS)": ["one", "three", "two"],
    "list(SIZES)": ["small", "large"],
    "list(SIZES.keys())": ["small", "large"],
    "SIZES['large'] // 2": 128,
    "'a b'.split()": ["a", "b"],
    "[f'{word}!' for word in WORDS[:2]]": ["one!", "two!"],
    "[(name.title(), size * 2) for name, size in SIZES.items()]": [("Small", 2), ("Large", 512)],
    "[[n * m for m in range(2)] for n in range(2)]": [[0, 0], [0, 1]],
    "f'Hello {NAME}, {SIZES[\"small\"]}'": "Hello Ada, 1",
    "os.path.join(os.path.dirname(__file__), 'pictures/lion.jpg')": "pictures/lion.jpg",
    "os.path.join(HERE, 'pictures', 'lion.jpg')": "pictures/lion.jpg",
    "os.path.join(os.path.dirname(HERE), 'lion.jpg')": "../lion.jpg",
    "HERE + '/lion.jpg'": "./lion.jpg",
    "f'{HERE}/lion.jpg'": "./lion.jpg",
    "str(FOLDER / 'pictures' / 'lion.jpg')": "pictures/lion.jpg",
    "FOLDER.joinpath('lion.jpg')": "lion.jpg",
    "FOLDER.parent / 'lion.jpg'": "../lion.jpg",
}
"""Expressions, and what they are."""

NOT_KNOWN = [
    "rows",
    "total",
    "choice",
    "table",
    "open(HERE)",
    "WORDS[9]",
    "WORDS['one']",
    "SIZES['huge']",
    "1 / 0",
    "NAME + 1",
    "'a' * 10**9",
    "10 ** 10 ** 10",
    "list(range(10**9))",
    "[word for word in WORDS if word]",
    "[word[0] for word in rows]",
    "[random.random() for _ in range(3)]",
    "f'{NAME!r}'",
    "f'{1.5:.2f}'",
    "join(HERE, 'lion.jpg', sep='')",
]
"""What only running the app would show, or what would fail or fill the memory."""


def value_of(expression: str) -> Any:
    """Return the value of an expression at the end of an app."""
    source = AppSource(f"{APP}found = {expression}\n")
    return source.constant(source.assigned["found"])


@pytest.mark.parametrize(("expression", "value"), KNOWN.items())
def test_what_follows_from_the_text_is_known(expression: str, value: Any) -> None:
    """Numbers, texts, lists and paths from the app's folder have the values that running would give."""
    assert value_of(expression) == value


@pytest.mark.parametrize("expression", NOT_KNOWN)
def test_what_running_would_change_is_unknown(expression: str) -> None:
    """Variables that are changed while the page is built, failures and huge values are never guessed."""
    assert value_of(expression) is UNKNOWN
