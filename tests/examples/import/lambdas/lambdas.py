"""Functions of lambdas.py."""

SUFFIX = "!"


def run(text, times=2):
    return (text.upper() + SUFFIX) * int(times)


def on_run(text, number):
    return run(text, number)
