"""Sizes and times carry units."""

import pytest

from gradstream.format.units import Measure, format_size, in_short, size_bytes, time_s, usual_unit


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("20MB", 20_000_000),
        ("1.5 GB", 1_500_000_000),
        ("64KiB", 65_536),
        ("7B", 7),
        ("3kB", 3000),
        ("1MiB", 2**20),
    ],
)
def test_sizes(text: str, size: int) -> None:
    """A size is a number of bytes."""
    assert size_bytes(text) == size


@pytest.mark.parametrize(
    ("text", "time"), [("150ms", 0.15), ("5s", 5.0), ("2min", 120.0), ("1h", 3600.0), ("0.5 s", 0.5)]
)
def test_times(text: str, time: float) -> None:
    """A time is a number of seconds."""
    assert time_s(text) == time


@pytest.mark.parametrize("text", ["20", "20 mb", "MB", "-5s", "5 seconds", "", "1e3s", "٣s", "5s\n"])
def test_everything_else_is_refused(text: str) -> None:
    """Without a unit that exists there is no quantity."""
    with pytest.raises(ValueError, match=r".*"):
        size_bytes(text)
    with pytest.raises(ValueError, match=r".*"):
        time_s(text)


def test_the_unit_that_was_most_likely_meant() -> None:
    """A bare number's repair has the usual unit of its magnitude."""
    assert (usual_unit("size", 20), usual_unit("size", 1_048_576)) == ("MB", "B")
    assert (usual_unit("time", 5), usual_unit("time", 150)) == ("s", "ms")


@pytest.mark.parametrize(
    ("measure", "text", "short"),
    [
        ("time", "5 seconds", "5s"),
        ("time", "1.5 Minutes", "1.5min"),
        ("time", "2m", "2min"),
        ("time", "20 MS", "20ms"),
        ("size", "20 megabytes", "20MB"),
        ("size", "20m", "20MB"),
        ("size", "3 mib", "3MiB"),
        ("size", "100 kb", "100kB"),
        ("time", "soon", None),
        ("time", "5 megabytes", None),
    ],
)
def test_quantities_in_words(measure: Measure, text: str, short: str | None) -> None:
    """What people write out is led to the format's own way of writing it, where there is one."""
    assert in_short(measure, text) == short


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0B"),
        (999, "999B"),
        (1000, "1kB"),
        (512_300, "512.3kB"),
        (20_000_000, "20MB"),
        (2_500_000_000, "2.5GB"),
        (20_000_001, "20.1MB"),
    ],
)
def test_sizes_are_written_as_in_the_yaml(size: int, text: str) -> None:
    """One decimal at most, and none where it would be 0."""
    assert format_size(size) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (20_000_000, "20MB"),
        (20 * 2**20, "20MiB"),
        (2**30, "1GiB"),
        (512_000, "512kB"),
        (20_990_000, "20.9MB"),
        (1000, "1kB"),
        (999, "999B"),
    ],
)
def test_a_bound_is_never_written_as_more_than_it_is(size: int, text: str) -> None:
    """What is a little too large is not said to be as large as the bound."""
    assert format_size(size, is_bound=True) == text
    assert size_bytes(text) <= size
    assert format_size(size + 1) != text
