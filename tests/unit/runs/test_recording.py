"""Finished runs as recordings, and recordings as finished runs."""

from pathlib import Path

from msgspec import json

from gradstream.events.types import Set
from gradstream.format.gate import CLOSED, Gate, proof_of
from gradstream.format.types import Input
from gradstream.ipc.protocol import Ending
from gradstream.recordings.reader import read_recording
from gradstream.recordings.writer import write_recording
from gradstream.runs.caller import Caller
from gradstream.runs.recording import content_of, record_of
from tests.unit.runs.recorded_house import make_house


async def test_a_run_comes_back_whole(tmp_path: Path) -> None:
    """State, big values, streams, segments and download sources are those of the run, byte for byte."""
    async with make_house(tmp_path / "one") as house:
        run = await house.sing()
        content = content_of(house.stored(run), {"words": "la"})
        write_recording(content, tmp_path / "run.zip", max_bytes=10**6)
        before = await house.seen(run)
    recording = read_recording(tmp_path / "run.zip", max_bytes=10**6)
    async with make_house(tmp_path / "two") as other:
        restored = await other.service.restore(recording, record_of(recording.manifest))
        assert restored is not None
        found = await other.runs.find(run.record.id, Caller())
        assert found is not None
        assert await other.seen(found) == before
        assert found.record.created_at == run.record.created_at
        assert (await found.latest()).is_over
        await found.stop("visitor")


async def test_what_is_secret_stays_out(tmp_path: Path) -> None:
    """A recording has no password, no path of this machine, no source and no constants."""
    fields = (
        Input(name="key", kind="text", label="Key", options={"password": True}),
        Input(name="photo", kind="image", label="Photo"),
    )
    async with make_house(tmp_path) as house:
        run = await house.start(inputs_of_demo=fields)
        house.slot.tell(Set(output="text", value="done"))
        house.slot.end(Ending())
        photo = {"path": "/srv/uploads/1", "name": "me.png", "mime": "image/png"}
        manifest = content_of(house.stored(run), {"key": "hush", "photo": photo, "some": [photo]}).manifest
    shown = {"name": "me.png", "mime": "image/png"}
    assert manifest.inputs == {"photo": shown, "some": [shown]}
    written = json.encode(manifest).decode()
    assert "hush" not in written
    assert "/srv" not in written
    assert str(tmp_path) not in written


async def test_who_was_let_in_is_in_no_recording(tmp_path: Path) -> None:
    """The run of a guarded demo that is gone is for nobody; its users are written nowhere."""
    gate = Gate(users={"ada": proof_of("correct horse")}, token=proof_of("0123456789abcdef"))
    async with make_house(tmp_path) as house:
        run = await house.sing(gate=gate)
        manifest = content_of(house.stored(run), {}).manifest
        other = await house.sing()
        assert record_of(content_of(house.stored(other), {}).manifest).demo.gate is None
    assert record_of(manifest).demo.gate == CLOSED
    assert b"ada" not in json.encode(manifest)
