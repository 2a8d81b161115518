"""How a process ended, in words."""

import pytest

from gradstream.engines.local.exit_words import describe_exit


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
