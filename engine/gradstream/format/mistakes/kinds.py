"""Mistakes in the `type` of an input or output: missing, misspelt, planned, or of the other side."""

from collections.abc import Mapping
from typing import Any

from gradstream.document.types import Route
from gradstream.format.findings import Findings
from gradstream.format.mistakes.synonyms import PLANNED
from gradstream.format.schema.errors import Departure
from gradstream.format.schema.hints import fallback, kind_for_word
from gradstream.format.schema.validators import load_schemas
from gradstream.format.wording import guess, one_of

OTHER_SIDE: Mapping[str, str] = {"inputs": "outputs", "outputs": "inputs"}
NOUNS: Mapping[str, str] = {"inputs": "input", "outputs": "output"}


def report_no_shape(departure: Departure, findings: Findings) -> None:
    """Say that a component is neither a kind's name nor a mapping."""
    route, noun = departure.route, NOUNS[departure.bound]
    findings.add(
        route,
        "E-TYPE",
        f"`{route[-1]}` does not say what kind of {noun} it is",
        expected="the name of a kind, or a mapping with `type`",
        found=findings.describe(route, departure.value),
        repair=f"write `{route[-1]}: text`, or `type: text` below it",
    )


def report_no_kind(departure: Departure, findings: Findings) -> None:
    """Say that a component's mapping has no `type`."""
    route, folder = departure.route, departure.bound
    kinds = load_schemas().kinds[folder]
    fitting = [kind for kind, schema in kinds.items() if set(departure.value) <= set(schema["properties"])]
    findings.add_missing(
        (*route, "type"),
        f"the {NOUNS[folder]} `{route[-1]}` does not say of what kind it is",
        expected=f"`type:` with {one_of(kinds)}",
        repair=f"add a line `type: {(fitting or [fallback(folder)])[0]}`",
    )
    findings.mark(route)


def report_kind(departure: Departure, findings: Findings) -> None:
    """Say that a component's kind does not exist, or not yet, or not on this side."""
    route, folder, kind = departure.route, departure.bound, departure.value
    kinds = load_schemas().kinds
    noun = NOUNS[folder]
    if kind in PLANNED[folder]:
        _planned(kind, route, findings, noun=noun)
        return
    is_other = isinstance(kind, str) and kind in kinds[OTHER_SIDE[folder]]
    meant, key = _meant(kind, folder) if isinstance(kind, str) and not is_other else (None, "")
    shown = findings.describe(route, kind)
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
        else f"write {one_of(kinds[folder])}",
    )
    findings.mark(_component(route, folder))


def _called(kind: Any, shown: str) -> str:
    return shown.removeprefix("the text ") if isinstance(kind, str) else shown


def _meant(word: str, folder: str) -> tuple[str | None, str]:
    """Return the kind that was most likely meant, and a key that belongs to it then."""
    called = kind_for_word(folder, word.lower().replace("-", "_"))
    return called or (guess(word, load_schemas().kinds[folder]), "")


def _component(route: Route, folder: str) -> Route:
    return route[: len(route) - route[::-1].index(folder) + 1]


def _planned(kind: str, route: Route, findings: Findings, *, noun: str) -> None:
    findings.add(
        route,
        "E-NOT-SERVED",
        f"the {noun} kind `{kind}` is not served by this version",
        expected="a kind that is served",
        found=f"`{kind}`",
        repair="upgrade gradstream when a version serves it: pip install --upgrade gradstream",
    )
    findings.mark(_component(route, "inputs" if noun == "input" else "outputs"))
