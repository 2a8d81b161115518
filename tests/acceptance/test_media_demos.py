"""The demos of sound and video, run through the API: whole streams, exact to the sample and to the frame."""

import io
import json
import wave
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import Any

import av
import httpx
import numpy as np
import pytest

from tests.conftest import Server
from tests.patience import PATIENCE_S

Event = dict[str, Any]

SESSION = {"X-Gradstream-Session": "a-listener"}
RATE_HZ = 48_000
ENDS = frozenset({"succeeded", "failed", "canceled"})


class Visit:
    """A run that a visitor has started."""

    def __init__(self, server: Server, demo: str, inputs: dict[str, Any], **more: Any) -> None:
        wish = {"inputs": inputs, "accept": ["flac"], **more}
        answer = httpx.post(
            f"{server.url}/api/demos/{demo}/runs", json=wish, headers=SESSION, timeout=PATIENCE_S
        )
        assert answer.status_code == 201, answer.text
        self.url = f"{server.url}/api/runs/{answer.json()['run']}"

    def events(self) -> Iterator[Event]:
        """Yield the run's events until its last."""
        headers = {"Accept": "text/event-stream"}
        with httpx.stream("GET", f"{self.url}/events", headers=headers, timeout=PATIENCE_S) as answer:
            kind = ""
            for line in answer.iter_lines():
                name, _, text = line.partition(": ")
                if name == "event":
                    kind = text
                elif name == "data":
                    yield {"type": kind, **json.loads(text)}

    def finish(self) -> list[Event]:
        """Wait until the run has succeeded and return its events."""
        events = list(self.events())
        assert events[-1]["type"] == "succeeded", events[-1]
        return events

    def stop(self) -> None:
        """Stop the run."""
        assert httpx.delete(self.url, timeout=PATIENCE_S).status_code == 204

    def fetch(self, output: str, name: str) -> bytes:
        """Return a file of an output's stream."""
        answer = httpx.get(f"{self.url}/outputs/{output}/{name}", timeout=PATIENCE_S)
        assert answer.status_code == 200, answer.text
        return answer.content


def _segments(events: list[Event], output: str) -> list[Event]:
    """Return an output's segments, which follow one another without a gap."""
    segments = [each for each in events if each["type"] == "segment" and each["output"] == output]
    assert [each["index"] for each in segments] == list(range(len(segments)))
    for before, after in pairwise(segments):
        assert after["start_s"] == pytest.approx(before["start_s"] + before["duration_s"], abs=1e-5)
    return segments


def _samples(file: bytes) -> int:
    """Return how many samples a player hears."""
    with av.open(io.BytesIO(file), "r") as container:
        return sum(frame.samples for frame in container.decode(audio=0))


def _seam(file: bytes) -> float:
    """Return the sharpest bend of a curve in -1..1: the largest second difference of its samples."""
    with av.open(io.BytesIO(file), "r") as container:
        frames = [frame.to_ndarray().reshape(-1, 2).astype(float) for frame in container.decode(audio=0)]
    return float(np.abs(np.diff(np.concatenate(frames), n=2, axis=0)).max() / 2**15)


def _pictures(file: bytes) -> int:
    """Return how many pictures a player shows."""
    with av.open(io.BytesIO(file), "r") as container:
        return sum(1 for _ in container.decode(video=0))


def _upload(server: Server, name: str, data: bytes) -> dict[str, str]:
    """Send a visitor's file and return what stands for it in the inputs."""
    answer = httpx.post(
        f"{server.url}/api/uploads", files={"file": (name, data)}, headers=SESSION, timeout=PATIENCE_S
    )
    assert answer.status_code == 201, answer.text
    return {"file": answer.json()["file"]}


def _recording(duration_s: float) -> bytes:
    """Return a wav of a tone."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    samples = (8_000 * np.sin(2 * np.pi * 330 * time_s)).astype("<i2")
    target = io.BytesIO()
    with closing(wave.open(target, "wb")) as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())
    return target.getvalue()


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_files_of_a_second_are_heard_as_one_melody(own_demos: Server, kind: str) -> None:
    """Sixteen files are sixteen seconds, exact to the sample."""
    visit = Visit(own_demos, "stream_audio_files", {"kind": kind, "wait": 0})
    segments = _segments(visit.finish(), "music")
    assert sum(each["duration_s"] for each in segments) == pytest.approx(16)
    assert _samples(visit.fetch("music", "stream.mp4")) == 16 * RATE_HZ


def test_a_visitor_s_clip_takes_the_melody_s_place(own_demos: Server) -> None:
    """What was sent is cut up and played to its last sample."""
    clip = _upload(own_demos, "tone.wav", _recording(2.25))
    visit = Visit(own_demos, "stream_audio_files", {"clip": clip, "kind": "wav", "wait": 0})
    visit.finish()
    assert _samples(visit.fetch("music", "stream.mp4")) == 2.25 * RATE_HZ


def test_slices_of_an_mp3_are_heard_as_one_melody(own_demos: Server) -> None:
    """Slices that end anywhere lose nothing, and what a visitor takes away is an MP3."""
    visit = Visit(own_demos, "stream_audio_bytes", {"wait": 0})
    _segments(visit.finish(), "music")
    assert _samples(visit.fetch("music", "stream.mp4")) == pytest.approx(16 * RATE_HZ, abs=0.05 * RATE_HZ)
    with av.open(io.BytesIO(visit.fetch("music", "download.mp3")), "r") as file:
        assert file.format.name == "mp3"


@pytest.mark.parametrize(("kind", "effect"), [("mp4", "mirrored"), ("ts", "tinted")])
def test_a_film_keeps_every_picture(own_demos: Server, kind: str, effect: str) -> None:
    """Twelve seconds in six files are 288 pictures, with their sound."""
    visit = Visit(own_demos, "stream_video", {"effect": effect, "kind": kind, "seconds": 2})
    segments = _segments(visit.finish(), "film")
    film = visit.fetch("film", "stream.mp4")
    assert sum(each["duration_s"] for each in segments) == pytest.approx(12)
    assert _pictures(film) == 12 * 24
    assert _samples(film) == pytest.approx(12 * RATE_HZ, abs=2_048)


def test_a_visitor_s_film_is_tinted(own_demos: Server) -> None:
    """What one demo has made can be given to another."""
    made = Visit(own_demos, "keep_repeating", {"times": 1}, action="video")
    made.finish()
    clip = _upload(own_demos, "film.mp4", made.fetch("seen", "download.mp4"))
    visit = Visit(own_demos, "stream_video", {"clip": clip, "effect": "tinted", "kind": "mp4", "seconds": 1})
    visit.finish()
    assert _pictures(visit.fetch("film", "stream.mp4")) == 2 * 24


def test_an_echo_is_the_same_again_and_again(own_demos: Server) -> None:
    """Two times two seconds of sound, and of a film, are four."""
    heard = Visit(own_demos, "keep_repeating", {"times": 2}, action="sound")
    seen = Visit(own_demos, "keep_repeating", {"times": 2}, action="video")
    heard.finish()
    seen.finish()
    assert _samples(heard.fetch("heard", "stream.mp4")) == 4 * RATE_HZ
    assert _pictures(seen.fetch("seen", "stream.mp4")) == 4 * 24


def test_the_synth_goes_on_until_it_is_stopped(own_demos: Server) -> None:
    """Both outputs grow side by side; what was made before Stop stays, and plays without a click."""
    visit = Visit(own_demos, "synth", {"pitch": 220, "chord": "minor", "speed": 4})
    events: list[Event] = []
    going: set[str] = {"lights", "tones"}
    for event in visit.events():
        events.append(event)
        if event["type"] == "segment" and event["output"] in going and event["start_s"] > 0.5:
            going.remove(event["output"])
            if not going:
                visit.stop()
    assert events[-1]["type"] == "canceled"
    lights, tones = (_segments(events, output)[-1] for output in ("lights", "tones"))
    assert _pictures(visit.fetch("lights", "stream.mp4")) / 24 == pytest.approx(
        lights["start_s"] + lights["duration_s"]
    )
    heard = visit.fetch("tones", "stream.mp4")
    assert _samples(heard) / RATE_HZ == pytest.approx(tones["start_s"] + tones["duration_s"])
    # All partials of the highest note together bend 0.007; a phase that jumps between two chunks, a tenth.
    assert _seam(heard) < 0.02
