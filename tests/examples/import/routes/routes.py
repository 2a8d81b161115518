"""Functions of routes.py."""

import random


def roll(n):
    return [random.randint(1, 6) for _ in range(n)]


def show(n):
    return str(n)
