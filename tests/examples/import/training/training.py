"""Functions of training.py."""

import math
from tqdm import tqdm
import gradstream


class Model:
    """A line through points."""

    def __init__(self, rate):
        self.rate = rate
        self.weight = 0.0

    def step(self, epoch):
        self.weight += self.rate * math.exp(-epoch)
        return self.weight


def train(epochs, rate, progress=None):
    if epochs > 50:
        raise gradstream.UserError("At most 50 epochs")
    if rate == 0:
        gradstream.log("Nothing will be learned", "warning")
    model = Model(rate)
    rows = []
    for epoch in tqdm(range(int(epochs)), desc="Training"):
        rows.append({"epoch": epoch, "weight": model.step(epoch)})
        progress((epoch + 1, int(epochs)), desc="Training")
        yield rows, f"Epoch {epoch}"
    gradstream.log(f"Done after {epochs} epochs")
