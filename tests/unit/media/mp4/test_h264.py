"""NAL units, parameter sets and access units are split and joined without losing a byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.media.mp4 import h264
from gradstream.media.mp4.sps import parse_sps
from tests.unit.media import encoded

SPS_UNIT = bytes.fromhex("6764001f")
PPS_UNIT = bytes.fromhex("68ee3c80")
IDR_UNIT = b"\x65\x88"
SLICE_UNIT = b"\x41\x9a"
DELIMITER_UNIT = b"\x09\xf0"

# No start code may occur in a unit, nor may it end in 0: encoders see to both.
units = st.lists(
    st.binary(min_size=1, max_size=9).map(lambda data: data.replace(b"\0\0", b"\0\3") + b"\x80"), max_size=6
)


@given(units)
def test_both_forms_of_a_frame(given_units: list[bytes]) -> None:
    """Units joined in either format are split into the same units."""
    assert h264.split_annex_b(b"".join(b"\0\0\0\1" + unit for unit in given_units)) == given_units
    assert h264.split_length_prefixed(h264.join_length_prefixed(given_units)) == given_units


def test_start_codes_of_both_lengths() -> None:
    """Start codes have 3 bytes or 4, and 0s may follow a unit."""
    data = b"\0\0\0\1" + SPS_UNIT + b"\0\0\1" + PPS_UNIT + b"\0\0\0\0\0\1" + IDR_UNIT + b"\0\0"
    assert h264.split_annex_b(data) == [SPS_UNIT, PPS_UNIT, IDR_UNIT]


def test_short_lengths() -> None:
    """Lengths have as many bytes as avcC says."""
    assert h264.split_length_prefixed(b"\0\2\x65\x88\0\0\0\1\x09", 2) == [b"\x65\x88", b"\x09"]


@pytest.mark.parametrize("data", [b"\0\0\0\5\x65", b"\0\0\0\2", b"\0\0\0\1\x65\0\0"])
def test_a_frame_that_is_cut_short(data: bytes) -> None:
    """A length that exceeds the data is an error."""
    message = r"^an H.264 frame is truncated: the length of a NAL unit exceeds it$"
    with pytest.raises(ValueError, match=message):
        h264.split_length_prefixed(data)


def test_no_start_code() -> None:
    """Data that does not start with a start code is not Annex B."""
    with pytest.raises(ValueError, match=r"^the H.264 stream does not start with a start code$"):
        h264.split_annex_b(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("form", "profile", "chroma_format"),
    [("yuv420p", 100, 1), ("yuv422p", 122, 2), ("yuv444p", 244, 3), ("gray", 100, 0)],
)
@pytest.mark.parametrize(("width", "height"), [(64, 48), (322, 182), (16, 16), (1920, 1080)])
def test_what_a_parameter_set_says(
    form: str, profile: int, chroma_format: int, width: int, height: int
) -> None:
    """Profile, colour and size, which is rarely whole macroblocks, are those that were encoded."""
    (frame, _), *_ = encoded.annex_b_frames(1, width, height, form=form)
    sps = h264.read_parameter_sets(frame).first
    assert (sps.profile, sps.chroma_format, sps.width, sps.height) == (profile, chroma_format, width, height)
    assert (sps.luma_bits, sps.chroma_bits) == (8, 8)
    assert sps.plays_everywhere == (form == "yuv420p")


def test_ten_bits() -> None:
    """Video with 10 bits is recognised: not every browser plays it."""
    (frame, _), *_ = encoded.annex_b_frames(1, 64, 48, form="yuv420p10le")
    sps = h264.read_parameter_sets(frame).first
    assert (sps.profile, sps.luma_bits, sps.chroma_bits, sps.plays_everywhere) == (110, 10, 10, False)


def test_a_parameter_set_that_is_cut_short() -> None:
    """A truncated parameter set is an error."""
    (frame, _), *_ = encoded.annex_b_frames(1, 64, 48)
    unit = h264.read_parameter_sets(frame).sps[0]
    with pytest.raises(ValueError, match=r"^the H.264 parameter set is truncated$"):
        parse_sps(unit[:6])


@pytest.mark.parametrize("form", ["yuv420p", "yuv444p"])
def test_avcc(form: str) -> None:
    """Parameter sets become avcC and come back from it; the codec's name is in its first bytes."""
    (frame, _), *_ = encoded.annex_b_frames(1, 64, 48, form=form)
    in_band = h264.read_parameter_sets(frame)
    avcc = h264.make_avcc(in_band)
    read = h264.read_parameter_sets(avcc)
    assert (read.sps, read.pps, read.length_size) == (in_band.sps, in_band.pps, 4)
    assert in_band.length_size == 0
    assert h264.codec_string(avcc) == f"avc3.{in_band.sps[0][1:4].hex()}"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (b"\1\x64\0", r"^an avcC of 3 bytes is truncated$"),
        (b"\1\x64\0\x1f\xff\xe1\0\x20\x67", r"^an avcC is truncated: the length of a parameter set exceeds"),
        (b"\1\x64\0\x1f\xff\xe0\0", r"^the H.264 stream does not start with parameter sets$"),
        (b"\0\0\0\1" + IDR_UNIT, r"^the H.264 stream does not start with parameter sets$"),
        (b"", r"^the H.264 stream does not start with parameter sets$"),
    ],
)
def test_no_parameter_sets(config: bytes, message: str) -> None:
    """A configuration without complete parameter sets is an error that says so."""
    with pytest.raises(ValueError, match=message):
        h264.read_parameter_sets(config)


def test_a_key_frame_brings_its_parameter_sets() -> None:
    """A frame to begin with gets parameter sets in front; delimiters go, and all else stays."""
    sets = h264.ParameterSets(sps=(SPS_UNIT,), pps=(PPS_UNIT,))
    frame = h264.make_access_unit([DELIMITER_UNIT, IDR_UNIT, IDR_UNIT], sets)
    assert h264.split_length_prefixed(frame) == [SPS_UNIT, PPS_UNIT, IDR_UNIT, IDR_UNIT]
    other = h264.make_access_unit([DELIMITER_UNIT, SLICE_UNIT], sets)
    assert h264.split_length_prefixed(other) == [SLICE_UNIT]


def test_a_frames_own_parameter_sets_win() -> None:
    """Sets that a frame brings along are used; what it lacks is added."""
    sets = h264.ParameterSets(sps=(SPS_UNIT,), pps=(PPS_UNIT,))
    own = SPS_UNIT + b"\x80"
    frame = h264.make_access_unit([own, IDR_UNIT], sets)
    assert h264.split_length_prefixed(frame) == [own, PPS_UNIT, IDR_UNIT]


def test_key_frames() -> None:
    """The frames that an encoder calls key frames are those that are recognised."""
    frames = encoded.annex_b_frames(30, 64, 48)
    keys = [index for index, (data, _) in enumerate(frames) if h264.is_idr(h264.split_annex_b(data))]
    assert keys == [0, 24]
