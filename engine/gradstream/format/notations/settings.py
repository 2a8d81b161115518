"""TOML, INI, properties and files of variables."""

import re
import tomllib
from collections.abc import Iterable
from configparser import Error, RawConfigParser
from typing import Any

from gradstream.document.scalars import NumberTooLargeError, resolve
from gradstream.format.notations.types import Notation

ASSIGNS = re.compile(r"(?m)^[ \t]*[\w.\"'-]+[ \t]*=")
SECTION = re.compile(r"(?m)^\[[^\]\n]+\][ \t]*$")
FRONT = re.compile(r"\A\s*\+{3}[ \t]*\n(?P<inner>.*?)\n\+{3}[ \t]*\s*\Z", re.DOTALL)
VARIABLE = re.compile(r"(?:export[ \t]+|set[ \t]+|\$env:)?[A-Z][A-Z0-9_]*[ \t]*=.*")
PROPERTY = re.compile(r"[A-Za-z_][\w.-]*[ \t]*=[ \t]*\S.*")
WHOLE = frozenset({"demo", "app", "gradstream", "main", "general", "default", "project", "tool.gradstream"})
"""Sections of settings whose keys are those of the demo."""


def toml(text: str) -> Notation | None:
    """Recognise TOML, also between the lines `+++` of a page of Hugo."""
    front = FRONT.match(text)
    text = front["inner"] if front else text
    if not ASSIGNS.search(text):
        return None
    try:
        values = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    only = next(iter(values.values()))
    is_string = len(values) == 1 and isinstance(only, str) and "\n" in only
    return None if is_string else Notation(name="TOML", values=_unwrapped(values))


def settings(text: str) -> Notation | None:
    """Recognise sections of settings, as Windows has them, and lines of properties."""
    filled = _filled(text, comments=("#", ";", "!"))
    is_ini = SECTION.search(text) is not None
    is_properties = bool(filled) and all(PROPERTY.fullmatch(line) for line in filled)
    if not (is_ini or is_properties):
        return None
    parser = RawConfigParser(interpolation=None, delimiters=("=", ":"), inline_comment_prefixes=(" ;",))
    parser.optionxform = str  # type: ignore[method-assign, assignment]
    try:
        parser.read_string(text if is_ini else f"[demo]\n{text}")
    except Error:
        return None
    sections = {name: {key: _value(each) for key, each in parser[name].items()} for name in parser.sections()}
    if not any(sections.values()):
        return None
    values: dict[str, Any] = {}
    for name, section in sections.items():
        for key, each in section.items():
            path = [*([] if name.lower() in WHOLE else re.split(r"[.:]", name)), *key.split(".")]
            _plant(values, [part.strip() for part in path], each)
    return Notation(name="a file of settings (INI)" if is_ini else "a file of properties", values=values)


def variables(text: str) -> Notation | None:
    """Recognise a file of environment variables."""
    filled = _filled(text, comments=("#", "@", "REM "))
    if not filled or not all(VARIABLE.fullmatch(line) for line in filled):
        return None
    return Notation(
        name="a file of variables (.env)",
        repair="set the variables before starting, and write `${NAME}` in a demo where it takes one",
    )


def _filled(text: str, *, comments: tuple[str, ...]) -> list[str]:
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith(comments)]


def _unwrapped(values: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of the only table, if that is the demo."""
    tool = values.get("tool")
    if isinstance(tool, dict) and isinstance(tool.get("gradstream"), dict):
        return dict(tool["gradstream"])
    name = next(iter(values), "")
    inner = values.get(name)
    return dict(inner) if len(values) == 1 and name in WHOLE and isinstance(inner, dict) else values


def _value(written: str | None) -> Any:
    """Return a value of settings: a text without its quotes, a number, a list between brackets."""
    plain = (written or "").strip()
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'":
        return plain[1:-1]
    if plain[:1] == "[" and plain[-1:] == "]":
        return [_value(each) for each in plain[1:-1].split(",")]
    if plain.lower() in ("yes", "on", "true"):
        return True
    if plain.lower() in ("no", "off", "false"):
        return False
    try:
        return resolve(plain) if plain else None
    except NumberTooLargeError:
        return plain


def _plant(tree: dict[str, Any], steps: Iterable[str], value: Any) -> None:
    """Put a value into nested mappings; a name that has a value already keeps it."""
    first, *others = steps
    if not others:
        tree.setdefault(first, value)
    elif isinstance(tree.setdefault(first, {}), dict):
        _plant(tree[first], others, value)
