"""Exit codes of the commands: the number says who is responsible for a failure."""

from gradstream.errors import Fault

SUCCEEDED = 0
FINDINGS = 1
"""`check` found errors, or `run` was given a demo whose YAML has some (fault: author)."""
COULD_NOT_RUN = 2
"""The command line is wrong, or what it names does not exist."""
BROKEN_PIPE = 141
"""What reads the output has ended, as shells number it."""
CANCELED = 130
"""Ended by Ctrl-C, as shells number it."""

BY_FAULT: dict[Fault, int] = {
    "author": FINDINGS,
    "developer": 3,
    "visitor": 4,
    "worker": 5,
    "server": 6,
    "limit": 7,
}
