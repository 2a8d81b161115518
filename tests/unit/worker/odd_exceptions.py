"""Exceptions whose own code or texts make them hard to report.

Imported by tests, and copied beside demos, which raise them in workers.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gradstream import UserError


class RaisingTextError(ValueError):
    """Its text cannot be had."""

    def __str__(self) -> str:
        raise RuntimeError("no text")


class ExitingTextError(ValueError):
    """Its text ends the process, if one lets it."""

    def __str__(self) -> str:
        raise SystemExit(1)


class OtherTextError(ValueError):
    """Its text is none."""

    def __str__(self) -> str:
        nothing: Any = None
        return nothing  # type: ignore[no-any-return]


class OddStr(str):
    """A text that nothing can be done with."""

    __slots__ = ()

    def split(self, *_: Any, **__: Any) -> Any:
        """Refuse."""
        raise RuntimeError("no split")

    replace = encode = split


class DerivedTextError(ValueError):
    """Its text is of a class of its own."""

    def __str__(self) -> str:
        return OddStr("derived")


class RaisingUserError(UserError):
    """A message for the visitor that cannot be had."""

    def __str__(self) -> str:
        raise RuntimeError("no text")


class NamelessType(type):
    """A class that hides its name."""

    def __getattribute__(cls, name: str) -> Any:
        """Refuse to give names."""
        if name in {"__name__", "__qualname__"}:
            raise RuntimeError("no name")
        return super().__getattribute__(name)


class NamelessError(ValueError, metaclass=NamelessType):
    """An exception of such a class."""


def refuse(_: Any) -> Any:
    """Raise where an attribute is read."""
    raise RuntimeError("no such thing")


def ignore(_: Any, value: Any) -> None:
    """Do nothing where an attribute is set."""


class RaisingClassError(ValueError):
    """What it is an instance of cannot be asked."""

    __class__: Any = property(refuse)


class RaisingAttributesError(OSError):
    """Its attributes cannot be read."""

    strerror: Any = property(refuse)
    filename: Any = property(refuse)
    __notes__: Any = property(refuse)
    __traceback__: Any = property(refuse, ignore)


class RaisingFileError(FileNotFoundError):
    """The name of its file cannot be read."""

    filename: Any = property(refuse)


class EndlessRepr:
    """A representation without end."""

    def __repr__(self) -> str:
        return repr(self)


def with_notes(notes: Any) -> Exception:
    """Return an exception with notes of any kind."""
    error = ValueError("noted")
    error.__notes__ = notes
    return error


class EndlessNotes(list[str]):
    """Notes without end."""

    def __iter__(self) -> Iterator[str]:
        while True:
            yield "and another"


def raised_in(filename: str) -> Exception:
    """Return an exception of code that says it is from this file."""
    try:
        exec(compile("raise ValueError('of another file')", filename, "exec"))  # noqa: S102 (the code is above)
    except ValueError as error:
        return error
    raise AssertionError


def pipe() -> str:
    """Return the name of a pipe into which nobody writes."""
    path = Path(tempfile.mkdtemp()) / "pipe"
    os.mkfifo(path)
    return str(path)


def with_cause(cause: BaseException) -> Exception:
    """Return an exception with a cause."""
    error = ValueError("caused")
    error.__cause__ = cause
    return error


def syntax(*details: Any) -> Exception:
    """Return a syntax error with details of any kind."""
    return SyntaxError("x", details)


FAILED = "<exception str() failed>"

ODD: dict[str, tuple[Callable[[], BaseException], str]] = {
    "path": (
        lambda: FileNotFoundError("no weights at", Path("weights.bin")),
        "FileNotFoundError: [Errno no weights at] weights.bin",
    ),
    "no-file-name": (lambda: FileNotFoundError(2, "gone", b"\xff"), "FileNotFoundError: gone"),
    "long-name": (lambda: FileNotFoundError(2, "gone", "x" * 5000), "FileNotFoundError: gone"),
    "nul-name": (lambda: FileNotFoundError(2, "gone", "a\0b"), "FileNotFoundError: gone"),
    "surrogate": (lambda: ValueError("\ud800"), "ValueError: \ufffd"),
    "pair": (lambda: ValueError("\ud83d\ude00"), "ValueError: \U0001f600"),
    "undecodable": (lambda: ValueError(os.fsdecode(b"caf\xe9")), "ValueError: caf\ufffd"),
    "bytes": (lambda: OSError(5, b"x"), "OSError: [Errno 5] b'x'"),
    "raising-text": (RaisingTextError, f"RaisingTextError: {FAILED}"),
    "exiting-text": (ExitingTextError, f"ExitingTextError: {FAILED}"),
    "no-text": (OtherTextError, f"OtherTextError: {FAILED}"),
    "derived-text": (DerivedTextError, "DerivedTextError: derived"),
    "raising-user-error": (RaisingUserError, f"RaisingUserError: {FAILED}"),
    "syntax": (lambda: syntax("f", "line", None, b"t"), "SyntaxError: x"),
    "syntax-line": (lambda: syntax("f.py", 3, "a", 7), "SyntaxError: x (f.py, line 3)"),
    "syntax-file": (lambda: syntax(b"f", 2**70, -1, "t", 1, 1), "SyntaxError: x"),
    "nameless": (lambda: NamelessError("x"), "NamelessError: x"),
    "raising-class": (lambda: RaisingClassError("x"), f"RaisingClassError: {FAILED}"),
    "raising-attributes": (lambda: RaisingAttributesError(5, "x"), f"RaisingAttributesError: {FAILED}"),
    "raising-file": (lambda: RaisingFileError(2, "x"), "RaisingFileError: x"),
    "endless": (lambda: KeyError(EndlessRepr()), f"KeyError: {FAILED}"),
    "notes-number": (lambda: with_notes(5), "ValueError: noted"),
    "notes-mixed": (lambda: with_notes([RaisingTextError(), "\ud800", None]), "ValueError: noted"),
    "notes-endless": (lambda: with_notes(EndlessNotes()), "ValueError: noted"),
    "notes-text": (lambda: with_notes("a note"), "ValueError: noted"),
    "source-endless": (lambda: raised_in("/dev/zero"), "ValueError: of another file"),
    "source-pipe": (lambda: raised_in(pipe()), "ValueError: of another file"),
    "source-nul": (lambda: raised_in("<a\ud800b>"), "ValueError: of another file"),
    "cause": (lambda: with_cause(NamelessError("x")), "ValueError: caused"),
    "group": (lambda: ExceptionGroup("all", [RaisingTextError(), NamelessError()]), "ExceptionGroup: all"),
    "long": (lambda: ValueError("x" * 70_000_000), "ValueError: " + "x" * 299 + "…"),
}
"""What makes each, and how its message begins: each is reported as the developer's fault."""
