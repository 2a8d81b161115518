"""Mistakes in the `type` of an input or output: missing, misspelt, planned, or of the other side."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from gradstream.diagnostics import Fix
from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.synonyms import guess_key, synonym
from gradstream.format.schema.errors import Departure
from gradstream.format.schema.hints import fallback, kind_for_annotation, kind_for_word
from gradstream.format.schema.validators import load_schemas
from gradstream.format.wording import guess, one_of

OTHER_SIDE: Mapping[str, str] = {"inputs": "outputs", "outputs": "inputs"}
NOUNS: Mapping[str, str] = {"inputs": "input", "outputs": "output"}


def report_no_shape(departure: Departure, findings: Findings) -> None:
    """Say that a component is neither a kind's name nor a mapping."""
    route, noun = departure.route, NOUNS[departure.bound]
    usual = fallback(departure.bound)
    name, colon, kind = str(route[-1]).partition(":")
    if departure.value is None and colon and name.strip().isidentifier() and kind.strip():
        line = f"{name.strip()}: {kind.strip()}"
        findings.add(
            route,
            "E-TYPE",
            f"there is no space after the colon of `{route[-1]}`",
            expected=f"`{line}`",
            found=f"`{route[-1]}` as a name",
            repair=f"write `{line}`",
            at="key",
            fixes=edits.replace_key(findings.document, route, line),
        )
        return
    findings.add(
        route,
        "E-TYPE",
        f"`{route[-1]}` does not say what kind of {noun} it is",
        expected="the name of a kind, or a mapping with `type`",
        found=findings.describe(route, departure.value),
        repair=f"write `{route[-1]}: {usual}`, or `type: {usual}` below it",
        fixes=edits.replace_value(findings.document, route, usual) if departure.value is None else (),
    )


def report_no_kind(departure: Departure, findings: Findings) -> None:
    """Say that a component's mapping has no `type`, or another word for it."""
    if _other_word(departure, findings) or _is_merged(departure.route, findings):
        return
    route, folder = departure.route, departure.bound
    kinds = load_schemas().kinds[folder]
    fitting = [kind for kind, schema in kinds.items() if set(departure.value) <= set(schema["properties"])]
    kind = _likeliest(fitting, folder, departure.value)
    findings.add_missing(
        (*route, "type"),
        f"the {NOUNS[folder]} `{route[-1]}` does not say of what kind it is",
        expected=f"`type:` with {one_of(kinds)}",
        repair=f"add a line `type: {kind}`",
        fixes=edits.add_first(findings.document, route, f"type: {kind}"),
    )
    findings.mark(route)


def _likeliest(fitting: Sequence[str], folder: str, values: Mapping[str, Any]) -> str:
    """Return the kind that is added: by the default, or by the choices, among those that have all keys."""
    default = values.get("default")
    keys = kind_for_annotation(folder, type(default).__name__) if default is not None else None
    usual = (keys or {}).get("type", fallback(folder))
    if "choices" in values:
        usual = (kind_for_word(folder, "select") or (usual, ""))[0]
    return usual if usual in fitting or not fitting else fitting[0]


def _is_merged(route: Route, findings: Findings) -> bool:
    """Return whether a component's keys are those of `<<`, which is reported where it is written."""
    place = findings.document.places.get(route)
    if place is None:
        return False
    source = findings.document.source[place.value.start : place.value.end]
    if not re.search(r"(?m)^\s*<<\s*:", source):
        return False
    findings.mark(route)
    return True


def _other_word(departure: Departure, findings: Findings) -> bool:
    """Say that the kind is written under the key of another tool, if it does."""
    route, folder = departure.route, departure.bound
    for name, value in departure.value.items():
        is_word = synonym(name, ["type"]) or (guess_key(name, ["type"]) and "type" not in departure.value)
        if not is_word or not isinstance(value, str):
            continue
        kind, key = (value, "") if value in load_schemas().kinds[folder] else _meant(value, folder)
        if kind is None:
            continue
        written = f"type: {kind}"
        findings.add(
            (*route, name),
            "E-UNKNOWN-KEY",
            f"the kind of {NOUNS[folder]} `{route[-1]}` is written under `{name}`",
            expected=f"`{written}`",
            found=f"`{name}: {value}`",
            repair=f"write `{written}`" + (f", with `{key}`" if key else ""),
            at="key",
            fixes=edits.replace_entry(
                findings.document, (*route, name), _two_lines(written, key, route, findings)
            ),
        )
        findings.mark(route)
        return True
    return False


def _two_lines(written: str, key: str, route: Route, findings: Findings) -> str:
    """Return a line, and another one below it where a kind has a key that belongs to it."""
    return f"{written}\n{edits.margin_of(findings.document, route)}{key}" if key else written


def report_kind(departure: Departure, findings: Findings) -> None:
    """Say that a component's kind does not exist, or not on this side."""
    route, folder, kind = departure.route, departure.bound, departure.value
    kinds = load_schemas().kinds
    noun = NOUNS[folder]
    is_other = isinstance(kind, str) and kind in kinds[OTHER_SIDE[folder]]
    meant, key = _meant(kind, folder) if isinstance(kind, str) and not is_other else (None, "")
    if isinstance(kind, list) and len(named := [each for each in kind if each not in (None, "null")]) == 1:
        # `[string, "null"]` of JSON Schema: an input need not be filled in.
        meant, key = _meant(str(named[0]), folder)
        meant = str(named[0]) if named[0] in kinds[folder] else meant
    shown = findings.describe(route, kind)
    if len(route) == 2 and not is_other and meant is None and _is_swapped(route, kind, findings):
        return
    findings.add(
        route,
        "E-UNKNOWN-KIND",
        f"`{kind}` is a kind of {NOUNS[OTHER_SIDE[folder]]}, and not of {noun}"
        if is_other
        else f"there is no kind of {noun} called {_called(kind, shown)}",
        expected=f"`{meant}`" if meant else one_of(kinds[folder]),
        found=shown,
        repair=f"write {meant}" + (f", with `{key}`" if key else "")
        if meant
        else _other_way(kind, folder) or f"write {one_of(kinds[folder])}",
        fixes=_kind_fixes(route, meant, key, findings) if meant else (),
    )
    findings.mark(_component(route, folder))


SEVERAL = re.compile(
    r"[\w.]+\[\]|\[\][\w.]+|(?:\w+\.)?(?:[Ll]ist|[Ss]et|Sequence|Iterable|Array|array|[Tt]uple|Vec)\s*[\[<(].*[\]>)]"
    r"|(?:list|array|set)s? of \w+"
)
"""Types of several values in languages."""

PARTS_OF_PAGES: Mapping[str, str] = {
    **dict.fromkeys(
        ("state", "browserstate", "sessionstate"),
        "remove it here, and write `state:` at the top, with the name and its first value below it",
    ),
    **dict.fromkeys(
        ("button", "submitbutton", "clearbutton", "duplicatebutton", "loginbutton", "linkbutton"),
        "remove it: an action has its own button, whose words are at `button`",
    ),
    **dict.fromkeys(
        ("row", "column", "tab", "tabs", "accordion", "group", "blocks", "divider", "spacer"),
        "remove it: where inputs and outputs are on the page, `layout` says",
    ),
}
"""What other tools have among inputs and outputs, and is something else here."""


def _other_way(kind: Any, folder: str) -> str | None:
    """Return what to write for a type that no kind stands for, if that is known."""
    if not isinstance(kind, str):
        return None
    kinds = load_schemas().kinds[folder]
    chosen = [name for name, schema in kinds.items() if "choices" in schema["properties"]]
    if SEVERAL.fullmatch(kind.strip()) and chosen:
        return f"write {one_of(chosen)}, with `choices:` and what can be chosen below it, after dashes"
    called = re.match(r"(?:\w+\.)*(?P<name>\w+)(?:\(|$)", kind.strip())
    return PARTS_OF_PAGES.get(called["name"].lower().replace("_", "")) if called else None


def _is_swapped(route: Route, name: Any, findings: Findings) -> bool:
    """Say that a kind and a name have changed places: `text: place`."""
    folder, kind = str(route[0]), str(route[1])
    if kind not in load_schemas().kinds[folder] or not isinstance(name, str) or not name.isidentifier():
        return False
    if name in findings.document.values[folder]:
        return False
    line = f"{name}: {kind}"
    findings.add(
        route,
        "E-UNKNOWN-KIND",
        f"there is no kind of {NOUNS[folder]} called `{name}`, and `{kind}` is one",
        expected=f"the name before the colon: `{line}`",
        found=f"`{kind}: {name}`",
        repair=f"write `{line}`",
        fixes=edits.replace_entry(findings.document, route, line),
    )
    findings.mark(route)
    return True


def _kind_fixes(route: Route, meant: str, key: str, findings: Findings) -> tuple[Fix, ...]:
    """Write the kind; with a key that belongs to it, on a line of its own."""
    document = findings.document
    if not key:
        return edits.replace_value(document, route, meant)
    place = document.places.get(route)
    if place is None:
        return ()
    if route[-1] != "type":
        return edits.replace_lines(document, route, [f"type: {meant}", key], f"write {meant}, with {key}")
    name, _, written = key.partition(": ")
    holder: Any = document.values
    for step in route[:-1]:
        holder = holder[step]
    if any(synonym(each, [name]) for each in holder if each != name):
        return edits.replace_value(document, route, meant)
    if name in holder:
        fixes = edits.replace_value(document, route, meant)
        others = edits.replace_value(document, (*route[:-1], name), written)
        is_same = edits.scalar(holder[name]) == written
        return tuple(
            replace(fix, edits=fix.edits if is_same else (*fix.edits, *other.edits))
            for fix, other in zip(fixes, others, strict=True)
        )
    is_flow = document.source[: document.places[route[:-1]].value.start + 1].endswith("{")
    margin = "" if is_flow or place.key is None else edits.margin(document.source, place.key.start)
    return edits.replace_value(document, route, f"{meant}, {key}" if is_flow else f"{meant}\n{margin}{key}")


def _called(kind: Any, shown: str) -> str:
    return shown.removeprefix("the text ") if isinstance(kind, str) else shown


def _meant(word: str, folder: str) -> tuple[str | None, str]:
    """Return the kind that was most likely meant, and a key that belongs to it then."""
    called = kind_for_word(folder, word.lower().replace("-", "_"))
    return called or (guess(word, load_schemas().kinds[folder]), "")


def _component(route: Route, folder: str) -> Route:
    return route[: len(route) - route[::-1].index(folder) + 1]
