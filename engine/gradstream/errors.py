"""Exceptions for broken promises. Expected failures are `Diagnostic` values and never raised."""

from typing import Literal

Fault = Literal["author", "developer", "visitor", "worker", "server", "limit"]
"""Whose fault a failure is: the YAML, the Python, the input, the process, this program, a stated bound."""


class GradstreamError(Exception):
    """Root of every exception that this package raises on purpose."""


class ProtocolError(GradstreamError):
    """A peer sent what the protocol does not allow: the connection cannot be trusted any further."""


class WorkerStartError(GradstreamError):
    """A worker process could not be started or did not answer the handshake."""


class WorkerLost(GradstreamError):  # noqa: N818 (the glossary's word)
    """A worker process ended, or stopped answering, while something was asked of it."""

    def __init__(self, message: str, *, exit_code: int | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class IllegalTransition(GradstreamError):  # noqa: N818 (what was attempted)
    """An event that the run's lifecycle does not allow in its present status; nothing was changed."""
