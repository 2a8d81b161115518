"""The moments that a ticking generator writes into its values, read back from what arrived."""

import re
from collections.abc import Iterable, Iterator

from bench.types import Step

STAMP = re.compile(r"t=(\d+);")


def latencies_ms(steps: Iterable[Step]) -> Iterator[tuple[int, float]]:
    """Yield for each value when it arrived and how long after it was made, in milliseconds."""
    for step in steps:
        for made_ns in STAMP.findall(step.text):
            yield step.at_ns, (step.at_ns - int(made_ns)) / 1e6
