"""Slices of a file sound as the file does, however they are cut."""

import contextlib
import functools
import re
import threading
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.media.audio.from_file import file_blocks
from gradstream.media.audio.pcm import PcmBlock, Samples
from gradstream.media.audio.slices import formats
from gradstream.media.audio.slices.decoder import BytesDecoder
from gradstream.media.audio.slices.elements import ElementWalker
from gradstream.media.audio.slices.formats import starts_file
from gradstream.media.audio.slices.measures import (
    measure_adts,
    measure_box,
    measure_id3,
    measure_layer_2,
    measure_ogg,
    measure_ts,
    measure_wavpack,
)
from gradstream.media.audio.slices.pcm_bytes import PcmFormat
from gradstream.media.types import Chunk, ChunkError
from tests.unit.media.sounds import encoded, joined, sine, wav

COUNT = 22_223
SOURCE = wav(sine(48_000, COUNT), 48_000)
MARK = re.compile(b"|".join(re.escape(magic).replace(rb"\?", b".") for magic, _ in formats._MAGIC), re.DOTALL)
"""What files begin with."""

FRAGMENTS = ("-movflags", "frag_keyframe+empty_moov", "-frag_duration", "100000")

SLICED: dict[str, tuple[str, tuple[str, ...]]] = {
    "wav": ("wav", ()),
    "wav of 8 bits": ("wav", ("-c:a", "pcm_u8")),
    "wav of 24 bits, stereo": ("wav", ("-c:a", "pcm_s24le", "-ac", "2")),
    "wav of floats": ("wav", ("-c:a", "pcm_f32le")),
    "wav, 5.1": ("wav", ("-ac", "6")),
    "wav, A-law": ("wav", ("-c:a", "pcm_alaw", "-ar", "8000")),
    "wav, ADPCM": ("wav", ("-c:a", "adpcm_ms")),
    "aac": ("aac", ()),
    "mp2": ("mp2", ()),
    "mp3": ("mp3", ()),
    "opus": ("ogg", ("-c:a", "libopus", "-page_duration", "100000")),
    "vorbis": ("ogg", ("-c:a", "libvorbis", "-page_duration", "100000")),
    "flac in ogg": ("ogg", ("-c:a", "flac", "-page_duration", "100000")),
    "flac": ("flac", ()),
    "webm": ("webm", ("-c:a", "libopus")),
    "live webm": ("webm", ("-c:a", "libopus", "-f", "webm", "-live", "1")),
    "matroska, AAC": ("mka", ("-c:a", "aac")),
    "matroska, PCM": ("mka", ("-c:a", "pcm_s16le")),
    "mpeg-ts": ("ts", ("-c:a", "aac")),
    "mpeg-ts, MP2": ("ts", ("-c:a", "mp2")),
    "fragmented mp4": ("mp4", ("-c:a", "aac", *FRAGMENTS)),
    "fragmented mp4, FLAC": ("mp4", ("-c:a", "flac", "-strict", "-2", *FRAGMENTS)),
    "fragmented mp4, Opus": ("mp4", ("-c:a", "libopus", "-strict", "-2", *FRAGMENTS)),
    "m4a, index first": ("m4a", ("-movflags", "+faststart")),
    "au": ("au", ()),
    "caf": ("caf", ()),
    "aiff": ("aiff", ()),
    "flv": ("flv", ("-c:a", "aac")),
    "w64": ("w64", ()),
    "voc": ("voc", ()),
    "tta": ("tta", ()),
    "avi": ("avi", ("-c:a", "libmp3lame")),
    "wma": ("wma", ()),
    "nut": ("nut", ()),
    "ac3": ("ac3", ()),
    "eac3": ("eac3", ()),
    "mpeg-ps": ("mpg", ("-c:a", "mp2")),
    "wavpack": ("wv", ("-ac", "2")),
}


@functools.cache
def file_of(form: str, *, seconds: int = 0) -> bytes:
    """Return a file of a form."""
    suffix, options = SLICED[form]
    source = wav(sine(48_000, 48_000 * seconds), 48_000) if seconds else SOURCE
    return encoded(source, suffix, *options)


@functools.cache
def by_path(data: bytes) -> Samples:
    """Return the samples of the whole file."""
    return joined(file_blocks(Chunk(number=1, data=data, name="it"), warn=lambda _: None))


def sliced(data: bytes, size: int) -> list[bytes]:
    """Return slices of one size."""
    return [data[at : at + size] for at in range(0, len(data), size)]


def heard_blocks(
    slices: Iterable[bytes], *, remarks: list[str] | None = None, **options: Any
) -> list[PcmBlock]:
    """Return what a stream of these bytes is decoded to."""
    decoder = BytesDecoder(raw=options.get("raw"), warn=(remarks if remarks is not None else []).append)
    blocks: list[PcmBlock] = []
    for number, data in enumerate(slices, 1):
        blocks += decoder.feed(Chunk(number=number, data=data))
    return [*blocks, *decoder.finish()]


def heard(slices: Sequence[bytes]) -> Samples:
    """Return the samples of slices that nothing is wrong with."""
    remarks: list[str] = []
    samples = joined(heard_blocks(slices, remarks=remarks))
    assert remarks == []
    return samples


@pytest.mark.parametrize("form", SLICED)
@pytest.mark.parametrize("size", [10**9, 20_000, 4_096, 777, 100])
def test_slices_are_the_file(form: str, size: int) -> None:
    """Every sample is that of the whole file, for each container and each size of slices."""
    data = file_of(form)
    assert np.array_equal(heard(sliced(data, size)), by_path(data))


@pytest.mark.parametrize("form", SLICED)
def test_cuts_change_nothing(form: str) -> None:
    """Where slices are cut changes no sample, be it within a header."""
    data = file_of(form)
    expected = by_path(data)

    @settings(deadline=None, max_examples=12)
    @given(cuts=st.lists(st.integers(1, len(data) - 1) | st.integers(1, 200), max_size=10, unique=True))
    def check(cuts: list[int]) -> None:
        slices = [data[start:end] for start, end in pairwise([0, *sorted(cuts), len(data)])]
        assert np.array_equal(heard(slices), expected)

    check()


@pytest.mark.parametrize("form", SLICED)
def test_marks_within_a_file(form: str) -> None:
    """A slice that begins with what also marks new files, as FLAC's header in Ogg, starts none."""
    data = file_of(form)
    places = [found.start() for found in MARK.finditer(data, 1)]
    assert all(starts_file(data[at : at + 16]) for at in places)
    expected = by_path(data)
    for at in places[:8]:
        assert np.array_equal(heard([data[:at], data[at:]]), expected)


@pytest.mark.parametrize("form", ["opus", "vorbis", "flac in ogg"])
def test_slices_of_one_page(form: str) -> None:
    """Each page of an Ogg file begins like the file, and is not another file."""
    data = file_of(form)
    starts = [at for at in range(len(data)) if data.startswith(b"OggS", at)]
    pages = [data[start:end] for start, end in pairwise([*starts, len(data)])]
    assert np.array_equal(heard(pages), by_path(data))
    assert np.array_equal(heard(pages * 2), np.tile(by_path(data), 2))


@pytest.mark.parametrize("form", ["fragmented mp4", "fragmented mp4, FLAC", "fragmented mp4, Opus"])
def test_slices_of_one_box(form: str) -> None:
    """Fragments of an MP4 may come one by one, as live encoders send them."""
    data = file_of(form)
    places: list[int] = [0]
    list(ElementWalker(measure_box, seen=lambda box: places.append(places[-1] + box.size)).feed(data))
    slices = [data[start:end] for start, end in pairwise(places)]
    assert np.array_equal(heard(slices), by_path(data))
    assert np.array_equal(heard(slices * 2), np.tile(by_path(data), 2))


@pytest.mark.parametrize("form", SLICED)
def test_single_bytes_at_the_start(form: str) -> None:
    """Slices of one byte are enough to recognise a file."""
    data = file_of(form)
    assert np.array_equal(heard([*sliced(data[:600], 1), data[600:]]), by_path(data))


@pytest.mark.parametrize("form", SLICED)
def test_files_follow_each_other(form: str) -> None:
    """Each header starts a file of its own: its delay is taken off, and nothing of the one before is lost."""
    data = file_of(form)
    slices = sliced(data, 3_000)
    line = heard(slices + slices)
    if form in ("aac", "mp2", "ac3", "eac3", "mpeg-ts", "mpeg-ts, MP2", "mpeg-ps"):
        # These have no header: two of them are one file.
        assert line.shape[1] == 2 * by_path(data).shape[1]
    else:
        assert np.array_equal(line, np.tile(by_path(data), 2))


def with_sizes(riff: int, data: int) -> bytes:
    """Return the wav with other sizes in its header."""
    body = SOURCE[44:]
    return b"RIFF" + riff.to_bytes(4, "little") + SOURCE[8:40] + data.to_bytes(4, "little") + body


@pytest.mark.parametrize("size", [0, 2**32 - 1, 2**31 - 1, 2_000_000_000, 2**32 - 1 - 36])
@pytest.mark.parametrize("riff", [0, 36, 2**32 - 1])
def test_a_wav_that_does_not_know_its_size(riff: int, size: int) -> None:
    """Placeholders of every kind are read to the end of the stream."""
    slices = sliced(with_sizes(riff, size), 4_096)
    assert np.array_equal(heard(slices), by_path(SOURCE))
    assert np.array_equal(heard([slices[0][:44], slices[0][44:], *slices[1:]]), by_path(SOURCE))


@pytest.mark.parametrize("form", SLICED)
def test_any_file_follows_a_wav_of_unknown_length(form: str) -> None:
    """The start of another file, or of frames, ends a wav that does not know its size."""
    data = file_of(form)
    slices = [*sliced(with_sizes(0, 0), 4_096), *sliced(data, 4_096)]
    assert sum(block.samples.shape[1] for block in heard_blocks(slices)) == COUNT + by_path(data).shape[1]


def test_texts_behind_the_samples_are_not_heard() -> None:
    """RIFF chunks behind the samples are skipped, however they are cut; zeros are padding."""
    text = b"LIST" + (30).to_bytes(4, "little") + b"INFOISFT" + bytes(22)
    for size in (10**9, 1_000, 7):
        for trailer in (text, text + text, bytes(500), text + b"ID3 " + bytes(4)):
            assert np.array_equal(heard(sliced(SOURCE + trailer, size)), by_path(SOURCE))


@pytest.mark.parametrize("form", ["wav", "opus", "mp3", "webm", "m4a, index first"])
@pytest.mark.parametrize(
    "words", [b"no sound, but a server's words", b"<html>busy</html>", b'{"error": "busy"}']
)
def test_words_behind_a_whole_file_are_an_error(form: str, words: bytes) -> None:
    """What a server says in place of sound is not taken for the end of the file before."""
    with pytest.raises(ChunkError, match=r"^chunk 2 "):
        heard_blocks([file_of(form), words, file_of(form)])


@pytest.mark.parametrize("size", [10**9, 1_000])
def test_a_wav_of_another_length_is_an_error(size: int) -> None:
    """Samples that are missing, or that follow the declared ones, are told with figures."""
    declared = len(SOURCE) - 44
    with pytest.raises(ChunkError, match=rf"declares {declared} bytes of sound, and {declared // 2} came"):
        heard_blocks(sliced(SOURCE[: 44 + declared // 2], size))
    with pytest.raises(ChunkError, match="declares 20000 bytes of sound in its header, and more"):
        heard_blocks(sliced(with_sizes(20_036, 20_000), size))


def test_raw_samples() -> None:
    """Bytes without a header are what the output says, cut anywhere; a header starts a file all the same."""
    raw = PcmFormat(codec="pcm_s16le", rate_hz=48_000, channels=2, layout="stereo")
    noise = np.random.default_rng(4).integers(-30_000, 30_000, (9_000, 2)).astype("<i2")
    for size in (1, 3, 4_096, 10**9):
        line = joined(heard_blocks(sliced(noise.tobytes(), size), raw=raw))
        assert np.array_equal(line, noise.T / np.float32(32768))
    line = joined(heard_blocks([*sliced(with_sizes(0, 0), 1_000)], raw=raw))
    assert np.array_equal(line, by_path(SOURCE))


def test_raw_samples_without_a_word_are_an_error() -> None:
    """The message names both ways of saying what they are."""
    noise = np.random.default_rng(4).integers(-3_000, 3_000, 9_000).astype("<i2").tobytes()
    for slices in (sliced(noise, 4_096), [bytes(4_096)], [b"\0\0", b"\0\0", bytes(4_000)]):
        with pytest.raises(ChunkError) as caught:
            heard_blocks(slices)
        assert "`bytes: pcm_s16le` and `rate: 24000`" in str(caught.value)
        assert '(rate, numpy.frombuffer(chunk, "int16"))' in str(caught.value)


@pytest.mark.parametrize("options", [(), ("-c:a", "alac")])
def test_an_index_at_the_end_is_told_at_once(options: tuple[str, ...]) -> None:
    """A whole m4a is decoded; slices of one whose index is last are refused by the first that shows it."""
    data = encoded(SOURCE, "m4a", *options)
    assert np.array_equal(heard([data]), by_path(data))
    with pytest.raises(ChunkError, match=r"^chunk 1 \(1000 bytes\) is the beginning of an mp4 whose index"):
        heard_blocks(sliced(data, 1_000))


PACKETS = {"ALAC": "alac", "Opus": "libopus", "MP3": "libmp3lame"}


@pytest.mark.parametrize("codec", PACKETS.values(), ids=PACKETS)
def test_a_table_of_packets_at_the_end_is_told_at_once(codec: str) -> None:
    """A whole CAF is decoded, and slices of one whose table comes first; others are refused at the first."""
    data = encoded(SOURCE, "caf", "-c:a", codec)
    expected = by_path(data)
    assert np.array_equal(heard([data]), expected)
    at, table = data.index(b"data"), data.index(b"pakt")
    first = data[:at] + data[table:] + data[at:table]
    for size in (10**9, 4_096, 777, 10):
        assert np.array_equal(heard(sliced(first, size)), expected)
    with pytest.raises(ChunkError, match=r"^chunk 1 \(1000 bytes\) is the beginning of a caf whose table"):
        heard_blocks(sliced(data, 1_000))


@pytest.mark.parametrize("options", [("-ac", "6"), ("-ar", "7000")], ids=["channels", "rate"])
def test_a_wavpack_that_must_be_whole_says_so(options: tuple[str, ...]) -> None:
    """One that FFmpeg has to go back in is decoded whole, and its first slice is refused."""
    data = encoded(SOURCE, "wv", *options)
    assert np.array_equal(heard([data]), by_path(data))
    assert np.array_equal(heard([data[:20], data[20:]]), by_path(data))
    for size, number in ((1_000, 1), (20, 2)):
        with pytest.raises(ChunkError, match=rf"^chunk {number} .* is the beginning of a wavpack with more"):
            heard_blocks(sliced(data, size))


def test_slices_of_one_wavpack_block() -> None:
    """Each block begins like the file, and only that of sample 0 is another file; a tag is not heard."""
    data = file_of("wavpack", seconds=3)
    places = [0]
    list(ElementWalker(measure_wavpack, seen=lambda one: places.append(places[-1] + one.size)).feed(data))
    slices = [data[start:end] for start, end in pairwise(places)]
    assert len(slices) > 3
    assert slices[-1].startswith(b"APETAGEX")
    assert np.array_equal(heard(slices), by_path(data))
    assert np.array_equal(heard(slices * 2), np.tile(by_path(data), 2))
    with pytest.raises(ChunkError, match="is followed by another wavpack in the same bytes"):
        heard_blocks([data[: places[-2]] * 2])


@pytest.mark.parametrize("form", ["aac", "mpeg-ts", "m2ts"])
def test_a_recording_that_begins_within_a_frame(form: str) -> None:
    """What comes before the first whole frame or packet is left out and counted; the rest is exact."""
    data = (encoded(SOURCE, "m2ts", "-c:a", "aac") if form == "m2ts" else file_of(form))[100:]
    expected = by_path(data)
    for size in (10**9, 4_096, 1_000):
        remarks: list[str] = []
        assert np.array_equal(joined(heard_blocks(sliced(data, size), remarks=remarks)), expected)
        assert len(remarks) == 1
        assert re.search(r"\d+ bytes of its [\w-]+ file are not", remarks[0])


@pytest.mark.parametrize("form", ["aac", "mp2", "mp3", "opus", "webm", "mpeg-ts", "fragmented mp4"])
def test_an_end_within_an_element_is_told(form: str) -> None:
    """A file that breaks off is heard as far as it goes, and the log says so."""
    data = file_of(form)
    remarks: list[str] = []
    line = joined(heard_blocks(sliced(data[: len(data) * 2 // 3 + 50], 1_000), remarks=remarks))
    assert line.shape[1] > COUNT // 3
    assert any("left out" in remark for remark in remarks)


MEASURES = {"aac": measure_adts, "mp2": measure_layer_2, "opus": measure_ogg, "mpeg-ts": measure_ts}


@pytest.mark.parametrize("form", ["aac", "mp2", "mp3", "opus", "mpeg-ts"])
def test_garbage_between_elements_is_told(form: str) -> None:
    """Bytes that are not part of a file are left out and counted; many of them are an error."""
    data = file_of(form)
    remarks: list[str] = []
    places = [0]
    walker = ElementWalker(
        MEASURES.get(form, measure_id3),
        seen=lambda element: places.append(places[-1] + element.size),
    )
    list(walker.feed(data))
    at = places[len(places) // 2] if form != "mp3" else len(data) - 1
    junk = b"\x01\x02\x03" * 100
    line = joined(heard_blocks(sliced(data[:at] + junk + data[at:], 900), remarks=remarks))
    assert line.shape[1] >= by_path(data).shape[1] - 1_152
    assert len(remarks) == 1
    assert "left out" in remarks[0]
    with pytest.raises(ChunkError, match=r"more than 4096 bytes in a row that are not|contains no mp3 frame"):
        heard_blocks(sliced(data[:at] + junk * 20 + data[at:], 900))


@pytest.mark.parametrize("form", SLICED)
def test_samples_come_with_their_slice(form: str) -> None:
    """Of half a file the sound is heard, except for a page or a few frames that the container holds back."""
    data = file_of(form, seconds=4)
    decoder = BytesDecoder(raw=None, warn=lambda _: None)
    heard_s = 0.0
    for data_slice in sliced(data[: len(data) // 2], 500):
        for block in decoder.feed(Chunk(number=1, data=data_slice)):
            heard_s += block.samples.shape[1] / block.rate_hz
    decoder.close()
    assert heard_s > (0.8 if form == "flac" else 1.0)


@pytest.mark.parametrize("form", ["opus", "webm", "fragmented mp4", "mpeg-ts"])
@pytest.mark.parametrize("way", ["closed", "abandoned", "damaged", "finished"])
def test_no_thread_is_left(form: str, way: str) -> None:
    """However a stream ends, also while its blocks are waited for, its thread has ended."""
    before = threading.active_count()
    data = file_of(form)
    decoder = BytesDecoder(raw=None, warn=lambda _: None)
    slices = iter(sliced(data, 500))
    while True:
        blocks = decoder.feed(Chunk(number=1, data=next(slices)))
        if next(blocks, None) is not None:
            break
    if way == "finished":
        list(decoder.finish())
    elif way == "damaged":
        with contextlib.suppress(ChunkError):
            list(decoder.feed(Chunk(number=2, data=bytes(20_000))))
        decoder.close()
    elif way == "abandoned":
        del blocks
    decoder.close()
    decoder.close()
    assert threading.active_count() == before
