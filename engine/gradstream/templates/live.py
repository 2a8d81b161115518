"""Counts what is being typed; put something cleverer in its place."""


def count(text: str) -> tuple[int, str]:
    """Return how many letters the text has, and its longest word."""
    return sum(letter.isalpha() for letter in text), max(text.split(), key=len, default="")
