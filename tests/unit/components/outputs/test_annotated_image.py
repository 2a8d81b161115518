"""A picture with boxes and masks, in any form; what lies outside is told, what is no area is refused."""

from typing import Any

import numpy as np
import pytest
from jsonschema import Draft7Validator

from gradstream.components.registry import output_kind
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output

PIXELS = np.zeros((4, 6, 3), np.uint8)
MASK = np.zeros((4, 6), bool)
OF = output("annotated_image")
KIND = output_kind("annotated_image")


def shown(value: Any, store: MemoryStore | None = None) -> Any:
    """Return what is shown of a yield."""
    encoded: Any = KIND.encode(value, OF, store or MemoryStore())
    Draft7Validator(KIND.json_schema(OF)).validate(encoded)
    return encoded


@pytest.mark.parametrize(
    ("area", "box"),
    [
        (((1, 1, 3, 2), "cat"), [1, 1, 3, 2]),
        (([0.5, 0, 6, 4], None), [0.5, 0, 6, 4]),
        ((np.array([1, 1, 3, 2]), 7), [1, 1, 3, 2]),
        ((tuple(np.array([1, 1, 3, 2])), "cat"), [1, 1, 3, 2]),
        ({"box": (1, 1, 3, 2)}, [1, 1, 3, 2]),
    ],
)
def test_boxes(area: Any, box: list[float]) -> None:
    """Of numbers in Python or NumPy, with and without a label."""
    assert shown((PIXELS, [area]))["areas"][0]["box"] == box


@pytest.mark.parametrize(
    "mask", [MASK, MASK.astype(np.uint8) + 255, MASK.astype(float), MASK.astype(np.int64), MASK + 1.0]
)
def test_masks(mask: Any) -> None:
    """Of bool, of floats and of integers."""
    area = shown({"image": PIXELS, "areas": [{"mask": mask, "label": "dog"}]})["areas"][0]
    assert (area["box"], area["label"]) == (None, "dog")
    assert (area["mask"]["width"], area["mask"]["height"]) == (6, 4)


def test_a_picture_alone() -> None:
    """Nothing was found, or nothing yet."""
    forms: list[Any] = [PIXELS, (PIXELS, []), {"image": PIXELS}]
    for value in forms:
        assert shown(value)["areas"] == []
    assert shown(None) is None


def test_a_box_beyond_the_picture() -> None:
    """It is shown as far as the picture goes, and that is told."""
    store = MemoryStore()
    assert shown((PIXELS, [((-2, 1, 30, 9), "cat")]), store)["areas"][0]["box"] == [0, 1, 6, 4]
    assert store.remarks == ["a box reaches beyond the picture and is shown as far as the picture goes"]


def test_the_terminal_reads_labels_and_boxes() -> None:
    """One area a line."""
    value = shown((PIXELS, [((1, 1, 3, 2), "cat"), (MASK, None)]))
    assert KIND.as_text(value) == "cat: [1, 1, 3, 2]\n-: mask"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (5, "expected (picture, [(area, label)]), or {'image', 'areas'}, got int"),
        ((5, []), "got int as the picture"),
        ((PIXELS, 5), "expected a list of (area, label), got int"),
        ({"picture": PIXELS}, "got a mapping with 'picture'"),
        ({"areas": []}, "got a mapping without 'image'"),
        ((PIXELS, [5]), "expected (area, label), or {'box' or 'mask', 'label'}, got int"),
        ((PIXELS, [{"label": "x"}]), "got a mapping without one of 'box' and 'mask'"),
        ((PIXELS, [{"box": (0, 0, 1, 1), "score": 1}]), "got a mapping with 'score'"),
        ((PIXELS, [((0, 0, 1, 1), [1])]), "expected a text as the label of an area, got list"),
        (
            (PIXELS, [((0, 0, 1), "x")]),
            "expected an area: a box (left, top, right, bottom)",
        ),
        ((PIXELS, [((0, 0, 1, float("nan")), "x")]), "got (0, 0, 1, nan)"),
        ((PIXELS, [((0, 0, 1, "2"), "x")]), "got (0, 0, 1, '2')"),
        ((PIXELS, [((3, 0, 1, 2), "x")]), "got (3, 0, 1, 2), which ends before it begins"),
        (
            (PIXELS, [(MASK.T, "x")]),
            "as large as the picture, got 6 x 4 of bool",
        ),
        (
            (PIXELS, [(MASK + 2.0, "x")]),
            "of integers in 0..255, got values from 2.0 to 2.0",
        ),
        ((PIXELS, [(MASK - 1.0, "x")]), "got values from -1.0 to -1.0"),
        ((PIXELS, [(MASK * np.nan, "x")]), "got values from nan to nan"),
    ],
)
def test_what_is_no_area(value: Any, words: str) -> None:
    """The message says what was found and what is accepted."""
    with pytest.raises(UnusableYieldError) as caught:
        KIND.encode(value, OF, MemoryStore())
    assert words in str(caught.value)
