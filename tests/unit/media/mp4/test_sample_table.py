"""A finished track's tables say each thing once."""

from array import array

from gradstream.media.mp4.fragment_reader import boxes_in
from gradstream.media.mp4.sample_table import sample_table


def _numbers(payload: bytes, *, form: str = "I") -> list[int]:
    """Return a box's numbers, after version and flags; `form` is that of an array."""
    numbers = array(form, payload)
    numbers.byteswap()
    return list(numbers)


def test_tables() -> None:
    """Durations, offsets and chunks are run-length encoded; sizes and key frames are listed one by one."""
    table = sample_table(
        durations=[5, 5, 5, 4],
        sizes=[10, 20, 30, 40],
        offsets=[2, 0, 0, 1],
        keys=[1, 4],
        counts=[1, 1, 2],
        chunk_offsets=[100, 200, 300],
    )
    emitted = {kind: _numbers(payload)[1:] for kind, payload in boxes_in(table)}
    assert emitted == {
        b"stts": [2, 3, 5, 1, 4],
        b"ctts": [3, 1, 2, 2, 0, 1, 1],
        b"stss": [2, 1, 4],
        b"stsz": [0, 4, 10, 20, 30, 40],
        b"stsc": [2, 1, 1, 1, 3, 2, 1],
        b"stco": [3, 100, 200, 300],
    }


def test_sound_needs_less() -> None:
    """Without reordering there is no table of offsets, and none of keys where one can begin anywhere."""
    table = sample_table(durations=[5], sizes=[10], offsets=[], keys=[], counts=[1], chunk_offsets=[0])
    assert [kind for kind, _ in boxes_in(table)] == [b"stts", b"stsz", b"stsc", b"stco"]
    table = sample_table(durations=[5], sizes=[10], offsets=[0], keys=[1], counts=[1], chunk_offsets=[0])
    assert [kind for kind, _ in boxes_in(table)] == [b"stts", b"stsz", b"stsc", b"stco"]


def test_places_beyond_4_gib() -> None:
    """A file of more than 4 GiB has places of 64 bits."""
    table = sample_table(
        durations=[5, 5], sizes=[1, 1], offsets=[], keys=[], counts=[1, 1], chunk_offsets=[40, 2**32 + 1]
    )
    (places,) = [payload for kind, payload in boxes_in(table) if kind == b"co64"]
    assert _numbers(places[8:], form="Q") == [40, 2**32 + 1]
