"""Pictures with and without captions, in any form; those that are yielded again are kept once."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft7Validator
from msgspec.structs import replace
from PIL import Image

from gradstream.components.outputs.delivery import AppendEdits, ReplaceItems
from gradstream.components.registry import output_kind
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output

PIXELS = np.zeros((4, 6, 3), np.uint8)
OF = output("gallery")
KIND = output_kind("gallery")


def captions(value: Any) -> list[str | None]:
    """Return the captions of what is shown of a yield."""
    shown = KIND.encode(value, OF, MemoryStore())
    Draft7Validator(KIND.json_schema(OF)).validate(shown)
    assert all(item["image"]["width"] == 6 for item in shown)
    return [item["caption"] for item in shown]


def test_every_form(tmp_path: Path) -> None:
    """Arrays, Pillow images, paths, bytes, pairs and mappings."""
    path = tmp_path / "a.png"
    Image.fromarray(PIXELS).save(path)
    assert captions([PIXELS, Image.fromarray(PIXELS), str(path), path, path.read_bytes()]) == [None] * 5
    assert captions([(PIXELS, "one"), [str(path), "two"], (path, None)]) == ["one", "two", None]
    assert captions([{"image": PIXELS, "caption": 3}, {"image": path}]) == ["3", None]
    assert captions((PIXELS, PIXELS)) == [None, None]
    assert captions([]) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            PIXELS,
            "expected a list of pictures, (picture, caption), or {'image', 'caption'}, got numpy.ndarray",
        ),
        (5, "expected a list of pictures"),
        ([5], "got an item of type int"),
        ([(PIXELS, [1])], "got an item of type tuple"),
        ([{"picture": PIXELS}], "got a mapping with 'picture'"),
        ([{"caption": "x"}], "got a mapping without 'image'"),
        ([{"image": PIXELS, "caption": [1]}], "expected a text as the caption of a picture, got list"),
        (["absent.png"], "the picture absent.png cannot be read"),
    ],
)
def test_what_is_no_gallery(value: Any, words: str) -> None:
    """The message says what was found and what is accepted."""
    with pytest.raises(UnusableYieldError) as caught:
        KIND.encode(value, OF, MemoryStore())
    assert words in str(caught.value)


def test_a_growing_list_encodes_each_picture_once() -> None:
    """The same pixels are kept once in a run."""
    store = MemoryStore()
    assert isinstance(KIND.delivery(OF), ReplaceItems)
    for _ in range(3):
        KIND.encode([PIXELS, PIXELS + 1], OF, store)
    assert len(store.kept) == 2


def test_pictures_are_added() -> None:
    """A picture alone, a pair, and a list of both."""
    delivery = KIND.delivery(replace(OF, updates="append"))
    assert isinstance(delivery, AppendEdits)
    of, store = replace(OF, updates="append"), MemoryStore()
    first = delivery.join(None, PIXELS, of, store)
    second = delivery.join(first.value, (PIXELS, "b"), of, store)
    third = delivery.join(second.value, [(PIXELS, "c"), PIXELS], of, store)
    assert [item["caption"] for item in third.value] == [None, "b", "c", None]
    assert [path for _, path, _ in third.edits] == [[2], [3]]
