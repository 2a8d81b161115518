"""Functions of composed.py."""


def louder(text):
    return f"{text}!"


def seconds(sound):
    return None if sound is None else len(sound[1]) / sound[0]


def run(text):
    return f"{text} {text}"
