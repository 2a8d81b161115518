"""Functions of callables.py."""

from functools import partial


class Model:
    def __init__(self, scale):
        self.scale = scale

    def __call__(self, x):
        return x * self.scale

    def named(self, x: int, note: str = "") -> str:
        return f"{note}{x * self.scale}"


model = Model(3)


def twice(x, times=2):
    return x * times


def on_model(x):
    return model(x)


def on_model_named(x, t):
    return model.named(x, t)


def on_partial_twice_times_4(x):
    return partial(twice, times=4)(x)


def r_2(v):
    return {"big": v / 100, "small": 1 - v / 100}
