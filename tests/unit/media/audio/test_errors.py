"""Errors for chunks that are not valid audio."""

from pathlib import Path

from gradstream.media.audio.errors import ACCEPTED, audio_file_error, audio_value_error
from gradstream.media.types import Chunk


def test_a_message_says_all() -> None:
    """Number, name, size, problem, what it looked like, and what is accepted."""
    chunk = Chunk(number=3, name="part3.wav", data=b"<!DOCTYPE html>")
    assert str(audio_file_error(chunk, "cannot be decoded as sound")) == (
        'chunk 3 ("part3.wav", 15 bytes) cannot be decoded as sound: '
        'it begins with "<!DOCTYPE html>" (HTML text); accepted are wav, mp3, flac, ogg, m4a … '
        "files by path or as bytes, slices of wav, mp3, aac, ogg, flac, webm, mpeg-ts and "
        "fragmented mp4, and (sample_rate, array)"
    )
    assert str(audio_value_error(1, "of type int")) == f"chunk 1 is of type int; {ACCEPTED}"


def test_a_large_file_is_looked_at(tmp_path: Path) -> None:
    """A file that was not read at once is shown as well; one that is gone does not hide the problem."""
    path = tmp_path / "it.wav"
    path.write_bytes(bytes(1000))
    chunk = Chunk(number=1, name="it.wav", path=str(path))
    assert '("it.wav", 1000 bytes) is damaged: it begins with ".' in str(
        audio_file_error(chunk, "is damaged")
    )
    path.unlink()
    assert "is damaged" in str(audio_file_error(chunk, "is damaged"))
