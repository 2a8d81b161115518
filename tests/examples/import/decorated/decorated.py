"""Functions of decorated.py."""


def greet(name):
    """Say hello."""
    return "Hello " + name + "!"


def count(text):
    return len(text.split())


def welcome():
    return "Who are you?"
