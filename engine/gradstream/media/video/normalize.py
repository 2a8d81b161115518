"""Pictures as the encoder takes them: upright, progressive, square pixels, even sides, 4:2:0 with 8 bits.

    VideoFrame of any kind --[bwdif] [transpose] [scale] [pad] format--> VideoFrame (yuv420p)

What is so already goes through untouched.
"""

from collections.abc import Iterator
from fractions import Fraction

from av.error import BlockingIOError as NothingYet
from av.error import EOFError as NothingMore
from av.filter import Graph
from av.video.frame import VideoFrame
from msgspec import Struct

_TURNS = {90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}
"""FFmpeg's filters for degrees against the clock."""

_FULL_RANGE = 2
"""AVColorRange of pictures whose luma uses all 256 values; H.264 for the web does not."""

_RGB = 0
"""AVColorSpace of pictures that are not in luma and chroma."""


class FrameGeometry(Struct, frozen=True, kw_only=True):
    """How a clip's pictures lie: degrees against the clock, fields, and a pixel's width by its height."""

    rotation: int = 0
    is_interlaced: bool = False
    aspect: Fraction = Fraction(1)


class _Kind(Struct, frozen=True):
    """What a filter graph is made for; pictures of another kind need another graph."""

    width: int
    height: int
    format: str
    color_space: int
    color_range: int


class FrameNormalizer:
    """Gives each picture of a clip the encoder's shape, in order; `finish` for what is held back."""

    def __init__(self, shape: FrameGeometry) -> None:
        self._shape = shape
        self._kind: _Kind | None = None
        self._graph: Graph | None = None

    def shape(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """Yield pictures that are ready; a clip that changes its size on the way is followed."""
        kind = _kind_of(frame)
        if kind != self._kind:
            yield from self.finish()
            filters = _filters(kind, self._shape)
            self._graph = _graph(kind, filters, frame, self._shape.aspect) if filters else None
            self._kind = kind
        if self._graph is None:
            yield frame
            return
        self._graph.vpush(frame)
        yield from self._pull(self._graph)

    def finish(self) -> Iterator[VideoFrame]:
        """Yield what is held back; nothing follows, or something of another kind."""
        graph, self._graph, self._kind = self._graph, None, None
        if graph is not None:
            graph.vpush(None)
            yield from self._pull(graph)

    def _pull(self, graph: Graph) -> Iterator[VideoFrame]:
        while True:
            try:
                yield graph.vpull()
            except (NothingYet, NothingMore):
                return


def _kind_of(frame: VideoFrame) -> _Kind:
    space, color_range = int(frame.colorspace), int(frame.color_range)
    return _Kind(frame.width, frame.height, frame.format.name, space, color_range)


def _filters(kind: _Kind, shape: FrameGeometry) -> list[str]:
    filters = []
    if shape.is_interlaced:
        filters.append("bwdif=mode=send_frame")
    if shape.aspect != 1:
        filters.append(f"scale=w={_even(kind.width * shape.aspect)}:h=ih,setsar=1")
    if kind.format != "yuv420p" or kind.color_range == _FULL_RANGE:
        is_rgb = kind.color_space == _RGB or kind.format.startswith(("rgb", "bgr", "gbr", "pal"))
        matrix = ":out_color_matrix=bt709" if is_rgb else ""
        filters.append(f"scale=out_range=tv{matrix},format=yuv420p")
    filters.extend(_TURNS.get(shape.rotation, ()))
    if kind.width % 2 or kind.height % 2:
        filters.append("pad=w=ceil(iw/2)*2:h=ceil(ih/2)*2")
    return filters


def _even(width: Fraction) -> int:
    return max(2, 2 * round(width / 2))


def _graph(kind: _Kind, filters: list[str], frame: VideoFrame, aspect: Fraction) -> Graph:
    base = Fraction(frame.time_base or 1)
    said = (
        f"video_size={kind.width}x{kind.height}:pix_fmt={kind.format}"
        f":time_base={base.numerator}/{base.denominator}"
        f":pixel_aspect={aspect.numerator}/{aspect.denominator}"
        f":colorspace={kind.color_space}:range={kind.color_range}"
    )
    graph = Graph()
    nodes = [graph.add("buffer", said)]
    for each in ",".join(filters).split(","):
        name, _, arguments = each.partition("=")
        nodes.append(graph.add(name, arguments))
    nodes.append(graph.add("buffersink"))
    graph.link_nodes(*nodes)
    graph.configure()
    return graph
