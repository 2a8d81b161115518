"""What `gradstream check` prints: findings as they are known, or one document at the end.

text, github: add --> standard output at once         json, sarif: add --> kept --finish--> standard output
              progress, words, the count --> standard error
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from msgspec import json

from gradstream import __version__
from gradstream.diagnostics import Diagnostic
from gradstream.report import github, sarif, terminal
from gradstream.report import json as json_report

Form = Literal["text", "json", "sarif", "github"]
FORMS: tuple[Form, ...] = ("text", "json", "sarif", "github")
DOCUMENTS = frozenset({"json", "sarif"})
"""Forms for programs: one document, and no count."""

CLEAR_LINE = "\x1b[K"
WIDEST = 80
"""Columns of progress: a line that wraps cannot be cleared."""

Place = tuple[int, ...]
"""The order of findings in a document: what is known later may come before."""


class CheckReport:
    """One command's. `errors` and `warnings` count what was reported; each finding is reported once."""

    def __init__(self, form: Form) -> None:
        self.errors = 0
        self.warnings = 0
        self._form = form
        self._found: dict[tuple[object, ...], tuple[Place, Diagnostic]] = {}
        self._sources = terminal.sources_below(Path())
        self._shows_progress = sys.stderr.isatty()
        self._is_line_shown = False

    def add(self, diagnostics: Iterable[Diagnostic], *, place: Place) -> None:
        """Report findings. An import finds some again that the check has found, without their repairs."""
        for index, each in enumerate(diagnostics):
            key = (each.span, each.code, each.message)
            if key in self._found:
                continue
            is_first = not self._found
            self._found[key] = ((*place, index), each)
            self.errors += each.is_error
            self.warnings += not each.is_error
            if self._form not in DOCUMENTS:
                self._print(each, is_first=is_first)

    def finish(self) -> None:
        """Print the document, where the form is one."""
        self.progress("")
        if self._form in DOCUMENTS:
            found = [each for _, each in sorted(self._found.values(), key=lambda entry: entry[0])]
            print(_document(found, self._form, self._sources), flush=True)

    def progress(self, text: str) -> None:
        """Show progress on a terminal; each text replaces the one before."""
        if self._shows_progress and (text or self._is_line_shown):
            print(f"\r{CLEAR_LINE}{text[: WIDEST - 1]}", end="", file=sys.stderr, flush=True)
            self._is_line_shown = bool(text)

    def say(self, text: str) -> None:
        """Print a word that is not a finding."""
        self.progress("")
        print(text, file=sys.stderr, flush=True)

    def sum_up(self, demos: Iterable[str]) -> None:
        """Print how many demos and findings there are, except for programs."""
        if self._form not in DOCUMENTS:
            found = (counted(self.errors, "mistake"), counted(self.warnings, "warning"))
            self.say(", ".join((*demos, *found)))

    def _print(self, found: Diagnostic, *, is_first: bool) -> None:
        self.progress("")
        if self._form == "github":
            print(github.render([found]), flush=True)
            return
        text = terminal.render_one(found, sources=self._sources, colour=sys.stdout.isatty())
        print(text if is_first else f"\n{text}", flush=True)


def counted(number: int, noun: str, about: str = "") -> str:
    """Return a number with its noun, and what is said about it: `no mistakes`, `2 demos not decided`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}{about and f' {about}'}"


def _document(found: list[Diagnostic], form: Form, sources: terminal.Sources) -> str:
    if form == "sarif":
        return json.encode(sarif.log(found, program=__version__, sources=sources)).decode()
    return json.encode(json_report.report(found)).decode()
