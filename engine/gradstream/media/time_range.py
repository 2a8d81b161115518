"""The time range of a visitor's file that a run uses: set when a value is checked, applied in `files/`."""

from msgspec import Struct


class TimeRange(Struct, frozen=True):
    """A start and an end in seconds; `end_s` None is the end of the file."""

    start_s: float = 0.0
    end_s: float | None = None

    @property
    def is_all(self) -> bool:
        """Whether the range is the whole file."""
        return self.start_s == 0 and self.end_s is None

    def length_s(self, whole_s: float) -> float:
        """Return the length of this range in a file of length `whole_s`; 0 or less if it is empty."""
        return (whole_s if self.end_s is None else min(self.end_s, whole_s)) - self.start_s


WHOLE_FILE = TimeRange()
