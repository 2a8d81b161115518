"""Which files an input takes."""

import pytest

from gradstream.components.inputs.file_checks import hand_over, misfit, patterns
from gradstream.components.types import Upload
from tests.unit.components.fields import field

PHOTO = Upload(path="/tmp/1", name="Cat.JPG", mime="image/jpeg", size=3)  # noqa: S108 (never opened)


@pytest.mark.parametrize(
    ("accept", "fits"),
    [
        (None, True),
        ("image/*", True),
        (".jpg", True),
        (".png, .JPG", True),
        (["image/png", "image/jpeg"], True),
        ("image/jpg", True),
        (["image/png"], False),
        (".jpeg", False),
        ("audio/*", False),
    ],
)
def test_patterns(accept: str | list[str] | None, *, fits: bool) -> None:
    """Suffixes and media types, in a list or between commas, in any case and by any of their names."""
    accepted = patterns(accept, usual="image/*")
    found = misfit(PHOTO, field("image"), accepted=accepted, max_size=None, noun="picture")
    assert (found is None) is fits


def test_a_file_may_be_of_several_types() -> None:
    """What the first bytes leave open is accepted as either."""
    film = Upload(path="/tmp/1", name="a.webm", mime="video/webm", size=3)  # noqa: S108 (never opened)
    for others, fits in (([], False), (["audio/webm"], True)):
        found = misfit(
            film, field("audio"), accepted=["audio/*"], max_size=None, noun="recording", other_mimes=others
        )
        assert (found is None) is fits


def test_what_a_worker_is_told() -> None:
    """Path, name and type; the size was for the check."""
    assert hand_over(PHOTO) == {"path": "/tmp/1", "name": "Cat.JPG", "mime": "image/jpeg"}  # noqa: S108
