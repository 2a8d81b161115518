"""The notes of a file of settings, kept above the keys that they are about when it is written as YAML."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.format import edits

NOTE = re.compile(r"\s*[#;]+\s?(?P<words>.*?)\s*")
SECTION = re.compile(r"\s*\[+(?P<name>[^\]]+)\]+\s*(?:[#;]\s*(?P<note>.*?))?\s*")
ENTRY = re.compile(r"\s*(?P<key>[\w.\"'-]+)\s*[=:]\s*(?P<value>.*?)\s*")
BESIDE = re.compile(r"(?:[^\"'#;]|\"[^\"]*\"|'[^']*')*?(?:^|\s)[#;]\s(?P<words>.*)")

Notes = Mapping[tuple[str, ...], Sequence[str]]


def read_notes(text: str, *, unwrap: frozenset[str]) -> Notes:
    """Return the notes by the names that lead to the key below them, or beside which they stand.

    Sections of the names in `unwrap` are those of the whole file. Notes at the end of the file are at ().
    """
    found: dict[tuple[str, ...], list[str]] = {}
    pending: list[str] = []
    section: tuple[str, ...] = ()
    for line in text.splitlines():
        note, head, entry = NOTE.fullmatch(line), SECTION.fullmatch(line), ENTRY.fullmatch(line)
        if note:
            pending.append(note["words"])
        elif head:
            name = head["name"].strip()
            section = () if name.lower() in unwrap else tuple(re.split(r"[.:]", name))
            pending += [head["note"]] if head["note"] else []
            if section and pending:
                found.setdefault(section, []).extend(pending)
                pending = []
        elif entry:
            beside = BESIDE.fullmatch(entry["value"])
            pending += [beside["words"]] if beside else []
            route = (*section, *(part.strip("\"' ") for part in entry["key"].split(".")))
            if pending:
                found.setdefault(route, []).extend(pending)
            pending = []
        elif "#" in line:
            # Notes within a value of several lines have no place in what is written.
            return {("",): [line]}
    return {**found, (): pending}


def all_kept(notes: Notes, lines: Sequence[str]) -> bool:
    """Return whether each note is among lines of YAML."""
    written = {line.strip().removeprefix("#").strip() for line in lines if line.strip().startswith("#")}
    return {note.strip() for each in notes.values() for note in each} <= written


def with_notes(values: Mapping[str, Any], notes: Notes, route: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines of keys and values, each below its notes."""
    for key, value in values.items():
        here = (*route, key)
        yield from (f"# {note}".rstrip() for note in notes.get(here, ()))
        has_more = isinstance(value, dict) and value and any(each[: len(here)] == here for each in notes)
        if has_more:
            yield f"{edits.text(key)}:"
            yield from edits.indented(list(with_notes(value, notes, here)))
        else:
            yield from edits.entry(key, value)
    if not route:
        yield from (f"# {note}".rstrip() for note in notes.get((), ()))
