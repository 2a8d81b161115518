"""Decides what number is full scale in the arrays of one stream, and says so where it is not obvious.

    array --ArrayScales.of--> Scale(middle, full) --array_blocks--> (number - middle) / full
    end of the stream --ArrayScales.finish--> a line if nothing of it can be heard

| numbers                               | full scale                                                   |
| floats                                | 1; a peak beyond is clipped, and logged with its share       |
| floats that are whole numbers         | 32768, as those of int16; logged                             |
| int8, int16, int32                    | the type's own; 24 bits in an int32 are its upper ones       |
| int32 that never leave int16's range  | 32768; logged                                                |
| uint8, uint16                         | the type's own, with silence in the middle (128 for uint8)   |
| int64, as made from a list            | 32768; values beyond are an error                            |

The first array of a type that is not silent decides for the stream. What contradicts it later is an error,
with one exception: the numbers -1, 0 and 1 alone are as quiet as int16 can be or as loud as floats can be.
"""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from gradstream.media.audio.errors import audio_value_error
from gradstream.media.errors import chunk_name
from gradstream.media.types import ChunkError, Warn

Array: TypeAlias = npt.NDArray[Any]

INT16 = 32768.0
"""Full scale of int16."""

_LOUDEST = 16.0
"""Floats beyond this, in a stream of full scale 1, are not clipped peaks but numbers of another scale."""

_QUIETEST_INT32 = 2.0**20
"""An int32 whose peak is 66 dB below full scale is probably of another scale."""

_SQUARE_ZEROS = 0.1
"""A square wave of -1 and 1 has fewer zeros than this share; the last bit of quiet int16 sound has more."""

_UNSIGNED_LOUD = 0.75
"""Unsigned sound whose mean distance from the middle is more than this share is probably signed sound."""

_HARMLESS = 1.001
"""A peak up to this many times full scale is a rounding error of a resampler."""


_ALMOST_SILENT = 2.0**-11
"""A stream whose loudest number is 66 dB below full scale is probably of another scale."""

_ANY_FLOAT = "float"
"""Floats of all sizes have one scale."""


class Scale(Struct, frozen=True):
    """A number becomes (number - middle) / full."""

    full: float
    middle: float = 0.0


class ArrayScales:
    """One stream's. `warn` receives each decision that is not obvious, once."""

    def __init__(self, *, warn: Warn) -> None:
        self._warn = warn
        self._decided: dict[str, Scale] = {}
        self._is_guess = False
        self._has_warned_of_clipping = False
        self._has_warned_of_silence = False
        self._loudest = 0.0
        """The highest number so far, as a share of full scale."""

    def finish(self) -> None:
        """Log what only the whole stream shows."""
        if 0 < self._loudest < _ALMOST_SILENT:
            self._warn(
                f"all of the sound is almost silent: its loudest number is {self._loudest:.2g} of full "
                "scale; floats are from -1 to 1, and int16 from -32768 to 32767"
            )

    def of(self, array: Array, *, number: int) -> Scale:
        """Return the scale of a chunk's array. Raises ChunkError if it contradicts what was decided.

        NaN and infinity are passed over: the block that has them is an error of its own.
        """
        low, high = _range(array)
        if low == high == 0:
            kind = _ANY_FLOAT if array.dtype.kind == "f" else array.dtype.name
            return self._decided.get(kind, _own_scale(array.dtype))
        match array.dtype.kind:
            case "f":
                scale = self._of_floats(array, low, high, number)
            case "u":
                scale = self._of_unsigned(array, number)
            case _:
                scale = self._of_integers(array.dtype, low, high, number)
        self._note_clipping(array, scale, number)
        peak = max(abs(low - scale.middle), abs(high - scale.middle))
        self._loudest = max(self._loudest, peak / scale.full)
        return scale

    def _of_floats(self, array: Array, low: float, high: float, number: int) -> Scale:
        kind, peak = array.dtype.name, max(-low, high)
        decided = self._decided.get(_ANY_FLOAT)
        if decided is not None and not self._is_guess:
            self._note_silence(array, decided, peak, number)
            return self._checked(decided, kind, low, high, number)
        is_whole = _is_whole(array)
        if is_whole and peak <= 1 and _is_square(array):
            return _FLOAT
        if is_whole and peak <= INT16:
            if decided is None:
                self._warn(_read_as_int16(number, f"whole numbers as {kind}", low, high))
            self._is_guess = peak <= 1
            return self._decide(_ANY_FLOAT, Scale(INT16))
        if peak > _LOUDEST and self._is_guess:
            self._is_guess = False
            return Scale(INT16)
        if peak > _LOUDEST:
            raise _wrong_scale(number, kind, low, high, "divide them, floats must be from -1 to 1")
        if self._is_guess:
            self._warn(f"{chunk_name(number)}: from here on floats are from -1 to 1: these have fractions")
            self._is_guess = False
        return self._decide(_ANY_FLOAT, _FLOAT)

    def _of_integers(self, dtype: np.dtype[Any], low: float, high: float, number: int) -> Scale:
        kind, peak = dtype.name, max(-low, high)
        if kind == "int64" and peak > INT16:
            raise _wrong_scale(number, kind, low, high, "use int32, or floats from -1 to 1")
        if kind != "int32":
            return _own_scale(dtype)
        if kind in self._decided:
            return self._checked(self._decided[kind], kind, low, high, number)
        if peak <= INT16:
            self._warn(_read_as_int16(number, "numbers as int32", low, high))
            return self._decide(kind, Scale(INT16))
        if peak < _QUIETEST_INT32:
            self._warn(
                f"{chunk_name(number)}: numbers as int32 from {low:g} to {high:g} are almost silent, because "
                "full scale is 2147483648; if they are sums of int16, yield floats: array / 32768"
            )
        return self._decide(kind, _own_scale(dtype))

    def _of_unsigned(self, array: Array, number: int) -> Scale:
        scale = _own_scale(array.dtype)
        kind = array.dtype.name
        if kind not in self._decided:
            distance = float(np.abs(array.astype(np.float64) - scale.middle).mean()) / scale.full
            if distance > _UNSIGNED_LOUD:
                self._warn(
                    f"{chunk_name(number)}: numbers as {kind} are silent at {scale.middle:g}, and these are "
                    f"far from it; if they are signed, yield array.view({kind[1:]!r})"
                )
        return self._decide(kind, scale)

    def _decide(self, kind: str, scale: Scale) -> Scale:
        self._decided[kind] = scale
        return scale

    def _checked(self, scale: Scale, kind: str, low: float, high: float, number: int) -> Scale:
        """Return what was decided, unless these numbers cannot have that scale."""
        if max(-low, high) > _LOUDEST * scale.full:
            advice = f"so far the stream's full scale was {scale.full:g}, and it cannot change"
            raise _wrong_scale(number, kind, low, high, advice)
        return scale

    def _note_silence(self, array: Array, decided: Scale, peak: float, number: int) -> None:
        """Log, once, that numbers which look like floats of full scale 1 are read as int16."""
        if decided.full > 1 and peak <= 1 and not self._has_warned_of_silence and not _is_whole(array):
            self._has_warned_of_silence = True
            self._warn(
                f"{chunk_name(number)}: floats with fractions up to {peak:g} are almost silent, because full "
                "scale is 32768 in this stream, as its first numbers are; yield one scale only"
            )

    def _note_clipping(self, array: Array, scale: Scale, number: int) -> None:
        low, high = _range(array)
        loudest = max(-low, high)
        if array.dtype.kind == "u" or self._has_warned_of_clipping or loudest <= _HARMLESS * scale.full:
            return
        self._has_warned_of_clipping = True
        share = np.count_nonzero(np.abs(array) > scale.full) / array.size
        self._warn(
            f"{chunk_name(number)}: {share:.2%} of its samples are clipped: from {low:g} to {high:g}, "
            f"and full scale is {scale.full:g}; clipping is not logged again"
        )


_FLOAT = Scale(1.0)


def _own_scale(dtype: np.dtype[Any]) -> Scale:
    """Return the scale of a type of numbers; that of int64, as lists become, is int16's."""
    if dtype.kind == "f":
        return _FLOAT
    half = INT16 if dtype == np.int64 else 2.0 ** (8 * dtype.itemsize - 1)
    return Scale(half, half if dtype.kind == "u" else 0.0)


def _range(array: Array) -> tuple[float, float]:
    """Return the lowest and the highest finite number; 0 and 0 if there is none."""
    low, high = float(array.min()), float(array.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        finite = array[np.isfinite(array)]
        return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    return low, high


def _is_whole(array: Array) -> bool:
    flat = array.reshape(-1)
    # A fraction is nearly always among the first numbers.
    return all(bool((part == np.rint(part)).all()) for part in (flat[:256], flat))


def _is_square(array: Array) -> bool:
    """Return whether numbers of -1, 0 and 1 are mostly not 0, between the first and the last that is not."""
    flat = array.reshape(-1)
    places = np.flatnonzero(flat)
    return bool(places.size > (1 - _SQUARE_ZEROS) * (places[-1] - places[0] + 1))


def _read_as_int16(number: int, what: str, low: float, high: float) -> str:
    return (
        f"{chunk_name(number)}: {what} from {low:g} to {high:g} are read as int16, in this stream: full "
        "scale is 32768; yield int16, or floats from -1 to 1, if that is not meant"
    )


def _wrong_scale(number: int, kind: str, low: float, high: float, advice: str) -> ChunkError:
    return audio_value_error(number, f"an array of {kind} from {low:g} to {high:g}: {advice}")
