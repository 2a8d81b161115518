"""Real streams of sound, as a worker makes them."""

from functools import cache

import numpy as np
from msgspec import Struct

from gradstream.events.types import SegmentAdded, StreamBegun
from gradstream.ipc.protocol import INIT_INDEX, StreamPart
from gradstream.media.audio.stream import AudioStream
from gradstream.media.types import AudioOptions, Chunk, Codec, InitSegment, MediaSegment
from tests.unit.played_engine import PlayedSlot

RATE_HZ = 44100


class Sung(Struct):
    """What an encoder has made: a head, and fragments."""

    heads: list[InitSegment]
    fragments: list[MediaSegment]

    def open(self, head: InitSegment) -> None:
        """Take the head."""
        self.heads.append(head)

    def put(self, fragment: MediaSegment) -> None:
        """Take the next fragment."""
        self.fragments.append(fragment)

    @property
    def data(self) -> bytes:
        """Everything, joined."""
        return self.heads[0].init + b"".join(one.data for one in self.fragments)

    def begin(self, slot: PlayedSlot, output: str = "sound") -> None:
        """Send the head as a worker does."""
        head = self.heads[0]
        slot.sink.part(StreamPart(slot.order.run, output, INIT_INDEX, 0.0, head.longest_s, head.init))
        slot.tell(StreamBegun(output=output, mime=head.mime, timescale=head.timescale))

    def send(self, slot: PlayedSlot, index: int, output: str = "sound") -> None:
        """Send a fragment as a worker does."""
        one = self.fragments[index]
        start_s, duration_s = one.start_s, one.duration_s
        slot.sink.part(StreamPart(slot.order.run, output, index, start_s, duration_s, one.data))
        slot.tell(
            SegmentAdded(output=output, index=index, start_s=start_s, duration_s=duration_s, peaks=one.peaks)
        )

    def send_all(self, slot: PlayedSlot) -> None:
        """Send everything as a worker does."""
        self.begin(slot)
        for index in range(len(self.fragments)):
            self.send(slot, index)


@cache
def sing(seconds: int, codec: Codec = "flac") -> Sung:
    """Return a sine of so many seconds, yielded a second at a time."""
    sung = Sung([], [])
    stream = AudioStream(AudioOptions(codec=codec), sink=sung)
    for number in range(seconds):
        moments = np.arange(number * RATE_HZ, (number + 1) * RATE_HZ) / RATE_HZ
        samples = (0.5 * np.sin(2 * np.pi * 440 * moments)).astype(np.float32)
        stream.add(Chunk(number=number + 1, samples=samples, rate_hz=RATE_HZ))
    stream.finish()
    stream.close()
    return sung
