"""Functions of tabbed.py."""


def upper(text):
    return text.upper()


def count(text):
    return len(text)
