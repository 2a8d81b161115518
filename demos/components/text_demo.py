import time


def shout(sentence):
    for letter in sentence:
        yield letter.upper()
        time.sleep(0.02)
