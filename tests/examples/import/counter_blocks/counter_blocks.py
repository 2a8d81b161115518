"""Functions of counter_blocks.py."""

import time

STEP = 1
# How long a look at each number takes, in seconds.
PAUSE_S = 0.01


def pause():
    time.sleep(PAUSE_S)


def add(total, number):
    total = total + STEP * int(number)
    pause()
    return total, f"{total} in all"


def count_up(number):
    for each in range(int(number) + 1):
        yield each
        pause()


def stop_button_2():
    """Do nothing: the action stops others."""


def start():
    return 0
