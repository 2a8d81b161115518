"""Builds the sample tables of a progressive file's track: durations, sizes and offsets of its samples.

Source: ISO/IEC 14496-12, section 8.6 (stts, ctts, stss) and 8.7 (stsz, stsc, stco).
"""

import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from itertools import groupby

from gradstream.media.mp4.boxes import full_box

_MAX_SHORT = 2**32 - 1
"""The largest offset in a file that fits in `stco`."""


def sample_table(
    *,
    durations: Iterable[int],
    sizes: Sequence[int],
    offsets: Sequence[int],
    keys: Sequence[int],
    counts: Sequence[int],
    chunk_offsets: Sequence[int],
) -> bytes:
    """Return the boxes for these samples, which form chunks of `counts` samples at `chunk_offsets`.

    `offsets` are composition time offsets, none of them negative; `keys` are the numbers of the sync
    samples. Both are empty for audio.
    """
    tables = [_run_lengths(b"stts", durations)]
    if any(offsets):
        tables.append(_run_lengths(b"ctts", offsets))
    if keys and len(keys) < len(sizes):
        tables.append(_list(b"stss", keys))
    tables.append(full_box(b"stsz", struct.pack(">II", 0, len(sizes)), _packed(sizes)))
    tables.append(_chunk_counts(counts))
    is_long = bool(chunk_offsets) and chunk_offsets[-1] > _MAX_SHORT
    tables.append(_list(b"co64", chunk_offsets, form="Q") if is_long else _list(b"stco", chunk_offsets))
    return b"".join(tables)


def _run_lengths(kind: bytes, values: Iterable[int]) -> bytes:
    runs = [(sum(1 for _ in group), value) for value, group in groupby(values)]
    return full_box(kind, struct.pack(">I", len(runs)), _packed([number for run in runs for number in run]))


def _chunk_counts(counts: Sequence[int]) -> bytes:
    """Return the `stsc` box: an entry for each change of the number of samples per chunk."""
    rows: list[int] = []
    for index, count in enumerate(counts):
        if index == 0 or count != counts[index - 1]:
            rows += (index + 1, count, 1)  # first_chunk, samples_per_chunk, sample_description_index
    return full_box(b"stsc", struct.pack(">I", len(rows) // 3), _packed(rows))


def _list(kind: bytes, numbers: Sequence[int], *, form: str = "I") -> bytes:
    return full_box(kind, struct.pack(">I", len(numbers)), _packed(numbers, form=form))


def _packed(numbers: Iterable[int], *, form: str = "I") -> bytes:
    packed = array(form, numbers)
    if sys.byteorder == "little":
        packed.byteswap()
    return packed.tobytes()
