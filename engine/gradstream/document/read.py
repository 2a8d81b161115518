"""A file's bytes -> `Reading`: the document if there is one, and all mistakes in the text.

bytes --encoding--> text --conflicts, parser--> events --tree--> nodes --compose--> Document
"""

import re
from collections.abc import Mapping

from gradstream.document.compose import Composer
from gradstream.document.conflicts import find_conflict, find_marker
from gradstream.document.limits import MAX_BYTES, MAX_NODES
from gradstream.document.line_index import Stretch, index_lines
from gradstream.document.mistakes import Mistake, Rewrite, locate
from gradstream.document.parser import parse
from gradstream.document.pasted.look import explain_text
from gradstream.document.tree import build
from gradstream.document.types import Document, NodePlace, Reading
from gradstream.encoding import BYTE_ORDER_MARK, NotUtf8, decode, decode_to_show, kind_of_file
from gradstream.limits import size_in_words

BEGINNING_BYTES = 4096
"""How much is kept of a file that is too large: enough to see whether it is a demo."""

NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.2.2 does not allow in a file, section 5.1."""


def read(
    data: bytes,
    *,
    file: str,
    environ: Mapping[str, str],
    most_bytes: int = MAX_BYTES,
    most_values: int = MAX_NODES,
) -> Reading:
    """Read one YAML file. `file` is its name in diagnostics; `environ` has the values of variables."""
    if len(data) > most_bytes:
        return _unreadable(decode_to_show(data[:BEGINNING_BYTES]), _too_large(most_bytes), file=file)
    kind = kind_of_file(data)
    if kind is not None:
        return _unreadable(decode_to_show(data[:BEGINNING_BYTES]), _no_text(kind), file=file)
    text = decode(data)
    if isinstance(text, NotUtf8):
        return _unreadable(text.shown, _not_utf8(text), file=file)
    return read_text(text, file=file, environ=environ, most_values=most_values)


def read_text(text: str, *, file: str, environ: Mapping[str, str], most_values: int = MAX_NODES) -> Reading:
    """Read the text of one YAML file, without byte order marks in front: the parser does not count them."""
    text = text.lstrip(BYTE_ORDER_MARK)
    unprintable = NOT_PRINTABLE.search(text)
    if unprintable is not None:
        return _unreadable(text, _control_character(unprintable), file=file)
    conflict = find_conflict(text)
    placed = conflict or parse(text, most_values=most_values)
    if isinstance(placed, Mistake):
        return _unreadable(text, conflict or find_marker(text) or explain_text(text, placed), file=file)
    root = build(placed, text)
    lines = index_lines(text)
    composer = Composer(text, lines, environ=environ)
    values = composer.compose(root) if root is not None else None
    document = Document(
        file=file,
        source=text,
        values=values,
        places=composer.places or {(): NodePlace(None, Stretch(0, 0))},
        lines=lines,
        substituted=composer.substituted,
        variables=composer.variables,
        holes=frozenset(composer.holes),
    )
    found = tuple(locate(mistake, lines, file=file) for mistake in composer.mistakes)
    return Reading(source=text, document=document, diagnostics=found)


def _unreadable(text: str, mistake: Mistake, *, file: str) -> Reading:
    diagnostic = locate(mistake, index_lines(text), file=file)
    return Reading(source=text, document=None, diagnostics=(diagnostic,))


def _too_large(most_bytes: int) -> Mistake:
    most = size_in_words(most_bytes)
    return Mistake(
        stretch=Stretch(0, 0),
        code="E-FILE-TOO-LARGE",
        message=f"the file is larger than {most}",
        expected=f"at most {most}",
        found="more",
        repair="keep data in a file of its own that the generator reads",
    )


def _no_text(kind: str) -> Mistake:
    return Mistake(
        stretch=Stretch(0, 0),
        code="E-ENCODING",
        message=f"this is {kind}, and not text",
        expected="YAML, as text in UTF-8",
        found=kind,
        repair="put the YAML file in its place; what is not a demo needs another ending than .yaml",
    )


def _not_utf8(text: NotUtf8) -> Mistake:
    return Mistake(
        stretch=Stretch(text.at, text.at + 1),
        code="E-ENCODING",
        message="the file is not UTF-8 text",
        expected="UTF-8",
        found=text.found,
        repair=text.repair,
    )


LEFTOVER = re.compile(r"\x1b\[[0-9;?]*[@-~]|\x1b[()][A-Z0-9]|(?<=\n)\x00+\s*\Z|\x1a+\s*\Z")
"""Colours of a terminal, and the end that DOS and memory have."""


def _control_character(found: re.Match[str]) -> Mistake:
    left = [Stretch(*each.span()) for each in LEFTOVER.finditer(found.string)]
    if any(each.start <= found.start() < each.end for each in left):
        return Mistake(
            stretch=Stretch(found.start(), found.end()),
            code="E-PASTED",
            message="there are signs of a terminal or of an old file's end, which cannot be seen",
            expected="printable text",
            found=f"U+{ord(found.group()):04X}",
            repair="remove them",
            changes=(Rewrite(title="remove them", parts=tuple((each, "") for each in left)),),
        )
    return Mistake(
        stretch=Stretch(found.start(), found.end()),
        code="E-CONTROL-CHARACTER",
        message="the file has a character that cannot be seen and is not allowed",
        expected="printable text",
        found=f"U+{ord(found.group()):04X}",
        repair="delete the character; in double quotes it can be written as an escape such as \\x07",
    )
