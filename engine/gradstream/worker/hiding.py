"""Takes out of a text what no visitor and no log may see: values that came from the environment.

tracebacks, messages, log lines, prints --hide--> the same with `HIDDEN` in the place of each secret
"""

from collections.abc import Iterable

HIDDEN = "•••"


def hide(text: str, secrets: Iterable[str]) -> str:
    """Return the text without the secrets, the longest first: one may be part of another."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text
