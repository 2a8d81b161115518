"""Decides once for a stream of pictures what its numbers mean, and converts them to 8 bits.

| numbers                          | taken as                        |                                      |
| bool                             | black and white                 |                                      |
| integers of 0 to 255             | levels                          |                                      |
| uint16 beyond 255                | 0 to 65,535                     | logged once                          |
| other integers beyond 0 to 255   |                                 | refused                              |
| floats of 0 to 1                 | 0 to 1                          |                                      |
| floats of -1 to 1                | -1 to 1                         | logged once                          |
| floats beyond 2, or whole beyond | 0 to 255                        | logged once                          |
| 1, up to 255                     |                                 |                                      |
| other floats                     |                                 | refused                              |
| NaN, masked; infinity            | black; black or white           | logged once                          |

A little beyond a range is cut, and logged once. What is decided holds for all later pictures, so that
brightness does not jump: a dark picture after a bright one stays dark. Pictures that fit two ranges, such as
black ones, decide nothing. The one change is from 0 to 1 to 0 to 255, at the first picture beyond 2.
"""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from gradstream.media.pictures.alpha import alpha_levels
from gradstream.media.pictures.shape import describe
from gradstream.media.pictures.types import PictureError

Array: TypeAlias = npt.NDArray[Any]
Levels: TypeAlias = npt.NDArray[np.uint8]
"""8 bits a channel, in the shape of the array that they were converted from."""

Warn: TypeAlias = Callable[[str], None]

LOWEST, OVERSHOOT = -0.25, 2.0
"""Floats within these are 0 to 1, with what filters and models overshoot it by: as levels, they are black."""

ADVICE = "yield uint8, or floats from 0 to 1"

_SPANS = {"unit": (0.0, 1.0), "signed": (-1.0, 1.0), "levels": (0.0, 255.0)}
_ACCEPTED = {"signed": (-1.5, 1.5), "levels": (-25.5, 280.5)}
"""The same for the other spans."""

_Span: TypeAlias = Literal["unit", "signed", "levels"]


class NumberScale:
    """One stream's. Without `warn`, what would be logged is refused."""

    def __init__(self, warn: Warn | None = None) -> None:
        self._warn = warn
        self._logged: set[str] = set()
        self._span: _Span | None = None
        self._has_16_bits = False

    def levels(self, array: Array) -> Levels:
        """Return new 8-bit levels. Raises PictureError for numbers that no picture has.

        The last of four channels is alpha, which has a range of its own (`alpha.py`).
        """
        if isinstance(array, np.ma.MaskedArray):
            if np.ma.is_masked(array):
                self.log("masked", "masked pixels are shown black")
            array = array.filled(0)
        if array.ndim < 3 or array.shape[-1] != 4:
            return self._of_colors(array)
        colors = self._of_colors(array[..., :3])
        alpha = alpha_levels(array[..., 3])
        return np.concatenate([colors, alpha[..., np.newaxis]], axis=-1)

    def _of_colors(self, array: Array) -> Levels:
        match array.dtype.kind:
            case "b":
                return array.astype(np.uint8) * np.uint8(255)
            case "u" | "i":
                return self._of_integers(array)
            case "f":
                return self._of_floats(array)
            case _:
                raise PictureError(f"{describe(array)} does not contain numbers of a picture")

    def of_16_bits(self, array: Array) -> Levels:
        """Return the levels of numbers that certainly are 0 to 65,535."""
        self._has_16_bits = True
        self.log("16 bits", "pictures of 16 bits are shown with 8: each number is divided by 257")
        return np.asarray((array.astype(np.uint32) + 128) // 257, np.uint8)

    def log(self, topic: str, text: str) -> None:
        """Warn the developer, once a topic. Raises PictureError if there is nobody to warn."""
        if self._warn is None:
            raise PictureError(f"a picture that cannot be shown as it is ({text}); {ADVICE}")
        if topic not in self._logged:
            self._logged.add(topic)
            self._warn(text)

    def _of_integers(self, array: Array) -> Levels:
        if array.dtype == np.uint8:
            return array.copy()
        low, high = int(array.min()), int(array.max())
        if (array.dtype.kind, array.dtype.itemsize) == ("u", 2) and (self._has_16_bits or high > 255):
            return self.of_16_bits(array)
        if low < 0 or high > 255:
            raise PictureError(
                f"{describe(array)} has numbers from {low} to {high}, not from 0 to 255; {ADVICE}"
            )
        return array.astype(np.uint8)

    def _of_floats(self, array: Array) -> Levels:
        low, high = float(array.min()), float(array.max())
        is_finite = bool(np.isfinite(low) and np.isfinite(high))
        if not is_finite:
            self.log("finite", "NaN is shown black, and infinity black or white by its sign")
            low, high = _finite_range(array)
        start, end = _SPANS[self._decide(array, low, high)]
        if not is_finite:
            array = np.nan_to_num(array, nan=start, posinf=end, neginf=start)
        if low < start or high > end:
            self.log("cut", f"floats from {low:.3g} to {high:.3g} are cut to {start:g} to {end:g}")
        if array.ndim < 4:
            return _levels(array, start, end)
        levels = np.empty(array.shape, np.uint8)
        for picture, target in zip(array, levels, strict=True):
            target[...] = _levels(picture, start, end)
        return levels

    def _decide(self, array: Array, low: float, high: float) -> _Span:
        """Return the span of the numbers, and remember it if these leave no doubt. Raises PictureError."""
        decided = self._span
        found = decided if decided == "levels" else _span_of(array, low, high)
        if found is None or (found == "levels" and not _fits(low, high, "levels")):
            raise PictureError(
                f"{describe(array)} has numbers from {low:.4g} to {high:.4g}, "
                f"which fit no range of pictures; {ADVICE}"
            )
        if decided is not None and (found != "levels" or (decided == "unit" and high <= OVERSHOOT)):
            return decided
        if found == "unit" and not _has_fractions(array):
            # Black, or 0 and 1 only: the beginning of any range.
            return found
        if found != decided:
            self._log_span(found, low, high)
        self._span = found
        return found

    def _log_span(self, found: _Span, low: float, high: float) -> None:
        if found == "unit":
            return
        start, end = _SPANS[found]
        text = f"floats from {low:.3g} to {high:.3g} are taken as {start:g} to {end:g}"
        if self._span is not None:
            start, end = _SPANS[self._span]
            text += f", and those before were taken as {start:g} to {end:g}: yield one range"
        self.log(found, text)


def _levels(array: Array, start: float, end: float) -> Levels:
    # float32 has far more digits than 8 bits need, and half of the bytes.
    numbers = array.astype(np.float32)
    numbers -= np.float32(start)
    numbers *= np.float32(255 / (end - start))
    np.rint(numbers, out=numbers)
    return np.clip(numbers, 0, 255, out=numbers).astype(np.uint8)


def _finite_range(array: Array) -> tuple[float, float]:
    finite = array[np.isfinite(array)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


def _span_of(array: Array, low: float, high: float) -> _Span | None:
    """Return what a picture alone is taken as."""
    # Whole numbers beyond 1 are levels, however dark the picture is.
    if low >= LOWEST and (high <= 1 or (high <= OVERSHOOT and _has_fractions(array))):
        return "unit"
    if low < LOWEST and _fits(low, high, "signed"):
        return "signed"
    # Numbers around 0, such as -3 to 3, are not levels with an overshoot.
    return "levels" if _fits(low, high, "levels") and low >= -high / 10 else None


def _fits(low: float, high: float, span: Literal["signed", "levels"]) -> bool:
    lowest, highest = _ACCEPTED[span]
    return low >= lowest and high <= highest


def _has_fractions(array: Array) -> bool:
    """Return whether a number is between 0 and 1."""
    return bool(((array > 0) & (array < 1)).any())
