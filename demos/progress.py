"""Progress and log lines, told by a generator that knows gradstream."""

import random
import time
from collections.abc import Iterator
from typing import Any

from gradstream import UserError, log, progress


def survey(places: list[str], *, careful: bool) -> Iterator[dict[str, Any]]:
    """Measure each place in turn: a row of the table a place, and the share of warmth so far."""
    if not places:
        raise UserError("Choose at least one place to measure.")
    dice = random.Random(4)
    samples = 3 if careful else 1
    means: dict[str, float] = {}
    for index, place in enumerate(places):
        progress(index / len(places), f"Measuring the {place}")
        readings = [_measure(dice) for _ in range(samples)]
        means[place] = sum(readings) / samples
        log(f"{place}: {', '.join(f'{reading:.1f}' for reading in readings)} degrees")
        yield {
            "findings": [[place, round(means[place], 1), samples]],
            "warmest": {name: mean / sum(means.values()) for name, mean in means.items()},
        }
    progress(1.0, "Done")


def _measure(dice: random.Random) -> float:
    """Return a temperature in degrees Celsius after the quarter of a second that a sensor takes."""
    time.sleep(0.25)
    return dice.uniform(8, 24)
