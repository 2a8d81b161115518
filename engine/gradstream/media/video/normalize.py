"""Normalizes decoded frames: upright, progressive, square pixels, even sides, 4:2:0 with 8 bits.

    VideoFrame of any input_format --[premultiply] [bwdif] [transpose] [scale] [pad] format--> yuv420p

Frames that already are like that pass through unchanged. What is transparent is blended with black.
"""

from collections.abc import Iterator
from fractions import Fraction

from av.error import BlockingIOError as NothingYet
from av.error import EOFError as NothingMore
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from msgspec import Struct

_TURNS = {90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}
"""FFmpeg's filters by rotation in degrees, counterclockwise."""

_FULL_RANGE = 2
"""AVColorRange of frames whose luma uses all 256 values, which H.264 on the web does not."""

_RGB = 0
"""AVColorSpace of frames that are not in luma and chroma."""


class FrameGeometry(Struct, frozen=True, kw_only=True):
    """A clip's rotation in degrees counterclockwise, whether it is interlaced, and its pixel aspect ratio."""

    rotation: int = 0
    is_interlaced: bool = False
    aspect: Fraction = Fraction(1)


class _InputFormat(Struct, frozen=True):
    """The format that a filter graph is made for; frames of another format need another graph."""

    width: int
    height: int
    format: str
    color_space: int
    color_range: int


class FrameNormalizer:
    """Normalizes the frames of a clip in order; `finish` yields what is held back."""

    def __init__(self, geometry: FrameGeometry) -> None:
        self._geometry = geometry
        self._format: _InputFormat | None = None
        self._graph: Graph | None = None

    def normalize(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """Yield the frames that are ready; the format of a clip may change on the way."""
        input_format = _input_format(frame)
        if input_format != self._format:
            yield from self.finish()
            filters = _filters(input_format, self._geometry)
            self._graph = _graph(input_format, filters, frame, self._geometry.aspect) if filters else None
            self._format = input_format
        if self._graph is None:
            yield frame
            return
        self._graph.vpush(frame)
        yield from self._pull(self._graph)

    def finish(self) -> Iterator[VideoFrame]:
        """Yield what is held back, at the end or before a change of format."""
        graph, self._graph, self._format = self._graph, None, None
        if graph is not None:
            graph.vpush(None)
            yield from self._pull(graph)

    def _pull(self, graph: Graph) -> Iterator[VideoFrame]:
        while True:
            try:
                yield graph.vpull()
            except (NothingYet, NothingMore):
                return


def _input_format(frame: VideoFrame) -> _InputFormat:
    space, color_range = int(frame.colorspace), int(frame.color_range)
    return _InputFormat(frame.width, frame.height, frame.format.name, space, color_range)


def _filters(source: _InputFormat, geometry: FrameGeometry) -> list[str]:
    has_alpha = _has_alpha(source.format)
    filters = ["format=gbrap", "premultiply=inplace=1"] if has_alpha else []
    if geometry.is_interlaced:
        filters.append("bwdif=mode=send_frame")
    if geometry.aspect != 1:
        filters.append(f"scale=w={_even(source.width * geometry.aspect)}:h=ih,setsar=1")
    if source.format != "yuv420p" or source.color_range == _FULL_RANGE:
        is_rgb = (
            has_alpha or source.color_space == _RGB or source.format.startswith(("rgb", "bgr", "gbr", "pal"))
        )
        matrix = ":out_color_matrix=bt709" if is_rgb else ""
        filters.append(f"scale=out_range=tv{matrix},format=yuv420p")
    filters.extend(_TURNS.get(geometry.rotation, ()))
    if source.width % 2 or source.height % 2:
        filters.append("pad=w=ceil(iw/2)*2:h=ceil(ih/2)*2")
    return filters


def _has_alpha(name: str) -> bool:
    """Return whether a pixel format has transparency, in a channel or in a palette."""
    pixels = VideoFormat(name)
    return pixels.has_palette or any(component.is_alpha for component in pixels.components)


def _even(width: Fraction) -> int:
    return max(2, 2 * round(width / 2))


def _graph(source: _InputFormat, filters: list[str], frame: VideoFrame, aspect: Fraction) -> Graph:
    base = Fraction(frame.time_base or 1)
    arguments = (
        f"video_size={source.width}x{source.height}:pix_fmt={source.format}"
        f":time_base={base.numerator}/{base.denominator}"
        f":pixel_aspect={aspect.numerator}/{aspect.denominator}"
        f":colorspace={source.color_space}:range={source.color_range}"
    )
    graph = Graph()
    nodes = [graph.add("buffer", arguments)]
    for each in ",".join(filters).split(","):
        name, _, options = each.partition("=")
        nodes.append(graph.add(name, options))
    nodes.append(graph.add("buffersink"))
    graph.link_nodes(*nodes)
    graph.configure()
    return graph
