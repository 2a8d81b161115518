"""The fields by which records of the log are found: which demo and which run they are about."""

from collections.abc import Collection, Mapping

MOST_NAMED = 8
"""Runs or demos that a line may belong to; more are counted."""


def about(
    *,
    demo: str | None = None,
    run: str | None = None,
    stream: str | None = None,
    demos: Collection[str] = (),
    runs: Collection[str] = (),
) -> Mapping[str, str]:
    """Return what a logger takes as `extra`; both forms of the log show these fields.

    `stream` is where a generator printed the line: stdout or stderr. `demos` and `runs` are those of which
    one has printed it, where it is not known which.
    """
    fields = {
        "demo": demo,
        "run": run,
        "demos": _listed(demos),
        "runs": _listed(runs),
        "stream": stream,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _listed(names: Collection[str]) -> str | None:
    shown = sorted(names)[:MOST_NAMED]
    more = [f"+{len(names) - MOST_NAMED}"] if len(names) > MOST_NAMED else []
    return ",".join([*shown, *more]) or None
