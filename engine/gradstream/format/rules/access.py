"""Who may open demos: `access: users:` and `token:`, of `gradstream.yaml` or of one demo.

document + what is wrong with it --read_gate--> Gate: who is let in; closed where that cannot be read
                                 --check_access--> errors, and warnings for what is easily guessed or read

A mistake never opens what was to be guarded: where the keys have errors, nobody is let in.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from gradstream.document.types import Document, Route
from gradstream.document.variables import substitute
from gradstream.format.findings import Findings
from gradstream.format.gate import CLOSED, Gate, proof_of

GUARDING = ("users", "token")
"""Keys of `access` that say who may open something; those of a demo take the place of the catalog's."""

GUARDING_ROUTES = tuple(("access", key) for key in GUARDING)

OTHERS = ("headers", "hosts", "origins")
"""The other keys of `access`: an error in them opens nothing."""

MEANT = frozenset({"auth", "authentication", "credentials", "login", "password", "passwords", *GUARDING})
"""Keys that the top does not have, and with which somebody meant to guard something."""

SHORTEST_PASSWORD = 8
SHORTEST_TOKEN = 16
"""Of a token all tries can be made by a program, and nobody has to type it."""

LONGEST_SECRET = 1000
LONGEST_NAME = 100

_NAMED = re.compile(r"(?:^|[{,])\s*[\"']?(?:users|token)[\"']?\s*:", re.MULTILINE)


def guards(document: Document) -> bool:
    """Return whether a document says itself who is let in, and not what is laid below it."""
    access = _at(document.values, ("access",))
    return any(key in _mapping_at(access, ()) for key in GUARDING)


def read_gate(document: Document, *, wrong: Collection[Route]) -> Gate | None:
    """Return who is let in; None where the document does not say, closed where what it says is wrong."""
    values = document.values
    if any(_is_about_access(route, values) for route in wrong):
        return CLOSED
    access = values.get("access") if isinstance(values, Mapping) else None
    if not isinstance(access, Mapping) or not any(key in access for key in GUARDING):
        return None
    token = access.get("token")
    return Gate(
        users={
            _plain(name): proof_of(text_at(document, ("access", "users", name)))
            for name in access.get("users", {})
        },
        token=None if token is None else proof_of(text_at(document, ("access", "token"))),
    )


def gate_of_text(text: str) -> Gate | None:
    """Return the gate of a file that cannot be read: closed where it seems to say who is let in."""
    return CLOSED if _NAMED.search(text) else None


def check_access(findings: Findings, route: Route = ("access",)) -> None:
    """Note what is wrong, and what is easily guessed or read, in the document's own `access`."""
    for each, noun, shortest in _secrets(findings.document, route):
        if each in findings.document.places and not findings.is_wrong(each):
            _check_secret(each, noun, shortest, findings)
    for name in _mapping_at(findings.document.values, (*route, "users")):
        _check_name((*route, "users", name), str(name), findings)


def check_idle_users(around: Gate | None, findings: Findings, route: Route = ("access",)) -> None:
    """Note an empty `users` that opens nothing, because nothing around it is guarded."""
    users = _at(findings.document.values, (*route, "users"))
    has_token = _at(findings.document.values, (*route, "token")) is not None
    if users != {} or has_token or not (around is None or around.is_open):
        return
    findings.add(
        (*route, "users"),
        "W-GUARDS-NOTHING",
        "`users` lists nobody, so nobody is asked for a password",
        severity="warning",
        expected="names and passwords; an empty list is for a demo of a catalog that has users",
        found="an empty `users`",
        repair="add a line such as `ada: ${ADA_PASSWORD}`, or remove `users`",
        at="key",
    )


def text_at(document: Document, route: Route) -> str:
    """Return a password or token as it is written: of the number 0123 all four digits.

    A line break at its end, which variables have that are read from files, does not count.
    """
    value = _at(document.values, route)
    if isinstance(value, str):
        return value.strip("\r\n")
    holder = next((one for one in (document, document.below) if one and route in one.places), None)
    if holder is None:
        return str(value)
    stretch = holder.places[route].value
    written = holder.source[stretch.start : stretch.end]
    return str(value) if written.startswith("*") else substitute(written, document.variables).text


def _is_about_access(route: Route, values: Any) -> bool:
    if not route:
        return False
    if route[0] == "defaults":
        return _is_about_access(route[1:], _at(values, ("defaults",)))
    if route[0] == "access":
        return len(route) == 1 or route[1] not in OTHERS
    value = _at(values, route[:1])
    return route[0] in MEANT or (len(route) == 1 and any(key in GUARDING for key in _mapping_at(value, ())))


def _secrets(document: Document, route: Route) -> Iterator[tuple[Route, str, int]]:
    users = (*route, "users")
    for name in _mapping_at(document.values, users):
        yield (*users, name), "password", SHORTEST_PASSWORD
    if _at(document.values, (*route, "token")) is not None:
        yield (*route, "token"), "token", SHORTEST_TOKEN


def _check_secret(route: Route, noun: str, shortest: int, findings: Findings) -> None:
    if not isinstance(_at(findings.document.values, route), str | int | float):
        return
    length = len(text_at(findings.document, route))
    names = findings.document.names_at(route)
    if not 0 < length <= LONGEST_SECRET:
        findings.add(
            route,
            "E-VALUE",
            f"the {noun} is empty" if length == 0 else f"the {noun} is too long",
            expected=f"a {noun} of {shortest} to {LONGEST_SECRET:,} characters",
            found=f"`{names[0]}` with {length:,} characters" if names else f"{length:,} characters",
            repair=f"give the variable `{names[0]}` a value" if names else f"write a {noun}",
        )
    elif length < shortest:
        findings.add(
            route,
            "W-WEAK-SECRET",
            f"the {noun} is short, and can be found by trying",
            severity="warning",
            expected=f"at least {shortest} characters",
            found="fewer",
            repair=f"choose a longer {noun}",
        )
    if length and not any(name in findings.document.variables for name in names):
        findings.add(
            route,
            "W-PLAIN-SECRET",
            f"the {noun} can be read by everybody who sees this file",
            severity="warning",
            expected=f"a variable of the environment, such as `${{{_variable(route, noun)}}}`",
            found=f"the default of `{names[0]}`" if names else "plain text",
            repair=f"write `${{{_variable(route, noun)}}}`, and set the variable where the server is started",
        )


def _check_name(route: Route, name: str, findings: Findings) -> None:
    if name == _plain(name) and 0 < len(name) <= LONGEST_NAME and name.isprintable():
        return
    findings.add(
        route,
        "E-VALUE",
        "this is not a name that somebody can type",
        expected=f"1 to {LONGEST_NAME} printable characters, without spaces around them",
        found=f"{len(name)} characters",
        repair="write another name",
        at="key",
    )


def _variable(route: Route, noun: str) -> str:
    owner = re.sub(r"[^A-Z0-9]+", "_", str(route[-1]).upper()).strip("_") if noun == "password" else "ACCESS"
    return f"{owner or 'A'}_{noun.upper()}"


def _plain(name: object) -> str:
    return str(name).strip()


def _mapping_at(values: Any, route: Route) -> Mapping[Any, Any]:
    value = _at(values, route)
    return value if isinstance(value, Mapping) else {}


def _at(values: Any, route: Route) -> Any:
    for step in route:
        values = values.get(step) if isinstance(values, Mapping) else None
    return values
