"""One passage of sound, its rate and layout unchanging, becomes another rate and layout.

    feed(samples) … -> samples …      end(wanted) -> the rest, so that all together are `wanted`

FFmpeg's resampler looks 16 samples around itself, and at an edge has nothing to look at: it clicks. So the
passage is continued beyond both edges as it might have gone on, and what comes of that is cut off.
"""

import av
import numpy as np
from av.error import BlockingIOError as NothingYetError
from av.error import EOFError as NothingMoreError
from av.filter import Graph

from gradstream.media.audio.extrapolation import CONTEXT, extrapolate
from gradstream.media.audio.pcm import LAYOUTS, Samples

_REACH = 32
"""Samples of the lower rate that the filter may look at on one side: 16, and as many again."""

_EDGES = 512
"""Lengths of edges to choose from. An edge should be a whole number of samples in both rates, so that nothing
moves; usual rates have such a one among these, and odd ones come within a thousandth of a sample.
"""


class Resampler:
    """Converts a passage, exact in length; mixes by FFmpeg's matrix, without getting louder."""

    def __init__(self, rate_hz: int, layout: str, *, to_rate_hz: int, to_channels: int) -> None:
        """Begin a passage; `layout` is one of MIXED_LAYOUTS."""
        self._rate_hz = rate_hz
        self._layout = layout
        self._to_channels = to_channels
        self._edge, self._to_drop = _edge(rate_hz, to_rate_hz)
        self._context = CONTEXT if self._edge else 1
        self._graph = _graph(rate_hz, layout, to_rate_hz, LAYOUTS[to_channels])
        self._head: list[Samples] = []
        self._heads = 0
        self._tail: Samples | None = None
        self._told = 0

    def feed(self, samples: Samples) -> Samples:
        """Take samples and return those that are ready."""
        if self._tail is None:
            self._head.append(samples)
            self._heads += samples.shape[1]
            return self._begin() if self._heads >= self._context else self._nothing()
        self._remember(samples)
        return self._tell(self._convert(samples))

    def end(self, wanted: int) -> Samples:
        """Return the rest of `wanted` samples; nothing can follow."""
        first = self._begin() if self._tail is None and self._heads else self._nothing()
        parts = [first]
        if self._tail is not None:
            beyond = extrapolate(self._tail, self._edge)
            parts += [self._tell(self._convert(beyond)), self._tell(self._convert(None))]
        rest = np.concatenate(parts, axis=1)
        missing = wanted - (self._told - rest.shape[1]) - rest.shape[1]
        if missing > 0 and rest.shape[1]:
            # Between odd rates FFmpeg's last sample may fall on either side.
            return np.pad(rest, ((0, 0), (0, missing)), mode="edge")
        return rest[:, : rest.shape[1] + missing] if missing < 0 else rest

    def _begin(self) -> Samples:
        samples = np.concatenate(self._head, axis=1)
        self._head.clear()
        self._remember(samples)
        before = extrapolate(samples[:, self._context - 1 :: -1], self._edge)[:, ::-1]
        return self._tell(self._convert(np.concatenate((before, samples), axis=1)))

    def _remember(self, samples: Samples) -> None:
        old = samples[:, :0] if self._tail is None else self._tail
        self._tail = np.concatenate((old, samples[:, -self._context :]), axis=1)[:, -self._context :]

    def _convert(self, samples: Samples | None) -> Samples:
        if samples is None:
            self._graph.push(None)
        elif samples.shape[1]:
            packed = samples.T.reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=self._layout)
            frame.sample_rate = self._rate_hz
            frame.pts = None
            self._graph.push(frame)
        parts: list[Samples] = []
        while True:
            try:
                pulled = self._graph.pull()
            except (NothingYetError, NothingMoreError):
                break
            if isinstance(pulled, av.AudioFrame):
                parts.append(pulled.to_ndarray().astype(np.float32, copy=False))
        return np.concatenate(parts, axis=1) if parts else self._nothing()

    def _tell(self, samples: Samples) -> Samples:
        dropped = min(self._to_drop, samples.shape[1])
        self._to_drop -= dropped
        self._told += samples.shape[1] - dropped
        return samples[:, dropped:]

    def _nothing(self) -> Samples:
        return np.zeros((self._to_channels, 0), np.float32)


def _edge(rate_hz: int, to_rate_hz: int) -> tuple[int, int]:
    """Return how long an edge is, in samples of both rates; 0 where nothing is filtered."""
    if rate_hz == to_rate_hz:
        return 0, 0
    least = _REACH * max(1, -(-rate_hz // to_rate_hz))

    def missed(edge: int) -> int:
        return abs((edge * to_rate_hz + rate_hz // 2) % rate_hz - rate_hz // 2)

    edge = min(range(least, least + _EDGES), key=missed)
    return edge, round(edge * to_rate_hz / rate_hz)


def _graph(rate_hz: int, layout: str, to_rate_hz: int, to_layout: str) -> Graph:
    graph = Graph()
    # A graph of one filter needs no helper threads.
    graph.threads = 1
    source = graph.add(
        "abuffer",
        sample_rate=str(rate_hz),
        sample_fmt="flt",
        channel_layout=layout,
        time_base=f"1/{rate_hz}",
    )
    convert = graph.add(
        "aresample",
        None,
        in_chlayout=layout,
        out_chlayout=to_layout,
        out_sample_rate=str(to_rate_hz),
        out_sample_fmt="fltp",
        # Else a float mix may be louder than its loudest part.
        rematrix_maxval="1.0",
    )
    sink = graph.add("abuffersink")
    graph.link_nodes(source, convert, sink).configure()
    return graph
