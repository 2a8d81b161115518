import time


def look(looks):
    for number in range(1, looks + 1):
        sure = number / looks
        yield {"heron": 0.3 + 0.6 * sure, "stork": 0.3 - 0.2 * sure, "crane": 0.2 - 0.1 * sure, "gull": 0.05}
        time.sleep(0.05)
