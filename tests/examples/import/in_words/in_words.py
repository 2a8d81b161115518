"""Functions of in_words.py."""

import random
from pathlib import Path


def lasting(sound, spoken, paper):
    if paper:
        return Path(paper.name).read_text(), None
    rate, samples = sound or spoken or (1, [])
    return f"{len(samples) / rate} s", sound


def thrown(dice, weight, tenths):
    return dice + weight + tenths


def ordered(size, extras, sales, factor):
    sold = [row[1] * factor for row in sales]
    return [sold], [("total", "n"), (str(sum(sold) + size + len(extras)), None)]


class AppFile(str):
    """The path of a file, which the functions of the app read as its name."""

    @property
    def name(self):
        return str(self)


def on_ordered(size, extras, sales, factor):
    return ordered(size, extras, [[*row.values()] for row in sales or []], factor)


def factor_at_first():
    return random.randint(1, 9)


def on_lasting(sound, spoken, paper):
    return lasting(sound, spoken, paper and AppFile(paper))


def randomize():
    return (
        random.randint(1, 6),
        round(0.01 * random.randint(0, 100), 2),
        round(-1 + 0.1 * random.randint(0, 20), 1),
    )
