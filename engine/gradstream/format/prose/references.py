"""Finds where a Markdown text refers to something: its pictures and its links, with their places in the text.

    ![a map](maps/rome.png "Rome")   [how](../guide.yaml)   [ref]: map.png   <img src="map.png">

Code, comments and what follows a backslash are left out.
"""

import html
import re
from collections.abc import Iterator

from msgspec import Struct

ADDRESS = r"\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:\\.|[^\s()<>\\]|\((?:\\.|[^\s()\\])*\))+))"
TITLE = r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
LABEL = r"\[(?:\\.|[^\[\]\\]|\[[^\[\]]*\](?:\([^()]*\))?)*\]"
VALUE = r"\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"'<>=`]+))"

PICTURE = re.compile(rf"(?<!\\)!{LABEL}\({ADDRESS}{TITLE}")
LINK = re.compile(rf"(?<![!\\]){LABEL}\({ADDRESS}{TITLE}")
DEFINITION = re.compile(rf"^ {{0,3}}\[(?P<label>[^\[\]]+)\]:[ \t]*{ADDRESS}", re.MULTILINE)
IMG = re.compile(rf"<img\b[^<>]*?\ssrc{VALUE}", re.IGNORECASE)
ANCHOR = re.compile(rf"<a\b[^<>]*?\shref{VALUE}", re.IGNORECASE)
IN_TEXT, IN_TAG = ("angled", "bare"), ("double", "single", "plain")

UNREAD = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?s:.*?)(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)(?s:.))*?(?<!`)(?P=ticks)(?!`)"
    r"|<!--(?s:.*?)-->",
    re.MULTILINE,
)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Reference(Struct, frozen=True, kw_only=True):
    """An address, without its escapes, and where it is written: from `start` to before `end`."""

    address: str
    start: int
    end: int
    is_picture: bool


def references(text: str) -> Iterator[Reference]:
    """Yield the pictures and links of a Markdown text, in their order."""
    read = UNREAD.sub(lambda found: " " * len(found.group()), text)
    yield from sorted(_all(read), key=lambda found: found.start)


def _all(text: str) -> Iterator[Reference]:
    for found in PICTURE.finditer(text):
        yield _reference(found, IN_TEXT, is_picture=True)
    # A link may have a picture in its text: pictures are taken out, so that none hides the link around it.
    without = PICTURE.sub(lambda found: " " * len(found.group()), text)
    for found in LINK.finditer(without):
        yield _reference(found, IN_TEXT, is_picture=False)
    for found in DEFINITION.finditer(text):
        use = rf"!(?:\[[^\[\]]*\])?\[{re.escape(found['label'])}\]"
        yield _reference(found, IN_TEXT, is_picture=re.search(use, text, re.IGNORECASE) is not None)
    for found in IMG.finditer(text):
        yield _reference(found, IN_TAG, is_picture=True)
    for found in ANCHOR.finditer(text):
        yield _reference(found, IN_TAG, is_picture=False)


def _reference(found: re.Match[str], groups: tuple[str, ...], *, is_picture: bool) -> Reference:
    group = next(each for each in groups if found[each] is not None)
    written = found[group] if groups is IN_TAG else ESCAPE.sub(r"\1", found[group])
    start, end = found.span(group)
    return Reference(address=html.unescape(written), start=start, end=end, is_picture=is_picture)
