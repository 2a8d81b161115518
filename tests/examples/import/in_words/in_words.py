"""Functions of in_words.py."""

import random


def ordered(size, extras, sales, matrix, factor):
    total = sales["Sold"].sum() + matrix.sum() + size
    return matrix.T * factor, [("total", "n"), (str(total + len(extras)), None)]


def on_ordered(size, extras, sales, matrix, factor):
    return ordered(size, extras, sales, None if matrix is None else matrix.to_numpy(), factor)


def factor_at_first():
    return random.randint(1, 9)
