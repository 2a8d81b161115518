"""Whole clips of files: what is shown is what a file was when it was yielded."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from gradstream.components.outputs.delivery import Encode
from gradstream.components.outputs.media import check_size
from gradstream.components.registry import output_kind
from gradstream.components.types import UnusableYieldError
from gradstream.limits import WORKER_LIMITS
from gradstream.media import snapshot
from tests.unit.components.fields import MemoryStore, output
from tests.unit.media.sounds import sine, wav
from tests.unit.media.videos import ClipForm, make_clip

FILES = {
    "audio": (wav(sine(44_100, 900), 44_100), wav(sine(44_100, 500), 44_100)),
    "video": (make_clip(ClipForm(count=9)), make_clip(ClipForm(count=5))),
}
"""A file, and another one that takes its place."""


@pytest.mark.parametrize("largest", [0, 2**20], ids=["too large to be copied", "copied"])
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_overwritten_is_shown_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, largest: int
) -> None:
    """However large it is."""
    monkeypatch.setattr(snapshot, "READ_AT_ONCE_BYTES", largest)
    of, store, path = replace(output(kind), updates="replace"), MemoryStore(), tmp_path / "it"
    delivery = output_kind(kind).delivery(of)
    assert isinstance(delivery, Encode)
    remarks: list[str] = []
    take = delivery.encoder.snapshots(of, remarks.append)
    first, second = FILES[kind]
    path.write_bytes(first)
    taken = take(str(path))
    path.write_bytes(second)
    delivery.encoder.compress(taken, of, store, exact=True, warn=remarks.append)
    assert [data for data, _ in store.kept] == [first]
    assert remarks == []


def test_the_largest_clip() -> None:
    """A clip of the greatest size may be sent; one byte more is an error that says what to do."""
    most = WORKER_LIMITS.clip_bytes
    check_size(most, most_bytes=most)
    with pytest.raises(UnusableYieldError) as caught:
        check_size(most + 1, most_bytes=most)
    assert str(caught.value) == (
        "the clip has 63MB; a whole clip may have 60MiB: "
        "yield it in shorter pieces, with `streaming: true` and `updates: append`"
    )
