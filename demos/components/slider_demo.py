import time


def draw(length):
    for number in range(length + 1):
        yield "~" * number
        time.sleep(0.02)
