"""Functions of streams.py."""

import numpy as np


def flip(frame, mode):
    if frame is None:
        return None
    return np.flipud(frame) if mode == "up" else np.fliplr(frame)


def add_chunk(state, chunk):
    if chunk is None:
        return state, None
    rate, data = chunk
    state = data if state is None else np.concatenate([state, data])
    return state, (rate, state)


def mic_2():
    return None


def on_mic_2(chunk):
    return mic_2()
