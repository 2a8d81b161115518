"""Two pictures in any form; one that is given again is kept once."""

from typing import Any

import numpy as np
import pytest
from jsonschema import Draft7Validator
from PIL import Image

from gradstream.components.registry import output_kind
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output

PIXELS = np.zeros((4, 6, 3), np.uint8)
OF = output("image_compare")
KIND = output_kind("image_compare")


@pytest.mark.parametrize(
    ("value", "there"),
    [
        ((PIXELS, Image.fromarray(PIXELS)), (True, True)),
        ([PIXELS / 2, PIXELS], (True, True)),
        ({"before": PIXELS, "after": PIXELS}, (True, True)),
        ({"after": PIXELS}, (False, True)),
        ((PIXELS, None), (True, False)),
    ],
)
def test_every_form(value: Any, there: tuple[bool, bool]) -> None:
    """Pairs and mappings; a picture that is not there yet is None."""
    shown: Any = KIND.encode(value, OF, MemoryStore())
    Draft7Validator(KIND.json_schema(OF)).validate(shown)
    assert (shown["before"] is not None, shown["after"] is not None) == there


def test_a_picture_that_stays_is_encoded_once() -> None:
    """The picture before is the same at every step."""
    store = MemoryStore()
    first: Any = KIND.encode((PIXELS, PIXELS + 1), OF, store)
    second: Any = KIND.encode((PIXELS.copy(), PIXELS + 2), OF, store)
    assert first["before"] is second["before"]
    assert first["after"] != second["after"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (PIXELS, "expected a pair of pictures, or {'before', 'after'}, got numpy.ndarray"),
        ((PIXELS,), "got tuple of 1"),
        ({}, "got a mapping without both"),
        ({"left": PIXELS}, "got a mapping with 'left'"),
        ((PIXELS, 5), "expected a picture as 'after', got int"),
        (("absent.png", PIXELS), "the picture absent.png cannot be read"),
    ],
)
def test_what_is_no_pair(value: Any, words: str) -> None:
    """The message says what was found and what is accepted."""
    with pytest.raises(UnusableYieldError) as caught:
        KIND.encode(value, OF, MemoryStore())
    assert words in str(caught.value)
