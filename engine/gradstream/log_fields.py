"""The fields by which records of the log are found: which demo and which run they are about."""

from collections.abc import Mapping


def about(*, demo: str | None = None, run: str | None = None, stream: str | None = None) -> Mapping[str, str]:
    """Return what a logger takes as `extra`; both forms of the log show these fields.

    `stream` is where a generator printed the line: stdout or stderr.
    """
    fields = {"demo": demo, "run": run, "stream": stream}
    return {name: value for name, value in fields.items() if value is not None}
