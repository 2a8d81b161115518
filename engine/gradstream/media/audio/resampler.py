"""Converts audio of constant rate and layout to another rate and layout.

    feed(samples) … -> samples …      end(wanted) -> the rest, `wanted` samples in total

FFmpeg's resampler looks 16 samples around each sample; at an edge there is nothing to look at, and it
clicks. So the input is extrapolated beyond both edges, and the corresponding output is cut off.
"""

import av
import numpy as np
from av.error import BlockingIOError as NothingYetError
from av.error import EOFError as NothingMoreError
from av.filter import Graph

from gradstream.media.audio.extrapolation import CONTEXT, extrapolate
from gradstream.media.audio.pcm import LAYOUTS, Samples

_REACH = 32
"""Samples of the lower rate that the filter may look at on one side: 16, with a margin of the same size."""

_EDGES = 512
"""Number of edge lengths to choose from. An edge should be a whole number of samples in both rates, so that
nothing is shifted; usual rates have one among these, odd ones come within a thousandth of a sample.
"""


class Resampler:
    """Converts with exact length; mixes channels by FFmpeg's matrix, without raising the level."""

    def __init__(self, rate_hz: int, layout: str, *, to_rate_hz: int, to_channels: int) -> None:
        """Start a conversion; `layout` is one of MIXED_LAYOUTS."""
        self._rate_hz = rate_hz
        self._layout = layout
        self._to_channels = to_channels
        self._edge, self._to_drop = _edge(rate_hz, to_rate_hz)
        self._context = CONTEXT if self._edge else 1
        self._graph = _graph(rate_hz, layout, to_rate_hz, LAYOUTS[to_channels])
        self._head: list[Samples] = []
        self._head_length = 0
        self._tail: Samples | None = None
        self._emitted = 0

    def feed(self, samples: Samples) -> Samples:
        """Convert samples, and return those that are ready."""
        if self._tail is None:
            self._head.append(samples)
            self._head_length += samples.shape[1]
            return self._start() if self._head_length >= self._context else self._no_samples()
        self._remember(samples)
        return self._emit(self._convert(samples))

    def end(self, wanted: int) -> Samples:
        """Return the rest, so that there are `wanted` samples in total; nothing can follow."""
        first = self._start() if self._tail is None and self._head_length else self._no_samples()
        blocks = [first]
        if self._tail is not None:
            beyond = extrapolate(self._tail, self._edge)
            blocks += [self._emit(self._convert(beyond)), self._emit(self._convert(None))]
        rest = np.concatenate(blocks, axis=1)
        missing = wanted - self._emitted
        if missing > 0 and rest.shape[1]:
            # Between odd rates FFmpeg may return one sample less or more.
            return np.pad(rest, ((0, 0), (0, missing)), mode="edge")
        return rest[:, : rest.shape[1] + missing] if missing < 0 else rest

    def _start(self) -> Samples:
        samples = np.concatenate(self._head, axis=1)
        self._head.clear()
        self._remember(samples)
        before = extrapolate(samples[:, self._context - 1 :: -1], self._edge)[:, ::-1]
        return self._emit(self._convert(np.concatenate((before, samples), axis=1)))

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
        blocks: list[Samples] = []
        while True:
            try:
                pulled = self._graph.pull()
            except (NothingYetError, NothingMoreError):
                break
            if isinstance(pulled, av.AudioFrame):
                blocks.append(pulled.to_ndarray().astype(np.float32, copy=False))
        return np.concatenate(blocks, axis=1) if blocks else self._no_samples()

    def _emit(self, samples: Samples) -> Samples:
        dropped = min(self._to_drop, samples.shape[1])
        self._to_drop -= dropped
        self._emitted += samples.shape[1] - dropped
        return samples[:, dropped:]

    def _no_samples(self) -> Samples:
        return np.zeros((self._to_channels, 0), np.float32)


def _edge(rate_hz: int, to_rate_hz: int) -> tuple[int, int]:
    """Return the length of an edge in samples of both rates; 0 where no filter is needed."""
    if rate_hz == to_rate_hz:
        return 0, 0
    shortest = _REACH * max(1, -(-rate_hz // to_rate_hz))

    def deviation(edge: int) -> int:
        return abs((edge * to_rate_hz + rate_hz // 2) % rate_hz - rate_hz // 2)

    edge = min(range(shortest, shortest + _EDGES), key=deviation)
    return edge, round(edge * to_rate_hz / rate_hz)


def _graph(rate_hz: int, layout: str, to_rate_hz: int, to_layout: str) -> Graph:
    graph = Graph()
    # A graph of one filter does not need helper threads.
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
        # Otherwise a mix of floats may exceed the level of its inputs.
        rematrix_maxval="1.0",
    )
    sink = graph.add("abuffersink")
    graph.link_nodes(source, convert, sink).configure()
    return graph
