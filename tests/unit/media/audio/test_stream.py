"""One continuous stream of whatever is yielded: exact in length, without a click, soon."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.media.audio.stream import AudioStream
from gradstream.media.snapshot import snapshot_audio
from gradstream.media.types import (
    FIRST_SEGMENT_S,
    LONGEST_SEGMENT_S,
    SHORTEST_SEGMENT_S,
    AudioOptions,
    Chunk,
    Codec,
)
from tests.effort import examples
from tests.unit.media.sounds import (
    SegmentBuffer,
    bends,
    decoded,
    encoded,
    presented,
    sine,
    streamed,
    streamed_with_errors,
    wav,
)

RATE_HZ = 48_000
SECONDS = 20
LINE = sine(RATE_HZ, SECONDS * RATE_HZ)
SECOND = [LINE[at : at + RATE_HZ] for at in range(0, LINE.size, RATE_HZ)]

Form = Callable[[Path], list[Any]]


def files(suffix: str, *options: str) -> Form:
    """Return a maker of one-second files, as bytes."""
    # 440 Hz has whole periods in a second: the seconds of the sine are one and the same file.
    return lambda _: [encoded(wav(SECOND[0], RATE_HZ), suffix, *options)] * SECONDS


def paths(suffix: str, *options: str) -> Form:
    """Return a maker of one file that is written and yielded again and again, by path."""

    def made(folder: Path) -> list[Any]:
        path = folder / f"it.{suffix}"
        path.write_bytes(encoded(wav(SECOND[0], RATE_HZ), suffix, *options))
        return [path, str(path)] * (SECONDS // 2)

    return made


def slices(size: int) -> Form:
    """Return a maker of slices of one MP3."""

    def made(_: Path) -> list[Any]:
        file = encoded(wav(LINE, RATE_HZ), "mp3", "-b:a", "320k")
        return [file[at : at + size] for at in range(0, len(file), size)]

    return made


def arrays(kind: str, shape: str = "(n,)") -> Form:
    """Return a maker of arrays of one kind of numbers and one shape."""

    def made(_: Path) -> list[Any]:
        full = 1.0 if kind.startswith("float") else 2.0 ** (8 * np.dtype(kind).itemsize - 1)
        middle = full if kind.startswith("u") else 0.0
        numbers = [part * full + middle for part in SECOND]
        values = [(part if kind.startswith("float") else np.rint(part)).astype(kind) for part in numbers]
        if shape != "(n,)":
            values = [np.stack([part, part], axis=1 if shape == "(n, 2)" else 0) for part in values]
        return [(RATE_HZ, value) for value in values]

    return made


def changing(_: Path) -> list[Any]:
    """Return seconds of other rates and layouts after the first."""
    rates = [48_000, 44_100, 22_050, 8_000, 96_000] * 4
    return [wav(sine(rate, rate), rate, channels=1 + at % 2) for at, rate in enumerate(rates)]


EXACT: dict[str, Form] = {
    "wav": files("wav"),
    "wav by path": paths("wav"),
    "wav of 24 bits": files("wav", "-c:a", "pcm_s24le"),
    "flac": files("flac"),
    "alac": files("m4a", "-c:a", "alac"),
    "flac in ogg": files("ogg", "-c:a", "flac"),
    "slices": slices(20_000),
    "short slices": slices(999),
    "float32": arrays("float32"),
    "float64 (n, 2)": arrays("float64", "(n, 2)"),
    "int16": arrays("int16"),
    "int16 (2, n)": arrays("int16", "(2, n)"),
    "int32": arrays("int32"),
    "uint16": arrays("uint16"),
    "changing rates": changing,
}

NOISY: dict[str, tuple[Form, float]] = {
    # Encoders start again in each file: this is how much their own noise may bend at a joint.
    "mp3 by path": (paths("mp3"), 3.0),
    "mp3": (files("mp3", "-b:a", "320k"), 3.0),
    "m4a": (files("m4a", "-b:a", "320k"), 3.0),
    "opus in ogg": (files("ogg", "-c:a", "libopus", "-b:a", "256k"), 3.0),
    # Steps of 1/128 of full scale bend by themselves.
    "int8": (arrays("int8"), 12.0),
    "uint8 (n, 2)": (arrays("uint8", "(n, 2)"), 12.0),
}


def worst_joint(line: npt.NDArray[np.float32]) -> float:
    """Return the largest bend, except at the start and the end of the stream, which are not joints."""
    return float(bends(line, RATE_HZ)[RATE_HZ // 20 : -RATE_HZ // 20].max())


@pytest.mark.parametrize("form", EXACT)
def test_twenty_seconds_without_a_click(tmp_path: Path, form: str) -> None:
    """Of every form of chunk not a sample is missing, and no joint bends more than a sine does."""
    line = decoded(streamed(EXACT[form](tmp_path)).file)
    assert line.size == SECONDS * RATE_HZ
    assert worst_joint(line) < 2


@pytest.mark.parametrize("form", NOISY)
def test_twenty_seconds_of_coarse_chunks(tmp_path: Path, form: str) -> None:
    """Chunks with a noise of their own are as exact in length, and joints are not beyond that noise."""
    made, noise = NOISY[form]
    line = decoded(streamed(made(tmp_path)).file)
    assert line.size == SECONDS * RATE_HZ
    assert worst_joint(line) < noise


def test_what_has_no_losses_is_not_touched() -> None:
    """16-bit samples come out as they went in, bit for bit."""
    noise = np.random.default_rng(8).integers(-32768, 32768, (2, 100_000)).astype(np.int16)
    file = streamed([(44_100, noise[:, :40_000]), (44_100, noise[:, 40_000:])]).file
    assert np.array_equal(np.rint(decoded(file) * 32768).astype(np.int16), noise[0])


@pytest.mark.parametrize("codec", ["aac", "opus"])
def test_lossy_codecs_are_exact_in_length(codec: Codec) -> None:
    """Within the edit list and the last frame's duration there is exactly what was yielded."""
    sink = streamed([wav(part, RATE_HZ) for part in SECOND], codec=codec)
    line = presented(sink.file)
    assert line.size == SECONDS * RATE_HZ
    assert sink.length_s == SECONDS
    middle = line[RATE_HZ // 2 : -RATE_HZ // 2]
    assert bends(middle, RATE_HZ).max() < 2


@settings(max_examples=examples(15))
@given(cuts=st.lists(st.integers(3, 30_000), max_size=10))
def test_chunked_equals_whole(cuts: list[int]) -> None:
    """However an array is cut, down to single samples of (n, 2), the sound is the same."""
    # Only the first piece must be longer than wide: it says which dimension is the channels.
    array = np.random.default_rng(9).integers(-9_000, 9_000, (30_000, 2)).astype(np.int16)
    parts = np.split(array, sorted(cuts))
    whole, chunked = (decoded(streamed([(44_100, part) for part in some]).file) for some in ([array], parts))
    assert np.array_equal(whole, chunked)


def test_segments_come_soon_and_then_seldom() -> None:
    """The first is short, none is longer than promised, each begins where the one before ended."""
    sink = streamed([(RATE_HZ, LINE)])
    lengths = [segment.duration_s for segment in sink.segments]
    assert FIRST_SEGMENT_S <= lengths[0] < FIRST_SEGMENT_S + 0.025
    assert max(lengths) <= LONGEST_SEGMENT_S
    assert len(lengths) == SECONDS + 2
    for before, after in zip(sink.segments, sink.segments[1:], strict=False):
        assert before.start_s + before.duration_s == after.start_s
    assert [segment.index for segment in sink.segments] == list(range(len(lengths)))


def test_the_first_segment_comes_while_a_chunk_is_decoded() -> None:
    """The first segment of a long chunk is emitted before its last sample is read."""
    array = np.zeros(RATE_HZ * 10)
    array[-1] = np.nan
    sink, errors = streamed_with_errors([(RATE_HZ, array)])
    assert len(errors) == 1
    assert sink.length_s > 9.5


@pytest.mark.parametrize("codec", ["flac", "opus", "aac"])
def test_a_yield_is_emitted_at_its_end(codec: Codec) -> None:
    """Little of a yield is held back, and what is encoded of it, `flush` puts."""
    sink = SegmentBuffer()
    stream = AudioStream(AudioOptions(codec=codec), sink=sink)
    for number, part in enumerate(SECOND[:4], 1):
        chunk = snapshot_audio((RATE_HZ, part), number=number)
        assert chunk is not None
        stream.add(chunk)
        assert stream.pending_s < SHORTEST_SEGMENT_S
        assert number - sink.length_s < SHORTEST_SEGMENT_S + 0.1
    stream.flush()
    assert stream.pending_s == 0
    assert 4 - sink.length_s < 0.07
    stream.finish()
    assert sink.length_s == 4


def test_peaks_of_a_stream() -> None:
    """There are twenty peaks per second, each in the segment in which its window ends."""
    loud = np.concatenate([np.full(RATE_HZ, level) for level in (0.1, 0.5, 1.0)])
    sink = streamed([(RATE_HZ, part) for part in np.split(loud, 12)])
    assert sum((segment.peaks for segment in sink.segments), ()) == (10,) * 20 + (50,) * 20 + (100,) * 20
    emitted = 0
    for segment in sink.segments[:-1]:
        emitted += len(segment.peaks)
        assert emitted == int((segment.start_s + segment.duration_s) * 20 + 1e-9)


def test_garbage_ends_a_chunk_and_not_the_stream() -> None:
    """Good chunks are complete; a bad one is reported with its number, an empty one is not."""
    good = wav(SECOND[0], RATE_HZ)
    values = [good, b"<html>no</html>", None, good, b"", (RATE_HZ, np.zeros(4, bool)), good]
    sink, errors = streamed_with_errors(values)
    assert sink.length_s == 3
    assert [error.split(" ", 2)[1] for error in errors] == ["2", "6"]
    assert bends(decoded(sink.file), RATE_HZ).max() < 2


def test_garbage_within_slices_is_an_error() -> None:
    """A chunk that is not the next slice of an MP3 is not lost within it."""
    file = encoded(wav(LINE, RATE_HZ), "mp3")
    noise = np.random.default_rng(10).bytes(20_000)
    _, errors = streamed_with_errors([file[:20_000], noise, file])
    assert [error.split(" ", 2)[1] for error in errors] == ["2"]
    _, errors = streamed_with_errors([b"ID3", wav(SECOND[0], RATE_HZ)])
    assert errors[0].startswith("chunk 1 (3 bytes) cannot be decoded as sound")


def test_forms_follow_each_other(tmp_path: Path) -> None:
    """Slices, files, arrays and other rates in one stream are one line."""
    mp3 = encoded(wav(SECOND[0], RATE_HZ), "mp3", "-b:a", "320k")
    path = tmp_path / "it.wav"
    path.write_bytes(wav(SECOND[0], RATE_HZ))
    values = [path, mp3[:9_000], mp3[9_000:], (RATE_HZ, SECOND[0]), mp3[:9_000], mp3[9_000:], path]
    line = decoded(streamed(values).file)
    assert line.size == 5 * RATE_HZ
    assert bends(line, RATE_HZ).max() < 3


def test_the_first_chunk_decides() -> None:
    """Rate and channels are its own, where the codec has them; more than two channels are two."""
    for value, codec, rate_hz, channels in (
        ((44_100, SECOND[0]), "flac", 44_100, 1),
        ((44_100, np.zeros((9_000, 6))), "flac", 44_100, 2),
        ((4_000, SECOND[0]), "flac", 48_000, 1),
        ((44_100, SECOND[0]), "opus", 48_000, 1),
    ):
        sink = streamed([value], codec=codec)  # type: ignore[arg-type]
        assert sink.inits[0].timescale == rate_hz
        assert sink.inits[0].data.count(channels.to_bytes(2, "big") + b"\0\x10\0\0\0\0") == 1


@pytest.mark.parametrize(
    ("accepts", "codec"),
    [
        (("aac",), "mp4a.40.2"),
        (("aac", "opus"), "opus"),
        (("aac", "opus", "flac"), "flac"),
        ((), "mp4a.40.2"),
    ],
)
def test_the_reader_decides_the_codec(accepts: tuple[Codec, ...], codec: str) -> None:
    """`auto` is the best that is accepted."""
    sink = SegmentBuffer()
    stream = AudioStream(AudioOptions(accepts=accepts), sink=sink)
    stream.add(Chunk(number=1, samples=np.zeros(9_000), rate_hz=RATE_HZ))
    assert sink.inits[0].mime == f'audio/mp4; codecs="{codec}"'


def test_nothing_becomes_nothing() -> None:
    """A stream without audio has no init segment."""
    assert streamed([None, b"", wav(SECOND[0][:0], RATE_HZ)]).inits == []


def test_a_stream_can_be_closed_at_any_time() -> None:
    """A stream can be closed before the first chunk, between two, and again: nothing more is emitted."""
    sink = SegmentBuffer()
    stream = AudioStream(AudioOptions(codec="aac"), sink=sink)
    stream.close()
    stream.add(Chunk(number=1, data=encoded(wav(LINE, RATE_HZ), "mp3")[:20_000]))
    count = len(sink.segments)
    stream.close()
    stream.close()
    stream.flush()
    stream.finish()
    assert (len(sink.segments), stream.pending_s) == (count, 0)
