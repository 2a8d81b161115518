"""`python -m tests.second_try CACHE`: write the failed tests of a run that have a second try, a line each.

Only tests that start browsers, servers and other processes have one, and only if few have failed: what fails
on a quiet machine fails again, and what is broken fails in more than three places or in a unit test.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

MOST = 3

FOLDERS = ("tests/acceptance/", "tests/browser/", "tests/hostile/", "tests/packaging/")


def second_tries(failed: Sequence[str]) -> list[str]:
    """Return those of the failed tests that are tried again: all of them, or none."""
    has_second_try = 0 < len(failed) <= MOST and all(
        name.startswith(FOLDERS) and "::" in name for name in failed
    )
    return sorted(failed) if has_second_try else []


def main(arguments: Sequence[str]) -> None:
    """Write them to standard output."""
    (cache,) = arguments
    failed = Path(cache, "v", "cache", "lastfailed")
    names = list(json.loads(failed.read_text("utf-8"))) if failed.exists() else []
    sys.stdout.writelines(f"{name}\n" for name in second_tries(names))


if __name__ == "__main__":
    main(sys.argv[1:])
