"""Masks what no visitor and no log may see: values from the environment.

tracebacks, messages, log lines, output --hide--> the same with `HIDDEN` in place of each secret

A secret is found as it is, as Python's `repr` or JSON writes it, and quoted in a URL; each line of a secret
with several lines is masked too, because logs are read line by line. Secrets are masked before a text is
shortened or changed in any other way. Where code without access to the secrets has shortened a text and
written "…", the beginning of a secret before it is masked as well.
"""

import json
from collections.abc import Iterable
from urllib.parse import quote

HIDDEN = "•••"

SHORTEST_SECRET = 4
"""Shorter values (`5`, `on`) are not secrets: to mask them would make most texts unreadable."""

CUT = "…"


def hide(text: str, secrets: Iterable[str]) -> str:
    """Return the text with all secrets masked, the longest first: one may be part of another."""
    forms = forms_of(secrets)
    for form in forms:
        text = text.replace(form, HIDDEN)
    return _hide_cut(text, forms) if CUT in text else text


def forms_of(secrets: Iterable[str]) -> list[str]:
    """Return all texts that reveal a secret, the longest first."""
    plain = set(secrets)
    lines = {line.strip() for secret in plain for line in secret.splitlines()}
    plain |= {line for line in lines if len(line) >= SHORTEST_SECRET}
    forms = {form for one in plain for form in (one, repr(one)[1:-1], json.dumps(one)[1:-1], *_quoted(one))}
    return sorted(forms, key=len, reverse=True)


def _quoted(secret: str) -> tuple[str, str]:
    return quote(secret, safe="", errors="replace"), quote(secret, errors="replace")


def _hide_cut(text: str, forms: Iterable[str]) -> str:
    """Mask beginnings of secrets in front of a "…"."""
    *pieces, last = text.split(CUT)
    return CUT.join([*(_without_beginning(piece, forms) for piece in pieces), last])


def _without_beginning(piece: str, forms: Iterable[str]) -> str:
    ending = piece[-SHORTEST_SECRET:]
    for form in forms:
        if ending not in form:
            continue
        for length in range(min(len(form), len(piece)), SHORTEST_SECRET - 1, -1):
            if piece.endswith(form[:length]):
                return piece[:-length] + HIDDEN
    return piece
