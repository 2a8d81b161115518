"""Valid files with one mistake each, and where the mistake is.

Mutation(text, line)  <--  key renamed | dropped | doubled | re-indented, value retyped, bytes cut | flipped
"""

import random
import re
from collections.abc import Callable

from msgspec import Struct

KEY = re.compile(r"^(\s*(?:- )?)([A-Za-z_][\w]*):(.*)$")
VALUES = (
    "[]",
    "{}",
    "12",
    "-1.5",
    "true",
    "yes",
    "null",
    '""',
    "two words",
    "[1, 2]",
    "{a: 1}",
    "*x",
    "&x 1",
    "|",
)
BYTES = b"\x00\t\n \"'#%&*,-:?@[]`{|}!>\\aZ0\x80\xff\xc3"


class Mutation(Struct, frozen=True, kw_only=True):
    """`line` and `end` are the first and last line of the change, from 1; `about` says what was done."""

    about: str
    data: bytes
    line: int
    end: int


Make = Callable[[list[str], int, random.Random], list[str] | None]


def mutate(text: str, chance: random.Random) -> Mutation | None:
    """Return the text with one random mistake; None where the one chosen cannot be made there."""
    kind = chance.choice(KINDS)
    if kind == "bytes":
        return _flip(text, chance)
    if kind == "cut":
        return _cut(text, chance)
    lines = text.splitlines()
    keys = [number for number, line in enumerate(lines) if KEY.match(line)]
    number = chance.choice(keys)
    changed = LINES[kind](list(lines), number, chance)
    if changed is None or changed == lines:
        return None
    return Mutation(
        about=f"{kind} in line {number + 1}",
        data="\n".join(changed).encode() + b"\n",
        line=number + 1,
        end=number + 1,
    )


def _rename(lines: list[str], number: int, chance: random.Random) -> list[str] | None:
    found = KEY.match(lines[number])
    if found is None:
        return None
    name = list(found[2])
    at = chance.randrange(len(name))
    name[at] = chance.choice("abcxyz_19")
    lines[number] = f"{found[1]}{''.join(name)}:{found[3]}"
    return lines


def _drop(lines: list[str], number: int, _chance: random.Random) -> list[str]:
    del lines[number]
    return lines


def _double(lines: list[str], number: int, _chance: random.Random) -> list[str]:
    lines.insert(number, lines[number])
    return lines


def _indent(lines: list[str], number: int, chance: random.Random) -> list[str] | None:
    line = lines[number]
    width = len(line) - len(line.lstrip())
    new = max(0, width + chance.choice((-4, -2, -1, 1, 2, 4)))
    lines[number] = " " * new + line.lstrip()
    return lines


def _retype(lines: list[str], number: int, chance: random.Random) -> list[str] | None:
    found = KEY.match(lines[number])
    if found is None:
        return None
    lines[number] = f"{found[1]}{found[2]}: {chance.choice(VALUES)}"
    return lines


def _flip(text: str, chance: random.Random) -> Mutation:
    data = bytearray(text.encode())
    at = chance.randrange(len(data))
    line = data[:at].count(b"\n") + 1
    data[at] = chance.choice(BYTES)
    return Mutation(about=f"a byte changed in line {line}", data=bytes(data), line=line, end=line)


def _cut(text: str, chance: random.Random) -> Mutation:
    data = text.encode()
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.choice((1, 2, 8, 40, len(data))))
    line = data[:at].count(b"\n") + 1
    last = data[:end].count(b"\n") + 1
    about = f"{end - at} bytes cut from line {line}"
    return Mutation(about=about, data=data[:at] + data[end:], line=line, end=last)


LINES: dict[str, Make] = {
    "a key renamed": _rename,
    "a line dropped": _drop,
    "a line doubled": _double,
    "a line re-indented": _indent,
    "a value changed": _retype,
}
KINDS = (*LINES, "bytes", "cut")
