"""A command line's parser, and the types of its options.

What is wrong is reported with the usage of the command concerned, and with the word that was probably meant.
"""

import argparse
import difflib
import math
import re
from collections.abc import Sequence
from typing import Any, NoReturn

_CHOICE = re.compile(r"invalid choice: '(?P<found>.*)' \(choose from (?P<known>.*)\)")
MOST_PORT = 65_535


class Parser(argparse.ArgumentParser):
    """argparse's, without abbreviations."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            **{"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False, **settings}
        )

    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        """Parse the words; exits with 2, after the usage of the command that does not take one of them."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            concerned: Parser = getattr(options, "parser", self)
            concerned.error(f"unknown: {' '.join(unknown)}{concerned.suggestion(unknown[0])}")
        return options

    def suggestion(self, word: str) -> str:
        """Return which option was probably meant, as the end of a sentence; "" if none is similar."""
        known = [option for action in self._actions for option in action.option_strings]
        if not word.startswith("-") and "=" in word and "--input" in known:
            return f"; write --input {word}"
        return _guess(word.partition("=")[0], known) if word.startswith("-") else ""

    def error(self, message: str) -> NoReturn:
        """Print usage and message, and exit with 2."""
        found = _CHOICE.search(message)
        super().error(
            message + (_guess(found["found"], re.findall("'([^']*)'", found["known"])) if found else "")
        )


def _guess(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def port_number(text: str) -> int:
    """Return a port from 0 to 65535. Raises argparse.ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PORT))) or int(text) > MOST_PORT:
        raise argparse.ArgumentTypeError(f"expected a port from 0 to {MOST_PORT}, found {text!r}")
    return int(text)


def root_path(text: str) -> str:
    """Return a path that begins with a slash and ends without one. Raises argparse.ArgumentTypeError."""
    if not re.fullmatch(r"(?:/[A-Za-z0-9._~@:+-]+)*/?", text) or not text.startswith("/"):
        raise argparse.ArgumentTypeError(f"expected a path that begins with a slash, found {text!r}")
    return text.rstrip("/")


def seconds(text: str) -> float:
    """Return a positive, finite number of seconds. Raises argparse.ArgumentTypeError."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"expected a positive number of seconds, found {text!r}")
    return number


def count(text: str) -> int:
    """Return a positive whole number. Raises argparse.ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"expected a positive whole number, found {text!r}")
    return int(text)
