"""Functions of filters.py."""

import numpy as np


def sepia(picture: np.ndarray, strength: str, mirrored: bool) -> np.ndarray:
    if picture is None:
        picture = np.zeros((8, 8, 3), dtype=np.uint8)
    weights = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])
    toned = np.clip(picture @ weights.T, 0, 255).astype(np.uint8)
    toned = toned if strength == "full" else (toned // 2 + picture // 2)
    return toned[:, ::-1] if mirrored else toned
