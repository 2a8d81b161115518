"""A part of a visitor's file: named by whoever checks a value, cut by `reading` and `writing`."""

from msgspec import Struct


class TimeRange(Struct, frozen=True):
    """From where to where, in seconds; `end_s` None is the end of the file."""

    start_s: float = 0.0
    end_s: float | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is cut off."""
        return self.start_s == 0 and self.end_s is None

    def length_s(self, whole_s: float) -> float:
        """Return how much of a file of that length is in the part; 0 or less when nothing is."""
        return (whole_s if self.end_s is None else min(self.end_s, whole_s)) - self.start_s


WHOLE_FILE = TimeRange()
