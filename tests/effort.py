"""How many examples property tests try: all in `make test`, a part in `make check`."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

IS_QUICK: Final = os.environ.get("GRADSTREAM_TESTS") == "quick"
"""Whether this is `make check`, which people run between two edits."""

QUICK_PART: Final = 5
DEFAULT_EXAMPLES: Final = 100


def examples(count: int) -> int:
    """Return how many of `count` examples a property test tries in this run."""
    return max(1, count // QUICK_PART) if IS_QUICK else count


def set_effort() -> None:
    """Set what all property tests share.

    There is no time limit per example, or on making examples: it would assert something about load.
    """
    settings.register_profile(
        "gradstream",
        deadline=None,
        max_examples=examples(DEFAULT_EXAMPLES),
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("gradstream")
