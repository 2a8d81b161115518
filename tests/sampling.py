"""Which cases `make check` tries of tests that encode, or have hundreds of cases: of each function a part.

`make test` tries all of them.
"""

from collections import Counter

import pytest

from tests.effort import IS_QUICK, QUICK_PART

SAMPLED = ("tests/unit/media/", "tests/unit/format/shapes/test_cases.py")


def is_tried(function: str, tried: Counter[str]) -> bool:
    """Return whether the next case of a function is among those tried; the first one is."""
    tried[function] += 1
    return not function.startswith(SAMPLED) or tried[function] % QUICK_PART == 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not tried."""
    if not IS_QUICK:
        return
    tried = Counter[str]()
    chosen = [is_tried(item.nodeid.partition("[")[0], tried) for item in items]
    config.hook.pytest_deselected(
        items=[item for item, is_in in zip(items, chosen, strict=True) if not is_in]
    )
    items[:] = [item for item, is_in in zip(items, chosen, strict=True) if is_in]
