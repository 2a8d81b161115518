"""`${NAME}` and `${NAME:-default}`: inserts values from the environment into scalars after parsing.

`$${NAME}` stands for the text `${NAME}` itself. As in a shell, the default also replaces an empty
value.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

VARIABLE = re.compile(r"\$(?P<escaped>\$)?\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^}]*))?\}")


class Substitution(Struct, frozen=True, kw_only=True):
    """A text with its variables replaced: `names` were used, `missing` have neither value nor default."""

    text: str
    names: tuple[str, ...]
    missing: tuple[str, ...]


def substitute(text: str, environ: Mapping[str, str]) -> Substitution:
    """Replace every variable in the text."""
    names: list[str] = []
    missing: list[str] = []

    def replace(found: re.Match[str]) -> str:
        if found["escaped"]:
            return found.group()[1:]
        name, default = found["name"], found["default"]
        value = environ.get(name)
        names.append(name)
        if value is None and default is None:
            missing.append(name)
            return ""
        return default if default is not None and not value else value or ""

    return Substitution(text=VARIABLE.sub(replace, text), names=tuple(names), missing=tuple(missing))
