"""Functions that take the request of a visitor: what they read of it, from the session that there is here.

def who(request: gr.Request): request.headers["user-agent"]
--> who(AppRequest(session))      access: {headers: [user-agent]}
"""

import ast
from collections.abc import Collection, Iterator

from gradstream.importing.source import AppSource
from gradstream.importing.types import Remarks

REQUEST = "Request"
SESSION = "session"
MADE = f"AppRequest({SESSION})"
"""The argument in place of a request."""

APP_REQUEST = '''\
class AppHeaders(dict):
    """Headers by their names, in whatever case."""

    def __getitem__(self, name):
        return super().__getitem__(name.lower())

    def __contains__(self, name):
        return super().__contains__(name.lower())

    def get(self, name, default=None):
        return super().get(name.lower(), default)


class AppRequest:
    """What the functions of the app read of a request."""

    def __init__(self, session):
        self.headers = AppHeaders(session["headers"])
        self.session_hash = session["id"]
        self.username = session["user"]
'''

KNOWN = frozenset({"headers", "session_hash", "username"})


def takes_request(annotation: ast.expr, source: AppSource) -> bool:
    """Return whether a parameter with this annotation is given the request."""
    return any(source.word(each) == REQUEST for each in ast.walk(annotation))


def read_headers(node: ast.AST, names: Collection[str], remarks: Remarks) -> Iterator[str]:
    """Yield the headers that a function reads of its parameters with these names; say what cannot be read."""
    reads = [each for each in ast.walk(node) if isinstance(each, ast.Attribute)]
    reads = [each for each in reads if isinstance(each.value, ast.Name) and each.value.id in names]
    named = {id(each): header for each, header in _named(node)}
    for each in reads:
        if each.attr not in KNOWN:
            remarks.add(each, f"`{ast.unparse(each)}` is not handed over: `session` has no more")
        elif each.attr == "headers" and id(each) not in named:
            remarks.add(each, "list the headers that this reads below `access`: they are not named here")
        elif each.attr == "headers":
            yield named[id(each)].lower()


def _named(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """Yield each expression of which a member with a constant name is read, with that name."""
    for each in ast.walk(node):
        match each:
            case ast.Subscript(value=whole, slice=ast.Constant(value=str(name))):
                yield whole, name
            case ast.Call(
                func=ast.Attribute(value=whole, attr="get"), args=[ast.Constant(value=str(name)), *_]
            ):
                yield whole, name
            case ast.Compare(
                left=ast.Constant(value=str(name)), ops=[ast.In() | ast.NotIn()], comparators=[whole]
            ):
                yield whole, name
