"""Collecting diagnostics of one document by route; they come out with line and column, in file order."""

from collections.abc import Sequence
from typing import Any, Literal

from gradstream.diagnostics import Diagnostic, Fix, Severity, Span
from gradstream.document.types import Document, Route
from gradstream.format.wording import describe

At = Literal["key", "value"]


class Findings:
    """What is wrong with one document. A route that was said to be wrong once is not spoken of again."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._diagnostics: list[Diagnostic] = []
        self._wrong: set[Route] = set(document.holes)
        self._meant: set[Route] = set()

    def add(  # noqa: PLR0913 (the fields of a finding)
        self,
        route: Route,
        code: str,
        message: str,
        *,
        expected: str = "",
        found: str = "",
        repair: str = "",
        severity: Severity = "error",
        at: At = "value",
        fixes: Sequence[Fix] = (),
        otherwise: str = "",
    ) -> None:
        """Note a finding at the node, unless the node or one around it is known to be wrong already."""
        if self.is_wrong(route):
            return
        span = self.document.key_span(route) if at == "key" else self.document.span(route)
        self.append(
            Diagnostic(
                span=span,
                code=code,
                message=message,
                severity=severity,
                expected=expected,
                found=found,
                repair=repair,
                fixes=tuple(fixes),
                otherwise=otherwise,
            )
        )
        if severity == "error":
            self._wrong.add(route)

    def add_missing(
        self,
        route: Route,
        message: str,
        *,
        expected: str,
        repair: str,
        fixes: Sequence[Fix] = (),
        otherwise: str = "",
    ) -> None:
        """Note that the node does not exist, at the key of the mapping that lacks it."""
        around = route[:-1]
        if route in self._meant or self.is_wrong(route):
            return
        place = around or ("gradstream",)
        self.append(
            Diagnostic(
                span=self.document.key_span(place),
                code="E-MISSING-KEY",
                message=message,
                expected=expected,
                found="none",
                repair=repair,
                fixes=tuple(fixes),
                otherwise=otherwise,
            )
        )
        self._wrong.add(route)

    def note_meant(self, route: Route) -> None:
        """Note that an unknown key most likely stands for this one, which then is not missing."""
        self._meant.add(route)

    def append(self, diagnostic: Diagnostic) -> None:
        """Take in a finding that has its place already."""
        self._diagnostics.append(diagnostic)

    def mark(self, route: Route) -> None:
        """Mark the node as wrong; its finding is reported elsewhere."""
        self._wrong.add(route)

    def is_wrong(self, route: Route) -> bool:
        """Return whether the node, or one around it, has been found wrong."""
        return bool(self._wrong) and any(route[:length] in self._wrong for length in range(len(route) + 1))

    def has_errors(self) -> bool:
        """Return whether anything found so far makes the document unusable."""
        return any(each.is_error for each in self._diagnostics)

    @property
    def wrong(self) -> frozenset[Route]:
        """The routes that were found wrong so far."""
        return frozenset(self._wrong)

    def describe(self, route: Route, value: Any) -> str:
        """Describe the value at the route; one from the environment is named and never shown."""
        names = self.document.names_at(route)
        return f"the value of `{names[0]}`" if names else describe(value)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return all findings in file order."""
        return tuple(sorted(self._diagnostics, key=_file_order))


def _file_order(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    span: Span = diagnostic.span
    return span.file, span.line, span.column, diagnostic.code
