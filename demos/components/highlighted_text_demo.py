import time

NAMES = {"Ada": "person", "Charles": "person", "Mary": "person", "London": "place", "Turin": "place"}


def mark(text):
    for word in text.split():
        name = word.strip(",.")
        yield [(name, NAMES.get(name)), (word[len(name) :] + " ", None)]
        time.sleep(0.05)
