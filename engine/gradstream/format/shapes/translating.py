"""Components with another tool's kind and its other keys: written whole with the format's own words.

mood:                         mood:
  type: selectbox               type: dropdown
  options: [tired, cheerful]    choices: [tired, cheerful]
  key: mood                ->
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.diagnostics import Fix
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.endings import ending
from gradstream.format.mistakes.synonyms import synonym, whole_line, withholds, without_key
from gradstream.format.schema.validators import FOLDERS, load_schemas
from gradstream.format.shapes.blocks import CODE, entry, quoted, value_at, with_comments
from gradstream.format.shapes.calls import kind_of

NAMES = ("name", "id", "label", "title", "description", "default", "value")
"""Keys whose value may be a word for a kind and says something else."""


KIND_WORDS = ("field", "ui", "format", "gradio", "streamlit", "input", "html_type", "render_as")
"""Keys that say the kind in other tools, where their value is a word for one."""


class Translated(Struct, frozen=True, kw_only=True):
    """A component's lines in the format's words, and the names of keys for which it has none.

    `idle` are those without which a page is the same; `notes` are the other ones.
    """

    lines: Sequence[str]
    idle: Sequence[str]
    notes: Sequence[str]


def check_foreign_kinds(findings: Findings) -> None:
    """Note components whose kind is another tool's word, where other keys of theirs are as well."""
    for folder in FOLDERS:
        components = findings.document.values.get(folder)
        for name, config in (components if isinstance(components, Mapping) else {}).items():
            said = _kind_in(config, folder) if isinstance(config, Mapping) else None
            if said is not None:
                _check((folder, name), *said, findings)


def _kind_in(config: Mapping[str, Any], folder: str) -> tuple[str, str] | None:
    """Return the key that says the kind in another tool's word, and that word; None where `type` is right."""
    kinds = load_schemas().kinds[folder]
    if "type" in config:
        word = config["type"]
        return ("type", word) if isinstance(word, str) and word not in kinds else None
    for key, value in config.items():
        word = _only_value(value)
        kind = kind_of(word.rpartition(".")[2], folder)[0] if isinstance(word, str) else None
        known = kinds[kind]["properties"] if kind is not None else ()
        if kind is None or key in known or key in NAMES:
            continue
        others = [name for name in config if name != key]
        are_known = bool(others) and all(name in known or synonym(name, known) for name in others)
        if are_known or key in KIND_WORDS or synonym(key, ["type"]):
            return key, str(word)
    return None


def _only_value(value: Any) -> Any:
    """Return the value of a mapping's only key, which says the kind: `ui: {widget: slider}`."""
    is_around = isinstance(value, Mapping) and len(value) == 1 and synonym(next(iter(value)), ["type"])
    return next(iter(value.values())) if is_around else value


def _check(route: Route, holder: str, word: str, findings: Findings) -> None:
    """Note a component whose kind is another tool's word, at the key `holder`, if other keys are as well."""
    document, folder = findings.document, str(route[0])
    config = value_at(document, route)
    kinds = load_schemas().kinds[folder]
    kind, more = kind_of(word.rpartition(".")[2], folder)
    if kind is None or document.names_at((*route, holder)):
        return
    known = kinds[kind]["properties"]
    foreign = [name for name in config if name not in known and not name.startswith("x-")]
    others = [name for name in foreign if name != holder]
    if not foreign or any(isinstance(config[name], Mapping) for name in others):
        return
    translated = _translate(route, holder, kind, more, findings)
    left = [*translated.idle, *translated.notes]
    findings.add(
        route,
        CODE,
        f"`{route[-1]}` is written as another tool or language has it",
        expected=f"`type: {kind}`, and the keys that it has",
        found=f"`{holder}: {word}`" + (f", with {_listed(others)}" if others else ""),
        repair=f"write {quoted(translated.lines, below=str(route[-1]), most=4)}"
        + (f"; there is nothing like {_listed(left)}" if left else ""),
        at="key",
        fixes=_fixes(route, translated, document),
    )


def _translate(route: Route, holder: str, kind: str, more: str, findings: Findings) -> Translated:
    """Return a component's keys in the words of a kind, which `holder` says now; `more` belongs to it."""
    document, config = findings.document, value_at(findings.document, route)
    known: Mapping[str, Any] = load_schemas().kinds[str(route[0])][kind]["properties"]
    keys: dict[str, list[str]] = {}
    implied = more.partition(":")[0]
    idle: list[str] = []
    notes: list[str] = []
    for name, value in config.items():
        if name == holder:
            keys["type"] = [f"type: {kind}"]
            keys |= {implied: [more]} if more and implied not in config else {}
            continue
        key = name if name in known else synonym(name, [each for each in known if each not in config])
        if name.startswith("x-"):
            keys[name] = entry(document, (*route, name))
        elif key is None or (key in keys and key != implied) or not _within(value, known[key]):
            (idle if key or is_idle(name, value=value) else notes).append(name)
        else:
            whole = _whole(name, key, value, config) if key != name else None
            keys[key] = [whole] if whole else entry(document, (*route, name), name=key)
    return Translated(lines=[line for lines in keys.values() for line in lines], idle=idle, notes=notes)


def _within(value: Any, described: Mapping[str, Any]) -> bool:
    """Return whether a number is one that the key can have: a height of 200 points is not 200 lines."""
    return not isinstance(value, int) or value <= described.get("maximum", value)


def _whole(name: str, key: str, value: Any, config: Mapping[str, Any]) -> str | None:
    """Return a key's line where its value is written in another way: the place of a choice as the choice."""
    choices = next((each for other, each in config.items() if synonym(other, ["choices"])), None)
    is_place = key == "default" and name.endswith("index") and type(value) is int
    if is_place and isinstance(choices, list) and 0 <= value < len(choices):
        chosen = choices[value]
        return None if isinstance(chosen, list | Mapping) else f"default: {edits.scalar(chosen)}"
    if key == "accept" and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return edits.entry(key, [ending(each) for each in value])[0]
    return whole_line(name, key, value)


def is_idle(name: str, *, value: Any) -> bool:
    """Return whether nothing is lost for visitors with a key that the format does not have."""
    is_short = not isinstance(value, list | Mapping) and "\n" not in str(value)
    says = without_key(name) or ""
    return is_short and says.startswith("remove it") and not (value and withholds(name))


def _fixes(route: Route, translated: Translated, document: Document) -> tuple[Fix, ...]:
    """Write the component; where keys would be lost that may matter, the author says what becomes of them."""
    if not translated.notes:
        lines = with_comments(document, route, translated.lines)
        return edits.replace_lines(document, route, lines, "write it so")
    kept = [line for name in translated.notes for line in entry(document, (*route, name), name=f"x-{name}")]
    names = _listed(translated.notes)
    return (
        *edits.replace_lines(document, route, translated.lines, f"write it so, without {names}"),
        *edits.replace_lines(
            document, route, [*translated.lines, *kept], f"write it so, with {names} as a note"
        ),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
