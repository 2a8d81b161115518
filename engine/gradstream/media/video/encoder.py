"""Pictures become H.264 that plays at once: one frame out for one picture in, none held back.

VideoFrame (yuv420p, even size) --libx264--> Annex B --> EncodedFrame (length-prefixed, sets in band)
"""

from fractions import Fraction

from av.codec.context import CodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from msgspec import Struct

from gradstream.media.mp4.h264 import find_parameter_sets, is_idr, make_access_unit, split_annex_b
from gradstream.media.video.timeline import EncodedFrame

MAX_GOP_S = 1
"""A key frame comes at least so often: who joins or seeks waits no longer."""

QUALITY = "23"
"""libx264's constant rate factor: its own default, hard to tell from the source in a browser's page."""

PIXELS_PER_THREAD = 500_000
"""Below this a second thread costs more than it gains. Above it there are two, never more."""

_OPTIONS = {"preset": "veryfast", "tune": "zerolatency", "crf": QUALITY, "forced-idr": "1"}


class _Form(Struct, frozen=True):
    """What an encoder is opened for. Colours are numbered as in H.264's VUI."""

    width: int
    height: int
    color_space: int
    color_primaries: int
    color_transfer: int
    color_range: int


class VideoEncoder:
    """Encodes a stream's pictures: 4:2:0, 8 bit, with even sides. Another size begins with a key frame.

    `rate` is a guess that libx264 plans by.
    """

    def __init__(self, rate: Fraction = Fraction(25)) -> None:
        self._rate = rate
        self._form: _Form | None = None
        self._codec: VideoCodecContext | None = None
        self._count = 0
        self._key_s: Fraction | None = None
        self._line_s = Fraction(0)

    def encode(
        self, frame: VideoFrame, *, at_s: Fraction, duration_s: Fraction, line_s: Fraction
    ) -> EncodedFrame:
        """Encode a picture shown at `at_s` of its clip, `line_s` of the stream, which only grows."""
        codec = self._codec_for(frame)
        frame.pts = self._count
        frame.time_base = 1 / self._rate
        frame.pict_type = PictureType.I if self._is_key_due(line_s) else PictureType.NONE
        self._count += 1
        # zerolatency promises one packet for one picture.
        (packet,) = codec.encode(frame)
        units = split_annex_b(bytes(packet))
        begins = is_idr(units)
        if begins:
            self._key_s = line_s
        data = make_access_unit(units, find_parameter_sets(units))
        return EncodedFrame(data=data, at_s=at_s, duration_s=duration_s, is_key=begins)

    def force_key_frame(self) -> None:
        """Make the next picture one to begin at: frames from elsewhere come in between."""
        self._key_s = None

    def close(self) -> None:
        """Let go of libx264's threads and memory, which it does when nobody refers to it; idempotent."""
        self._codec = None
        self._form = None

    def _codec_for(self, frame: VideoFrame) -> VideoCodecContext:
        form = _form_of(frame)
        if self._codec is None or form != self._form:
            self._codec = _open(form, self._rate)
            self._form = form
            self._count = 0
            self.force_key_frame()
        return self._codec

    def _is_key_due(self, line_s: Fraction) -> bool:
        gap_s = line_s - self._line_s
        self._line_s = line_s
        # The next picture will come about as late after this one: would that be too late?
        return self._key_s is None or line_s + gap_s - self._key_s > MAX_GOP_S


def _form_of(frame: VideoFrame) -> _Form:
    colors = (frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range)
    return _Form(frame.width, frame.height, *map(int, colors))


def _open(form: _Form, rate: Fraction) -> VideoCodecContext:
    codec = CodecContext.create("libx264", "w")
    codec.width, codec.height = form.width, form.height
    codec.pix_fmt = "yuv420p"
    codec.framerate = rate
    codec.time_base = 1 / rate
    codec.thread_count = 1 if form.width * form.height < PIXELS_PER_THREAD else 2
    # Key frames come by time, from `encode`; this is only far enough away.
    codec.gop_size = 10_000
    codec.colorspace = form.color_space
    codec.color_primaries = form.color_primaries
    codec.color_trc = form.color_transfer
    codec.color_range = form.color_range
    codec.options = dict(_OPTIONS)
    codec.open()
    return codec
