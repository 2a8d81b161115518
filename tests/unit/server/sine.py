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
    """What an encoder has made: an init segment, and media segments."""

    inits: list[InitSegment]
    segments: list[MediaSegment]

    def open(self, init: InitSegment) -> None:
        """Keep the init segment."""
        self.inits.append(init)

    def append(self, segment: MediaSegment) -> None:
        """Keep a media segment."""
        self.segments.append(segment)

    @property
    def data(self) -> bytes:
        """Everything, joined."""
        return self.inits[0].data + b"".join(one.data for one in self.segments)

    def begin(self, slot: PlayedSlot, output: str = "sound") -> None:
        """Send the init segment as a worker does."""
        init = self.inits[0]
        slot.sink.part(StreamPart(slot.order.run, output, INIT_INDEX, 0.0, init.longest_s, init.data))
        slot.tell(StreamBegun(output=output, mime=init.mime, timescale=init.timescale))

    def send(self, slot: PlayedSlot, index: int, output: str = "sound") -> None:
        """Send a media segment as a worker does."""
        one = self.segments[index]
        start_s, duration_s = one.start_s, one.duration_s
        slot.sink.part(StreamPart(slot.order.run, output, index, start_s, duration_s, one.data))
        slot.tell(
            SegmentAdded(output=output, index=index, start_s=start_s, duration_s=duration_s, peaks=one.peaks)
        )

    def send_all(self, slot: PlayedSlot) -> None:
        """Send everything as a worker does."""
        self.begin(slot)
        for index in range(len(self.segments)):
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
