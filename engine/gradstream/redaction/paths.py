"""Takes folders of this machine out of messages: of a path, the file's name says enough to a visitor.

/srv/models/private/out_0.ts                         --> out_0.ts
https://api.example.com/v1/chat/completions          --> stays: an address
"""

import re
from pathlib import Path

_URL = r"(?P<url>(?<![A-Za-z0-9+.-])(?!file:)[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/'\"<>][^\s'\"<>]*)"
_PATH = re.compile(
    _URL + r"|(?:(?<![A-Za-z])[A-Za-z]:|(?<![\w.@~+-]))(?:[/\\][\w.@~+-]+)+[/\\](?P<name>[\w.@~+-]+)"
)
"""An absolute path, of which the file name is kept, or a URL with a host, which is kept."""

_TOP = re.compile(r"/[^/]+")


def without_folders(text: str) -> str:
    """Return the text with the file's name in place of each absolute path."""
    return _PATH.sub(_name_of, text)


def without_own_folders(text: str) -> str:
    """Return the same of paths that can be on this machine; `/v1/items` of an interface is none."""
    return _PATH.sub(_own_name_of, text) if "/" in text or "\\" in text else text


def _name_of(found: re.Match[str]) -> str:
    return found["url"] or found["name"]


def _own_name_of(found: re.Match[str]) -> str:
    top = _TOP.match(found[0])
    return found[0] if top is not None and not Path(top[0]).is_dir() else _name_of(found)
