"""Keys that are one level too deep or too shallow: recognised as such, and reported once.

    inputs:              inputs:             inputs:
      text: text         text: text            text:
      outputs: …         outputs: …            type: text
      `outputs` is       `text` is not         `type` is not
      too deep           deep enough           deep enough

Runs before the schema is asked, whose answers to the same mistake would be several and of no help.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gradstream.diagnostics import Fix
from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.schema.hints import known_keys
from gradstream.format.schema.validators import FOLDERS, load_schemas
from gradstream.format.wording import enumerated

BLOCKS = ("inputs", "outputs", "actions", "state", "with", "limits", "worker")
"""Keys of the top that have a mapping of the author's own names, or of their own keys, below them."""


def check_indentation(findings: Findings, *, top: Mapping[str, Any]) -> None:
    """Note every key that is recognised as misplaced by its indentation; `top` is the file's schema."""
    values = findings.document.values
    keys = top["properties"]
    for folder in FOLDERS:
        below = values.get(folder)
        if isinstance(below, Mapping):
            _too_deep(folder, below, values, keys, findings)
            _too_shallow((folder,), below, findings)
    _at_the_edge(values, keys, findings)


def _too_deep(
    folder: str,
    below: Mapping[str, Any],
    values: Mapping[str, Any],
    keys: Mapping[str, Any],
    findings: Findings,
) -> None:
    """Note top-level keys that are among the inputs or outputs, and missing where they belong."""
    for name, value in below.items():
        if name not in keys or name in values or not isinstance(value, Mapping | list):
            continue
        if isinstance(value, Mapping) and "type" in value:
            continue
        _report(
            (folder, name),
            findings,
            found=f"`{name}` below `{folder}`",
            expected=f"`{name}` at the edge of the file",
            repair=f"take away the spaces before `{name}`, and as many before the lines below it",
            fixes=edits.shift_lines(findings.document, [(folder, name)], to=0),
        )
        findings.note_meant((name,))


def _too_shallow(route: Route, below: Mapping[str, Any], findings: Findings) -> None:
    """Note keys of a component that are beside its empty name."""
    kinds = load_schemas().kinds[str(route[-1])]
    common = known_keys(str(route[-1]))
    names = list(below)
    for index, name in enumerate(names):
        strays = list(_strays(below, names[index + 1 :], common, kinds)) if below[name] is None else []
        if not strays:
            continue
        first = strays[0]
        _report(
            (*route, first),
            findings,
            found=f"`{first}` beside `{name}`",
            expected=f"`{first}` below `{name}`",
            repair=f"put two more spaces before {enumerated(strays)}",
            fixes=edits.shift_lines(findings.document, [(*route, stray) for stray in strays], by=2),
        )
        for stray in (name, *strays):
            findings.mark((*route, stray))


def _strays(
    below: Mapping[str, Any], names: list[str], common: frozenset[str], kinds: Mapping[str, Any]
) -> Iterator[str]:
    for name in names:
        is_component = isinstance(below[name], Mapping) or (below[name] in list(kinds) and name != "type")
        if name not in common or is_component:
            return
        yield name


def _at_the_edge(values: Mapping[str, Any], keys: Mapping[str, Any], findings: Findings) -> None:
    """Note names at the edge of the file that belong below an empty `inputs:` or the like."""
    names = list(values)
    for index, name in enumerate(names[:-1]):
        if name not in BLOCKS or values[name] is not None or names[index + 1] in keys:
            continue
        strays = []
        for each in names[index + 1 :]:
            if each in keys:
                break
            strays.append(each)
        first = strays[0]
        _report(
            (first,),
            findings,
            found=f"`{first}` at the edge of the file",
            expected=f"`{first}` below `{name}`",
            repair=f"put two spaces before {enumerated(strays)}, and before the lines below",
            fixes=edits.shift_lines(findings.document, [(stray,) for stray in strays], by=2),
        )
        for stray in (name, *strays):
            findings.mark((stray,))


def _report(
    route: Route,
    findings: Findings,
    *,
    found: str,
    expected: str,
    repair: str,
    fixes: tuple[Fix, ...],
) -> None:
    findings.add(
        route,
        "E-INDENTATION",
        f"`{route[-1]}` is not indented as it must be",
        expected=expected,
        found=found,
        repair=repair,
        at="key",
        fixes=fixes,
    )
