r"""All texts that reveal a secret: how programs write it, its lines, and what is within it.

    secret --lines, values of JSON, password of a URL--> parts --repr, JSON, URL--> forms
           --words of at least `PIECE` characters------> words, of which any long piece reveals the secret

A key file is often kept with `\n` for its line breaks, a service account as JSON.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit

SHORTEST_SECRET = 4
"""Shorter values (`5`, `on`) are not secrets: to mask them would make most texts unreadable."""

PIECE = 12
"""So many adjacent characters of a word reveal it: few texts have them by chance."""

_LINE_BREAK = re.compile(r"\r\n|\\r\\n|\r|\n|\\n")
_AROUND_A_WORD = "\"'`,;:(){}[]<>"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?:(?P<user>[^/\s]*)@)?[^/\s?#]*/?(?P<rest>\S*)")
"""An address: other ones have the same scheme and host."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PATH = re.compile(r"(?:~|\.{1,2}|[A-Za-z]:)?(?:[/\\][\w.@~ -]+)+[/\\]?")
"""The path of a file: other paths have the same folders."""


def _as_is(text: str) -> str:
    return text


def _as_python(text: str) -> str:
    return repr(text)[1:-1]


def _as_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _as_readable_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_a_path(text: str) -> str:
    return quote(text, errors="replace")


def _in_a_query(text: str) -> str:
    return quote(text, safe="", errors="replace")


_WRITERS = (_as_is, _as_python, _as_json, _as_readable_json, _in_a_path, _in_a_query)
"""How programs write a text into another one."""


def forms_of(secrets: Iterable[str]) -> list[str]:
    """Return all texts that are masked wherever they are, the longest first."""
    forms = {write(part) for part in _parts(secrets) for write in _WRITERS}
    return sorted(forms, key=lambda form: (-len(form), form))


def words_of(secrets: Iterable[str]) -> set[str]:
    """Return the words of which any long piece is masked."""
    words = {word for part in _parts(secrets) for word in _words_in(part) if len(word) >= PIECE}
    return {write(word) for word in words for write in _WRITERS}


def _words_in(part: str) -> Iterator[str]:
    """Yield what has no spaces; of several lines outside JSON, also all of them without breaks."""
    lines = _LINE_BREAK.split(part)
    if len(lines) > 1 and _reads_as_json(part) is None:
        yield "".join("".join(lines).split())
    for line in lines:
        for word in line.split():
            yield from _own_part(word.strip(_AROUND_A_WORD))


def _own_part(word: str) -> Iterator[str]:
    """Yield what only this word has, and others do not: of an address all but its host, of a path nothing."""
    if address := _URL.fullmatch(word):
        yield address["user"] or ""
        yield address["rest"]
    elif not _PATH.fullmatch(word):
        yield word


def _parts(secrets: Iterable[str]) -> set[str]:
    """Return the secrets, and what is within them, none shorter than a secret."""
    parts: set[str] = set()
    waiting = [secret for secret in secrets if secret]
    while waiting:
        part = waiting.pop()
        if part in parts:
            continue
        parts.add(part)
        within = [
            *(line.strip() for line in _LINE_BREAK.split(part)),
            *_texts_in(_reads_as_json(part)),
            *_password_of(part),
        ]
        waiting.extend(text for text in within if len(text) >= SHORTEST_SECRET)
    return parts


def _reads_as_json(text: str) -> Any:
    """Return the list or mapping that a text is; None for any other text."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _texts_in(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            waiting.extend(one.values() if isinstance(one, dict) else one)


def _password_of(text: str) -> Iterator[str]:
    try:
        password = urlsplit(text).password if _SCHEME.match(text) else None
    except ValueError:
        # Not an address after all.
        return
    if password:
        yield password
        yield unquote(password)
