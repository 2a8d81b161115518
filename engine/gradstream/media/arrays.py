"""Reads what generators have arrays in, such as tensors, with NumPy."""

from typing import Any

import numpy as np
import numpy.typing as npt


def as_numpy(value: object) -> npt.NDArray[Any]:
    """Return a NumPy array, masked where `value` is, which may share its memory.

    Raises whatever the value's own code raises: TypeError, ValueError and RuntimeError are usual.
    """
    return np.asanyarray(_to_cpu(value))


def _to_cpu(value: Any) -> Any:
    """Return a value NumPy can read: a tensor may be on a device, in a graph, or of a type NumPy lacks."""
    for step in ("detach", "cpu"):
        if callable(getattr(value, step, None)):
            value = getattr(value, step)()
    if not callable(getattr(value, "numpy", None)):
        return value
    try:
        return value.numpy()
    except TypeError:
        # NumPy has no bfloat16.
        return value.float().numpy()
