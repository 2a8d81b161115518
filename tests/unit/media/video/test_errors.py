"""Errors for chunks that are not valid video."""

from pathlib import Path

from gradstream.media.types import Chunk
from gradstream.media.video.errors import video_file_error, video_value_error

ACCEPTED = (
    "accepted are mp4, ts, webm, mov, mkv … files by path or as bytes, and pictures: PIL images, and "
    "arrays of shape (height, width), (height, width, 1, 3 or 4) or (pictures, height, width, 1, 3 or 4)"
)


def test_a_file_is_described() -> None:
    """The error names the chunk, its file and size, the problem, how it begins, and what is accepted."""
    chunk = Chunk(number=3, data=b"<!DOCTYPE html><p>Not found", name="part3.mp4")
    assert str(video_file_error(chunk, "cannot be decoded as video")) == (
        'chunk 3 ("part3.mp4", 27 bytes) cannot be decoded as video: '
        f'it begins with "<!DOCTYPE html><p>Not fo" (HTML text); {ACCEPTED}'
    )


def test_a_large_file_is_read_for_it(tmp_path: Path) -> None:
    """A file that stayed on the disk is described by its beginning and size; one that is gone has none."""
    path = tmp_path / "large.mp4"
    path.write_bytes(b"\x89PNG" + bytes(1000))
    chunk = Chunk(number=1, path=str(path), name="large.mp4")
    assert str(video_file_error(chunk, "is bad")).startswith(
        'chunk 1 ("large.mp4", 1004 bytes) is bad: it begins with'
    )
    path.unlink()
    assert str(video_file_error(chunk, "is bad")).startswith('chunk 1 ("large.mp4", 0 bytes) is bad: ')


def test_an_array_has_no_bytes() -> None:
    """The error for an array names the chunk, the problem and what is accepted."""
    assert str(video_value_error(2, "is bad")) == f"chunk 2 is bad; {ACCEPTED}"
