"""A generator's path in several keys or in a list: `file: postcards.py` and `function: write`."""

from collections.abc import Mapping
from typing import Any

from gradstream.diagnostics import Fix
from gradstream.document.line_index import Stretch
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.shapes.blocks import CODE

MODULES = (
    *("module", "file", "script", "path", "source", "python", "filename", "python_file", "generator_file"),
    *("generator_module", "module_path", "file_path", "package", "generator"),
)
FUNCTIONS = (
    "function",
    "fn",
    "func",
    "method",
    "callable",
    "entry",
    "entrypoint",
    "handler",
    "name",
    "attribute",
    "predict",
    *("generator_function", "function_name", "func_name", "entry_point", "generator_name", "call", "run"),
)


def check_generators(findings: Findings) -> None:
    """Note paths that are spread over keys."""
    values = findings.document.values
    actions = values.get("actions")
    holders: list[tuple[Route, Any]] = [((), values)]
    holders += [
        (("actions", name), one) for name, one in (actions if isinstance(actions, Mapping) else {}).items()
    ]
    for route, holder in holders:
        if isinstance(holder, Mapping):
            _check(route, holder, findings)


def _check(route: Route, holder: Mapping[str, Any], findings: Findings) -> None:
    document = findings.document
    inner = holder.get("generator")
    if isinstance(inner, Mapping):
        found = _pair(inner)
        if found is not None:
            path = _path(inner[found[0]], inner[found[1]])
            _report((*route, "generator"), path, (), findings)
        return
    if isinstance(inner, list) and len(inner) == 2 and all(isinstance(each, str) for each in inner):
        _report((*route, "generator"), _path(*inner), (), findings)
        return
    found = _pair(holder)
    if found is None or (found[0] == "generator" and not str(inner).endswith(".py") and "." in str(inner)):
        return
    path = _path(holder[found[0]], holder[found[1]])
    fixes = _two_keys(document, (*route, found[0]), (*route, found[1]), path)
    _report((*route, found[0]), path, fixes, findings)
    for key in found:
        findings.mark((*route, key))
    if "generator" not in found and "generator" not in holder:
        findings.note_meant((*route, "generator"))


def _pair(holder: Mapping[str, Any]) -> tuple[str, str] | None:
    module = next((key for key in MODULES if isinstance(holder.get(key), str)), None)
    function = next((key for key in FUNCTIONS if isinstance(holder.get(key), str)), None)
    if module is None or function is None or not str(holder[function]).replace(".", "").isidentifier():
        return None
    return module, function


def _path(module: str, function: str) -> str:
    plain = module.strip().removeprefix("./").removesuffix(".py").replace("\\", "/").replace("/", ".")
    return f"{plain}.{function.strip()}"


def _two_keys(document: Document, first: Route, second: Route, path: str) -> tuple[Fix, ...]:
    """Write the path in place of the first key, and remove the second."""
    place, line = edits.place_of(document, first), edits.own_lines(document, second)
    if place is None or place.key is None or line is None:
        return ()
    whole = Stretch(place.key.start, place.value.end)
    written = edits.edit(document, whole, f"generator: {path}")
    return (Fix(title=f"write generator: {path}", edits=(written, edits.edit(document, line, ""))),)


def _report(route: Route, path: str, fixes: tuple[Fix, ...], findings: Findings) -> None:
    document = findings.document
    place = edits.place_of(document, route)
    if (
        route[-1] == "generator"
        and place is not None
        and place.key is not None
        and not isinstance(_value(document, route), str)
    ):
        colon = document.source.index(":", place.key.end) + 1
        fixes = (
            Fix(
                title=f"write generator: {path}",
                edits=(edits.edit(document, Stretch(colon, place.value.end), f" {path}"),),
            ),
        )
    findings.add(
        route,
        CODE,
        "the path to the function is in two parts",
        expected="`generator:` with `module.function`, as Python would import it",
        found=f"`{route[-1]}` and a name beside it",
        repair=f"write `generator: {path}`",
        at="key",
        fixes=fixes,
    )


def _value(document: Document, route: Route) -> Any:
    value = document.values
    for step in route:
        value = value[step]
    return value
