import time

STEPS = 20


def train(rounds):
    for number in range(rounds):
        for step in range(STEPS + 1):
            yield {"Rounds": (number + step // STEPS, rounds), "Steps of this round": step / STEPS}
            time.sleep(0.03)
