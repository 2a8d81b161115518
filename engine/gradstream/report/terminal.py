"""Diagnostics as text for people, the same in a terminal, in a log and on a page.

demos/steps.yaml:9:5: error E-UNKNOWN-KEY: a slider has no key `min`
  8 |   steps:
  9 |     min: 1
    |     ^^^
 10 |     maximum: 10
  expected: minimum
  found:    min
  repair:   write `minimum`
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from gradstream.diagnostics import Diagnostic
from gradstream.encoding import decode_to_show
from gradstream.report.snippet import draw

RED, YELLOW, BOLD, DIM, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"

Sources = Callable[[str], str | None]
"""Returns the text of a file that a diagnostic names; None if it cannot be shown."""


def render(diagnostics: Iterable[Diagnostic], *, root: Path, colour: bool = False) -> str:
    """Return all diagnostics with lines of their files, relative to `root`; "" for none."""
    sources = sources_below(root)
    return "\n\n".join(render_one(each, sources=sources, colour=colour) for each in diagnostics)


def sources_below(root: Path, known: Mapping[str, str] = MappingProxyType({})) -> Sources:
    """Return what returns the text of a file below `root`, of those not `known`; each is read once."""
    texts: dict[str, str | None] = {**known}

    def source(file: str) -> str | None:
        if file not in texts:
            texts[file] = _read(root / file)
        return texts[file]

    return source


def render_one(diagnostic: Diagnostic, *, sources: Sources, colour: bool = False) -> str:
    """Return one diagnostic as lines of text, without a final line break."""
    source = sources(diagnostic.span.file)
    snippet = draw(source, diagnostic.span) if source is not None else []
    lines = [_headline(diagnostic, colour=colour)]
    lines += [f"  {_paint(line, DIM, colour=colour)}" for line in snippet]
    for label, text in _phrases(diagnostic):
        lines.append(f"  {label + ':':<9} {text}")
    return "\n".join(lines)


def _headline(diagnostic: Diagnostic, *, colour: bool) -> str:
    span = diagnostic.span
    place = _paint(f"{span.file}:{span.line}:{span.column}:", BOLD, colour=colour)
    severity = _paint(diagnostic.severity, RED if diagnostic.is_error else YELLOW, colour=colour)
    return f"{place} {severity} {diagnostic.code}: {diagnostic.message}"


def _phrases(diagnostic: Diagnostic) -> list[tuple[str, str]]:
    phrases = [
        ("expected", diagnostic.expected),
        ("found", diagnostic.found),
        ("repair", diagnostic.repair),
    ]
    return [(label, text) for label, text in phrases if text]


def _paint(text: str, style: str, *, colour: bool) -> str:
    return f"{style}{text}{PLAIN}" if colour else text


def _read(path: Path) -> str | None:
    """Return the file's text; None if it cannot be read, which has its own diagnostic."""
    try:
        return decode_to_show(path.read_bytes())
    except OSError:
        return None
