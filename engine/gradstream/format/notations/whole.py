"""A file that is not YAML at all: said once, by what it is, with its YAML where that follows from it.

text --TOML, INI, .env, Python, JavaScript, HCL, CSV, …--> E-PASTED with the YAML, or E-NOT-A-DEMO
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gradstream.diagnostics import Diagnostic, Fix, TextEdit
from gradstream.document.line_index import Stretch, index_lines
from gradstream.format.notations.notes import all_kept, read_notes, with_notes
from gradstream.format.notations.programs import javascript, python
from gradstream.format.notations.settings import WHOLE, settings, toml, variables
from gradstream.format.notations.types import Notation

MOST_CHARACTERS = 50_000
"""A longer text is not looked at: what people paste by mistake is short."""

DEMO_KEYS = frozenset({"gradstream", "generator", "outputs", "fn", "function", "actions"})
"""Keys one of which a text has that is meant as a demo."""

KEY_OF_DEMO = re.compile(r"\s(?:gradstream|generator|outputs):(?:\s|$)")
"""Such a key behind something else: a chat's stamp, which has a comma between its day and its time."""

ELSEWHERE = "leave this file as it is, and write the demo into one of its own: `gradstream new NAME`"
BLOCKS = 'write `name:` in place of each `word "name" {`, with its keys indented below it'
FIRST_LINE = re.compile(r"(?:[ \t]*(?:[#;].*)?\r?\n)*[ \t]*(?P<line>.*)")
"""The first line that is not a note."""

REQUIRED = re.compile(r"[\w.-]+(?:\[[\w,]+\])?\s*[=~<>!]=\s*[\w.*]")
"""A package of Python with its version."""

DOCKER = r"(?m)^FROM \S+(?:\n.*)*?\n(?:RUN|CMD|COPY|WORKDIR|ENTRYPOINT)\b"
SEVERAL = "write each into a file of its own"
PATTERNS = (
    (r"(?m)^\w+(?:[ \t]+\"[\w.-]+\")+[ \t]*\{[ \t]*$", "HCL, as Terraform has it", BLOCKS),
    (DOCKER, "a Dockerfile", ""),
    (r"(?is)\A\s*(?:SELECT\b.+\bFROM\b|CREATE TABLE\b|INSERT INTO\b)", "SQL", ""),
    (r"\A\s*https?://\S+\s*\Z", "an address", "put what is at the address into the file"),
    (r"\A\s*(?:\{.*\}[ \t]*\n)+\{.*\}\s*\Z", "several objects of JSON", SEVERAL),
)
"""Texts that are known by what they begin with, or by lines that nothing else has."""


def report_whole(text: str, *, file: str) -> Diagnostic | None:
    """Return the only report about a text in another notation; None for one that nobody knows."""
    if len(text) > MOST_CHARACTERS or not text.strip():
        return None
    notation = _notation(text)
    if notation is None:
        return None
    lines = index_lines(text)
    first = FIRST_LINE.match(text)
    start, end = first.span("line") if first else (0, 0)
    span = lines.span(Stretch(start, end), file=file)
    if not (notation.text or (notation.values and DEMO_KEYS & set(notation.values))):
        return Diagnostic(
            span=span,
            code="E-NOT-A-DEMO",
            message=f"this is {notation.name}, and not a demo",
            expected="`gradstream: 1`, `generator` and `outputs` at the top",
            found=notation.name,
            repair=notation.repair or ELSEWHERE,
        )
    written = notation.text or _as_yaml(notation.values, text)
    whole = TextEdit(span=lines.span(Stretch(0, len(text)), file=file), text=written)
    return Diagnostic(
        span=span,
        code="E-NOTATION",
        message=f"this is {notation.name}, and a demo is YAML",
        expected="`key: value`, a line for each, and what belongs to a key indented below it",
        found=notation.name,
        repair=notation.repair or "write it as YAML" + (f": {_beginning(written)}" if written else ""),
        fixes=(Fix(title="write it as YAML", edits=(whole,)),) if written else (),
    )


def _notation(text: str) -> Notation | None:
    for read in (toml, variables, settings, python, javascript):
        found = read(text)
        if found is not None:
            return found
    known = next(((name, repair) for pattern, name, repair in PATTERNS if re.search(pattern, text)), None)
    if known is not None:
        return Notation(name=known[0], repair=known[1])
    filled = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if all(REQUIRED.match(line) for line in filled):
        return Notation(name="a list of packages of Python")
    return Notation(name="a table of cells (CSV)") if _is_table(filled) else None


def _is_table(lines: Sequence[str]) -> bool:
    """Return whether all lines have as many commas, semicolons or tabs, and none has a key."""
    has_key = any(re.match(r"\s*[\w-]+:(\s|$)", line) or KEY_OF_DEMO.search(line) for line in lines)
    if len(lines) < 2 or has_key:
        return False
    return any(lines[0].count(sign) > 0 and len({line.count(sign) for line in lines}) == 1 for sign in ",;\t")


def _as_yaml(values: Mapping[str, Any] | None, text: str) -> str:
    """Return keys and values as YAML, with the notes of a file of settings; "" where notes would be lost."""
    if not values:
        return ""
    notes = read_notes(text, unwrap=WHOLE)
    marked = values if "gradstream" in values else {"gradstream": 1, **values}
    lines = list(with_notes(marked, notes))
    return "".join(f"{line}\n" for line in lines) if all_kept(notes, lines) else ""


def _beginning(written: str) -> str:
    lines = [line for line in written.splitlines() if line.strip() and not line.startswith("#")]
    return ", ".join(f"`{line.strip()}`" for line in lines[:3]) + (", and so on" if len(lines) > 3 else "")
