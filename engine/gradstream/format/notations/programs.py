"""What a program has as one dictionary or object: in Python, in JavaScript, and in JSON with comments."""

import ast
import re
from collections.abc import Mapping
from typing import Any

from gradstream.format.notations.types import Notation

OPENS = re.compile(
    r"\A\s*(?:export\s+default\s*|module\.exports\s*=\s*|(?:export\s+)?(?:const|let|var)\s+\w+[\s\w:]*=\s*)?(?=\{)"
)
TOKEN = re.compile(
    r"(?P<quoted>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<line>//[^\n]*)|(?P<block>/\*.*?\*/)",
    re.DOTALL,
)
STATEMENTS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def python(text: str) -> Notation | None:
    """Recognise a dictionary of Python with a name, and a program."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    only = body[0] if len(body) == 1 else None
    if isinstance(only, ast.Assign | ast.AnnAssign | ast.Return) and only.value is not None:
        values = _literal(only.value)
        return None if values is None else Notation(name="a dictionary of Python", values=values)
    if isinstance(only, ast.Expr) and isinstance(only.value, ast.Dict | ast.Call):
        values = _literal(only.value)
        return None if values is None else Notation(name="a dictionary of Python", values=values)
    if not any(isinstance(each, STATEMENTS) for each in body):
        return None
    is_gradio = any(_is_import_of(each, "gradio") for each in body)
    with_import = "save it as app.py, and `gradstream import app.py` writes the demo"
    return Notation(
        name="a program in Python",
        repair=with_import
        if is_gradio
        else "save it as a file with the ending .py, and name its function under `generator`",
    )


def javascript(text: str) -> Notation | None:
    """Recognise an object of JavaScript, and JSON with comments: what is between the braces is YAML then."""
    bare = TOKEN.sub(lambda found: found["quoted"] or " " * len(found.group()), text)
    opened = OPENS.match(bare)
    closed = re.search(r"\}\s*;?\s*\Z", bare)
    if opened is None or closed is None or "`" in bare:
        return None
    head, inner = text[: opened.end()], text[opened.end() : closed.start() + 1]
    has_name = bool(bare[: opened.end()].strip())
    if not has_name and not any(found["quoted"] is None for found in TOKEN.finditer(text)):
        return None
    above = [_comment(found) for found in TOKEN.finditer(head) if found["quoted"] is None]
    tail = text[closed.start() + 1 :]
    below = [_comment(found) for found in TOKEN.finditer(tail) if found["quoted"] is None]
    written = TOKEN.sub(lambda found: found["quoted"] or _comment(found, inner), inner).rstrip()
    without = "take away what is before the brace and after its end, and " if has_name else ""
    return Notation(
        name="an object of JavaScript" if has_name else "JSON with comments",
        text="".join(f"{line}\n" for line in [*above, written, *below]),
        repair=f"{without}begin comments with `#`",
    )


def _comment(found: re.Match[str], text: str = "") -> str:
    """Return a comment as YAML has it: each of its lines begins with `#`; what follows is on the next one."""
    words = re.sub(r"\A/\*+|\*+/\Z|\A//+", "", found.group()).strip("\n")
    lines = [re.sub(r"^\s*\*?\s?", "", line).rstrip() for line in words.splitlines()]
    following = text[found.end() :].partition("\n")[0].strip()
    return "\n".join(f"# {line}".rstrip() for line in lines if line or len(lines) == 1) + "\n" * bool(
        following
    )


class _CallsOfDict(ast.NodeTransformer):
    """Writes `dict(a=1)` as `{"a": 1}`."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Name) or node.func.id != "dict" or node.args:
            return node
        keys: list[ast.expr | None] = [ast.Constant(each.arg) for each in node.keywords]
        return ast.Dict(keys=keys, values=[each.value for each in node.keywords])


def _literal(node: ast.expr) -> Mapping[str, Any] | None:
    """Return what a dictionary says, also as a call of `dict`."""
    try:
        values = ast.literal_eval(_CallsOfDict().visit(node))
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    is_named = isinstance(values, dict) and all(isinstance(key, str) for key in values)
    return _plain(values) if is_named else None


def _plain(value: Any) -> Any:
    """Return a literal of Python as YAML has it."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple | set) else value


def _is_import_of(statement: ast.stmt, name: str) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return (statement.module or "").partition(".")[0] == name
    named = statement.names if isinstance(statement, ast.Import) else []
    return any(each.name.partition(".")[0] == name for each in named)
