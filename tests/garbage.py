"""Spares Python's search for garbage all that pytest collects, which lives as long as the process does.

Each search goes through all objects: with some thousand tests, that takes as long as all else about them.
"""

import gc
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Search for no garbage while tests are collected, and later never among what was there by then."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
