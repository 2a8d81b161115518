"""Exceptions for broken promises. Expected failures of authors and developers are `Diagnostic` values."""

import errno
from typing import Literal

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
"""The system's numbers for a full disk, and for a full share of one."""

Fault = Literal["author", "developer", "visitor", "worker", "server", "limit"]
"""Who is responsible for a failure: the YAML, the Python, the input, the process, this program, a limit."""


class GradstreamError(Exception):
    """Root of the exceptions for broken promises: by a peer, the installation or this program."""


class ProtocolError(GradstreamError):
    """A peer violated the protocol: the connection cannot be used any more."""


class WorkerStartError(GradstreamError):
    """A worker process could not be started or did not answer the handshake."""


class UnusablePythonError(WorkerStartError):
    """The Python that a demo names cannot run its worker; `lacks_package`: it could with this version."""

    def __init__(self, message: str, *, lacks_package: bool = False) -> None:
        super().__init__(message)
        self.lacks_package = lacks_package


class WorkerLostError(GradstreamError):
    """A worker process ended before it answered a request; one that it never took had no effect."""

    def __init__(self, message: str, *, exit_code: int | None = None, was_taken: bool = True) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.was_taken = was_taken


class RunFolderError(GradstreamError):
    """A run's working folder was removed, and cannot be made again."""


class ThreadStartError(GradstreamError):
    """The system refused to start a thread."""


class IllegalTransitionError(GradstreamError):
    """An event that the lifecycle does not allow in the run's present status; nothing was changed."""
