"""Resolves plain scalars by the core schema of YAML 1.2.2, section 10.3.2, without YAML 1.1.

true -> True    no -> "no"    0o17 -> 15    1_000 -> "1_000"    2024-01-01 -> "2024-01-01"    ~ -> None
"""

import math
import re

CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
INTEGER = re.compile(r"[-+]?[0-9]+")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
MAY_BE_NUMBER = frozenset("+-.0123456789")

LONGEST_INTEGER = 20
"""Digits: more cannot be a 64-bit number, and Python raises for integers of some thousand digits."""

SMALLEST, LARGEST = -(2**63), 2**63 - 1
"""Numbers are sent as msgpack and JSON, to other processes and to the page; both have 64 bits for them."""


class NumberTooLargeError(ValueError):
    """The scalar is an integer that does not fit into 64 bits."""


def resolve(text: str) -> str | int | float | bool | None:
    """Return the value of a plain scalar; raises `NumberTooLargeError` for integers beyond 64 bits."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text[0] not in MAY_BE_NUMBER:
        return text
    if INTEGER.fullmatch(text):
        return _integer(text, base=10)
    if OCTAL.fullmatch(text):
        return _integer(text[2:], base=8)
    if HEXADECIMAL.fullmatch(text):
        return _integer(text[2:], base=16)
    if FLOAT.fullmatch(text):
        return float(text)
    return _not_finite(text)


def _integer(digits: str, *, base: int) -> int:
    significant = digits.lstrip("+-0")
    if base == 10 and len(significant) > LONGEST_INTEGER:
        raise NumberTooLargeError
    value = int(significant or "0", base) * (-1 if digits.startswith("-") else 1)
    if not SMALLEST <= value <= LARGEST:
        raise NumberTooLargeError
    return value


def _not_finite(text: str) -> str | float:
    if not NOT_FINITE.fullmatch(text):
        return text
    if text.lower().endswith("nan"):
        return math.nan
    return -math.inf if text.startswith("-") else math.inf
