import time


def slow_down(speed):
    while speed > 1:
        speed = speed * 0.8
        yield speed
        time.sleep(0.05)
