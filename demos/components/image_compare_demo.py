import time

import numpy as np


def denoise(steps):
    across = np.linspace(0, 1, 192)
    clean = np.stack(np.broadcast_arrays(across[:, None], across[None, :], 0.6), axis=2)
    noise = np.random.default_rng(1).normal(0, 0.3, clean.shape)
    noisy = np.clip(clean + noise, 0, 1)
    for step in range(1, steps + 1):
        yield noisy, np.clip(clean + noise * (1 - step / steps), 0, 1)
        time.sleep(0.1)
