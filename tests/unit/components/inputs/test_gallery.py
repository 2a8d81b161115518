"""Several pictures as the generator gets them, with and without captions, and what is refused."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradstream.components.form import check_form
from gradstream.components.registry import input_kind
from gradstream.components.types import UnusableInputError, Upload
from gradstream.format.types import Input
from tests.unit.components.fields import field

GALLERY = input_kind("gallery")
PATHS: dict[str, Any] = {"as": "path"}
PIL: dict[str, Any] = {"as": "pil"}


@pytest.fixture
def uploads(tmp_path: Path) -> dict[str, Upload]:
    """Return a red and a transparent picture, and a text that is called a picture."""
    Image.new("RGB", (5, 4), "red").save(tmp_path / "red.png")
    Image.new("RGBA", (3, 2), (0, 255, 0, 0)).save(tmp_path / "clear.png")
    (tmp_path / "torn.png").write_bytes(b"not a picture")
    (tmp_path / "notes.txt").write_text("notes")
    return {
        path.stem: Upload(
            path=str(path),
            name=path.name,
            mime="text/plain" if path.suffix == ".txt" else "image/png",
            size=9,
        )
        for path in tmp_path.iterdir()
    }


def given(of: Input, value: Any, uploads: dict[str, Upload]) -> Any:
    """Return what the function gets for the JSON of a request, or the codes of what is wrong with it."""
    checked = check_form([of], {"it": value}, find_upload=uploads.get)
    if checked.findings:
        return [finding.problem.code for finding in checked.findings]
    return GALLERY.decode(checked.values["it"], of)


def test_a_list_in_the_order_of_the_visitor(uploads: dict[str, Upload]) -> None:
    """Each picture is what an image input would hand over, as often as it was chosen."""
    chosen = [{"file": "clear"}, {"file": "red"}, {"file": "red"}]
    assert [one.shape for one in given(field("gallery"), chosen, uploads)] == [
        (2, 3, 3),
        (4, 5, 3),
        (4, 5, 3),
    ]
    with_alpha = given(field("gallery", channels="rgba"), chosen, uploads)
    assert np.array_equal(with_alpha[0][0, 0], (0, 255, 0, 0))
    pil = field("gallery", **PIL)
    assert [one.size for one in given(pil, chosen, uploads)] == [(3, 2), (5, 4), (5, 4)]
    path = field("gallery", **PATHS)
    assert given(path, chosen[:2], uploads) == [uploads["clear"].path, uploads["red"].path]


def test_captions(uploads: dict[str, Upload]) -> None:
    """A demo that asks for captions gets pairs; any other gets the pictures alone."""
    chosen = [{"file": "red", "caption": "A red"}, {"file": "red", "caption": None}, {"file": "red"}]
    path = uploads["red"].path
    pairs = field("gallery", captions=True, **PATHS)
    assert given(pairs, chosen, uploads) == [(path, "A red"), (path, None), (path, None)]
    assert given(pairs, [{"file": "red", "caption": "  "}], uploads) == [(path, None)]
    assert given(field("gallery", **PATHS), chosen, uploads) == [path] * 3


def test_nothing_chosen(uploads: dict[str, Upload]) -> None:
    """No picture is an empty list, also where pairs are expected."""
    assert given(field("gallery"), None, uploads) == []
    assert given(field("gallery", captions=True), [], uploads) == []
    assert given(field("gallery", required=True), [], uploads) == ["E-REQUIRED"]


@pytest.mark.parametrize(
    ("options", "value", "code"),
    [
        ({}, {"file": "red"}, "E-TYPE"),
        ({}, "red", "E-TYPE"),
        ({}, ["red"], "E-NO-UPLOAD"),
        ({}, [{"file": "red"}, {"file": "gone"}], "E-NO-UPLOAD"),
        ({}, [{"file": "red", "path": "/etc/passwd"}], "E-NO-UPLOAD"),
        ({}, [{"file": "notes"}], "E-FILE-KIND"),
        ({}, [{"file": "red", "caption": 3}], "E-TYPE"),
        ({"accept": [".jpg"]}, [{"file": "red"}], "E-FILE-KIND"),
        ({"max_size": 8}, [{"file": "red"}], "E-FILE-SIZE"),
    ],
)
def test_what_is_refused(options: dict[str, Any], value: Any, code: str, uploads: dict[str, Upload]) -> None:
    """Each of the pictures is checked as that of an image input is."""
    assert given(field("gallery", **options), value, uploads) == [code]


def test_a_picture_that_cannot_be_read(uploads: dict[str, Upload]) -> None:
    """One damaged or too large picture among several is named."""
    chosen = [{"file": "red"}, {"file": "torn"}]
    with pytest.raises(UnusableInputError, match="cannot be read") as caught:
        given(field("gallery"), chosen, uploads)
    assert caught.value.problem.found == "torn.png"
    with pytest.raises(UnusableInputError, match="too many pixels"):
        given(field("gallery", max_pixels=19), chosen, uploads)
