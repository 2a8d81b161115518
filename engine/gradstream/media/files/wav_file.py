"""Gives a whole wav a header with true sizes: players differ in what they make of wrong ones.

    RIFF 0 WAVE fmt … data 0 samples --with_true_sizes--> RIFF size WAVE fmt … data size samples

Firefox refuses sizes of 0 and the 64-bit sizes of RF64; strict readers refuse every placeholder.
"""

from gradstream.media.audio.slices.wav_file import WavExtent
from gradstream.media.audio.slices.wav_header import is_wav, read_wav_header


def with_true_sizes(data: bytes) -> bytes:
    """Return the wav, with a new header unless its sizes are true. Raises ValueError with what is wrong.

    Samples that are missing, and bytes behind the samples that are not RIFF chunks, are wrong.
    """
    header = read_wav_header(data) if is_wav(data) else None
    if header is None:
        raise ValueError("ends within its header")
    extent = WavExtent(header)
    samples = extent.samples_of(data)
    problem = extent.find_excess() or extent.find_missing()
    if problem is not None:
        raise ValueError(problem)
    # A chunk of odd size is followed by one byte that is not counted.
    is_true = len(samples) == header.data_bytes and _size(data, 4) + 8 in (len(data), len(data) - 1)
    if data[:4] == b"RIFF" and is_true:
        return data
    body = (
        b"WAVE"
        + header.form
        + b"data"
        + len(samples).to_bytes(4, "little")
        + samples
        + b"\0" * (len(samples) % 2)
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _size(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
