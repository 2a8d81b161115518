"""Functions of main_function.py."""

import os

VERSION = os.environ.get("APP_VERSION", "1")


def reverse(text: str) -> str:
    return text[::-1] + VERSION


examples = ["never", "odd"]


def twice(text: str) -> str:
    return reverse(reverse(text)) + examples[0]
