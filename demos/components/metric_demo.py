import time


def train(rounds):
    loss, accuracy = 1.0, 50.0
    for number in range(rounds):
        next_loss, next_accuracy = loss * 0.93, accuracy + 30 / (number + 2)
        yield (next_loss, next_loss - loss), (min(next_accuracy, 99.5), 30 / (number + 2))
        loss, accuracy = next_loss, next_accuracy
        time.sleep(0.05)
