"""How a process ended, in words."""

import logging

import pytest

from gradstream.engines.local.spawn import LONGEST_LINE_BYTES, Spawned, describe_exit


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "ended by itself with exit code 0"),
        (-9, "was killed by signal 9 (SIGKILL), often the out-of-memory killer"),
        (-11, "was killed by signal 11 (SIGSEGV), a fault in compiled code"),
        (-15, "was killed by signal 15 (SIGTERM)"),
        (-99, "was killed by signal 99 (unknown)"),
    ],
)
def test_an_exit_code_has_words(code: int, words: str) -> None:
    """Signals have their names, and the usual reason where there is one."""
    assert describe_exit(code) == words


@pytest.mark.parametrize("offset", [0, 1, 10, 31, 32, 33])
@pytest.mark.parametrize("size", [1000, 4096, 2**20])
def test_a_secret_where_a_long_line_is_cut(caplog: pytest.LogCaptureFixture, offset: int, size: int) -> None:
    """A line without end is passed on in pieces, in none of which is a part of a secret."""
    caplog.set_level(logging.INFO)
    value = "AKIA9/abcDEF/ghiJKL/mnoPQR+stu=="
    spawned = Spawned(label="demo", exited=lambda _code: None)
    spawned.secrets = {value}
    text = (("é" * (LONGEST_LINE_BYTES // 2))[: -offset or None] + value) * 4 + "end\n"
    data = text.encode()
    for start in range(0, len(data), size):
        spawned.pipe_data_received(1, data[start : start + size])
    told = "".join(record.message.removeprefix("[demo] ") for record in caplog.records)
    assert not any(value[start : start + 4] in told for start in range(len(value) - 3))
    assert told == text.replace(value, "•••").rstrip("\n")
