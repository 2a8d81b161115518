"""The bounds of a server and of its workers, each with its policy: what `limits` of a catalog can set.

worker.py: those that hold in the process of a demo --+--> server.py: all of them, by key
"""

from gradstream.limits.server import Limits, bounds, read
from gradstream.limits.worker import (
    LARGEST_EVENT_BYTES,
    LARGEST_VALUE_BYTES,
    WORKER_LIMITS,
    Bound,
    Unit,
    WorkerLimits,
    size_in_words,
)

__all__ = [
    "LARGEST_EVENT_BYTES",
    "LARGEST_VALUE_BYTES",
    "WORKER_LIMITS",
    "Bound",
    "Limits",
    "Unit",
    "WorkerLimits",
    "bounds",
    "read",
    "size_in_words",
]
