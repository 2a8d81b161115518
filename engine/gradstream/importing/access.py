"""Who is let in: `auth` of `launch`, as `access: users:` of each demo.

launch(auth=("ada", "sesame"))  -->  access: {users: {ada: "${ADA_PASSWORD:-sesame}"}}

The password is in the app already: as a default it lets the demo work until a variable takes its place.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.importing.source import AppSource
from gradstream.importing.types import Remarks

LAUNCH = "launch"


def read_users(source: AppSource, remarks: Remarks) -> Mapping[str, str]:
    """Return names and passwords; each is a remark, because it is in a file."""
    users: dict[str, str] = {}
    for call, given in _launches(source.statements):
        pairs = _pairs(source.constant(given))
        if pairs is None:
            remarks.add(call, _untranslated(given))
            continue
        for name, password in pairs:
            users[name] = _with_variable(name, password)
            variable = _variable(name)
            remarks.add(
                call,
                f"the password of `{name}` is in the YAML: set the variable {variable} where the server is "
                f"started, and write `${{{variable}}}`",
            )
    return users


def _untranslated(given: ast.expr) -> str:
    """Return what to do where it is no list of names, most often a function that is asked about each."""
    what = f"`auth={ast.unparse(given)}`" if isinstance(given, ast.Name | ast.Attribute) else "`auth`"
    return (
        f"{what} can only be known by running it, and everybody may open the demo: write whom it lets in "
        "below `access: users:`, each name with a password, as in `ada: ${ADA_PASSWORD}`"
    )


def _launches(statements: Sequence[ast.stmt]) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield each call of `launch` that is given `auth`, and what it is given."""
    for node in (node for statement in statements for node in ast.walk(statement)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == LAUNCH:
            for keyword in node.keywords:
                is_none = isinstance(keyword.value, ast.Constant) and keyword.value.value is None
                if keyword.arg == "auth" and not is_none:
                    yield node, keyword.value


def _pairs(value: Any) -> Sequence[tuple[str, str]] | None:
    """Return what is one pair of texts, or a list of such; None for anything else."""
    if _is_pair(value):
        return [(value[0], value[1])]
    if isinstance(value, list | tuple) and value and all(map(_is_pair, value)):
        return [(name, password) for name, password in value]
    return None


def _is_pair(value: Any) -> bool:
    is_two = isinstance(value, list | tuple) and len(value) == 2
    return is_two and all(isinstance(one, str) and one for one in value)


def _with_variable(name: str, password: str) -> str:
    if "}" in password or "$" in password:
        return password.replace("${", "$${")
    return f"${{{_variable(name)}:-{password}}}"


def _variable(name: str) -> str:
    owner = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")
    return f"{owner if owner[:1].isalpha() else f'USER_{owner}'}_PASSWORD"
