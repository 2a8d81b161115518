"""A network of one hidden layer, trained by gradient descent, in two charts."""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

STEPS = 120
ROUNDS = 40
"""Of gradient descent in one step."""


class Network:
    """Tangents of one place, weighted and added up."""

    def __init__(self, neurons: int) -> None:
        dice = np.random.default_rng(4)
        self.slopes = dice.normal(0, 3, neurons)
        self.shifts = dice.uniform(-3, 3, neurons)
        self.weights = np.zeros(neurons)

    def __call__(self, places: Array) -> Array:
        """Return a height for each place."""
        return self._hidden(places) @ self.weights

    def learn(self, places: Array, heights: Array, rate: float) -> None:
        """Take one step down the squared error."""
        hidden = self._hidden(places)
        wrong = hidden @ self.weights - heights
        behind = np.outer(wrong, self.weights) * (1 - hidden**2)
        amount = len(places)
        self.weights -= rate * hidden.T @ wrong / amount
        self.slopes -= rate * (behind * places[:, None]).sum(axis=0) / amount
        self.shifts -= rate * behind.sum(axis=0) / amount

    def _hidden(self, places: Array) -> Array:
        return np.tanh(np.outer(places, self.slopes) + self.shifts)


def wave(places: Array) -> Array:
    """Return what is to be learned."""
    return np.sin(5 * places) * np.exp(-np.abs(places))


def learn(neurons: int, speed: float) -> Iterator[dict[str, Any]]:
    """Yield the error on points seen and unseen, and the network's wave beside the true one."""
    places = np.linspace(-1, 1, 61)
    measured = wave(places) + np.random.default_rng(1).normal(0, 0.08, len(places))
    seen, unseen = slice(0, None, 2), slice(1, None, 2)
    network = Network(neurons)
    for step in range(1, STEPS + 1):
        for _ in range(ROUNDS):
            network.learn(places[seen], measured[seen], speed)
        yield {
            "error": {
                "step": step * ROUNDS,
                "seen": np.mean((network(places[seen]) - measured[seen]) ** 2),
                "unseen": np.mean((network(places[unseen]) - measured[unseen]) ** 2),
            },
            "wave": {"place": places, "true wave": wave(places), "network": network(places)},
        }
        time.sleep(0.05)
