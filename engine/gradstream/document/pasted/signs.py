"""Signs that cannot be seen, or that look like others, where YAML needs plain ones.

In texts for visitors they are as good as any: `Prix : 10 €` has a no-break space, and an emoji may be several
characters. They are looked for in indentation, in keys, after a colon or a dash, and in words like `slider`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake, Rewrite
from gradstream.document.pasted.guess import INVISIBLE, Line, lines_of, number, pasted

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that YAML does not know as such."""

INDENTING = re.compile(rf"[ \t]*[{SPACES}\u200b\ufeff][ \t{SPACES}\u200b\ufeff]*")
AFTER_SIGN = re.compile(
    rf"^\s*(?:-|(?:-\s+)?[^\s:#\"'\[\]{{}}]+:)(?P<spaces>[ ]*[{SPACES}\u200b\ufeff][ {SPACES}\u200b\ufeff]*)"
)
KEY = re.compile(r"(?P<before>[\s]*(?:-\s+)*)(?P<key>[^\s:#\"'\[\]{}|>&*!-][^:#\"'\[\]{}\s]*)\s*[:：]")
WORD = re.compile(r"[A-Za-z0-9_.\-]+")
VALUE = re.compile(r"^\s*(?:-\s+)*[^\s:#]+:[ ]+(?P<value>\S+)\s*$")
BEFORE_COLON = re.compile(
    rf"^\s*(?:-\s+)*[A-Za-z_][\w-]*(?P<spaces>[ ]*[{SPACES}\u200b\ufeff][ {SPACES}\u200b\ufeff]*):(?:\s|$)"
)
LINE_ENDS = re.compile("[\u0085\u2028\u2029]")
WIDE_FLOW = re.compile(r"^\s*(?:-\s+)?[A-Za-z_][\w-]*:\s+(?P<flow>[｛［].*[｝］])\s*$")
WIDE_COLON = re.compile(r"^(?P<before>\s*(?:-\s+)?[A-Za-z_][\w-]*)\s*(?P<colon>[：﹕︓꞉∶])\s*")
WIDE_DASH = re.compile(r"^\s*(?P<dash>[－—–−‐‑‒―•·▪‣◦●○*])(?P<space>[ \u00a0\u3000]*)(?=\S)")

NAMES = {"\u0085": "next line", "\u007f": "delete"}
"""Signs that have no name in Unicode."""

FLOW_SIGNS = str.maketrans("｛｝［］：，、", "{}[]:,,")

LOOK_ALIKES = dict(
    zip(
        "аеорсухіјѕһԁԛԝАВЕЗКМНОРСТХУІЈЅαοενικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıⅼ",
        "aeopcyxijshdqwABE3KMHOPCTXYIJSaoevikptuxABEZHIKMNOPTYXgil",
        strict=True,
    )
)
"""Letters of Cyrillic and Greek, and others, that are drawn like those of English."""


def plain(word: str) -> str:
    """Return a word in plain letters: without what cannot be seen, and with look-alikes replaced."""
    seen = INVISIBLE.sub("", word)
    narrow = unicodedata.normalize("NFKC", seen)
    return "".join(LOOK_ALIKES.get(letter, letter) for letter in narrow)


def odd_sign(word: str) -> str | None:
    """Return the first sign of a word that is not what it looks like; None where the word is plain.

    A word in another script altogether is as good as any; one of English letters and some of another is not.
    """
    if word.isascii() or not WORD.fullmatch(plain(word)):
        return None
    odd = [sign for sign in word if not sign.isascii()]
    is_hidden = [sign for sign in odd if INVISIBLE.match(sign) or unicodedata.normalize("NFKC", sign) != sign]
    if is_hidden:
        return is_hidden[0]
    return odd[0] if any(sign.isascii() and sign.isalpha() for sign in word) else None


def named(sign: str) -> str:
    """Return what a sign is called, with an article and its number."""
    name = NAMES.get(sign) or unicodedata.name(sign, "character without a name").lower()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} ({number(sign)})"


def look_at_signs(text: str) -> Iterator[Mistake]:
    """Yield what is wrong with signs; each with all places of its kind."""
    if text.isascii():
        return
    lines = lines_of(text)
    indented = list(_indenting(lines))
    if indented:
        yield _together(indented, text)
    for look in (_after_sign, _before_colon, _in_keys, _wide_colons):
        found = [each for line in lines for each in look(line)]
        if found:
            yield _together(found, text)
    yield from _line_ends(text)
    yield from _wide_flow(lines)


def _line_ends(text: str) -> Iterator[Mistake]:
    """Find signs that end a line for YAML and for no editor."""
    found = list(LINE_ENDS.finditer(text))
    if found:
        stretches = [Stretch(each.start(), each.end()) for each in found]
        sign = found[0].group()
        more = f", and {len(found) - 1} more" if found[1:] else ""
        yield Mistake(
            stretch=stretches[0],
            code="E-PASTED",
            message=f"there is {named(sign)}, which ends the line",
            expected="a plain end of line, or a space",
            found=f"{number(sign)}{more}",
            repair="press Enter in its place, or type a space",
            changes=(
                Rewrite(title="end the line there", parts=tuple((each, "\n") for each in stretches)),
                Rewrite(title="write a space", parts=tuple((each, " ") for each in stretches)),
            ),
        )


def _wide_flow(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Find a list or a mapping between the brackets of East Asian keyboards."""
    for line in lines:
        found = WIDE_FLOW.match(line.text)
        if found:
            stretch = Stretch(line.start + found.start("flow"), line.start + found.end("flow"))
            new = found["flow"].translate(FLOW_SIGNS)
            yield pasted(
                stretch,
                f"there is {named(found['flow'][0])} in place of a bracket",
                expected="plain brackets",
                found=number(found["flow"][0]),
                repair=f"write {new}",
                parts=[(stretch, new)],
            )


def _indenting(lines: Sequence[Line]) -> Iterator[tuple[Stretch, str, str]]:
    """Yield odd indentation, as plain spaces: at least two more below a line that ends with a colon."""
    above, above_ends = 0, ""
    for line in lines:
        if line.is_blank:
            continue
        found = INDENTING.match(line.text)
        width = line.indent
        if found:
            width = sum(len(_width(sign)) for sign in found.group())
            if above_ends == ":" and width <= above:
                width = above + 2
            yield Stretch(line.start, line.start + found.end()), " " * width, "in the indentation"
        above, above_ends = width, line.text.rstrip()[-1]


def _after_sign(line: Line) -> Iterator[tuple[Stretch, str, str]]:
    found = AFTER_SIGN.match(line.text)
    if found:
        yield (
            Stretch(line.start + found.start("spaces"), line.start + found.end("spaces")),
            " ",
            "in place of a space",
        )


def _before_colon(line: Line) -> Iterator[tuple[Stretch, str, str]]:
    found = BEFORE_COLON.match(line.text)
    if found:
        stretch = Stretch(line.start + found.start("spaces"), line.start + found.end("spaces"))
        yield stretch, "", "before a colon"


def _in_keys(line: Line) -> Iterator[tuple[Stretch, str, str]]:
    for pattern, group in ((KEY, "key"), (VALUE, "value")):
        found = pattern.match(line.text)
        if found and odd_sign(found[group]):
            stretch = Stretch(line.start + found.start(group), line.start + found.end(group))
            yield stretch, plain(found[group]), "in a word"


def _wide_colons(line: Line) -> Iterator[tuple[Stretch, str, str]]:
    found = WIDE_COLON.match(line.text)
    if found:
        rest = line.text[found.end() :]
        yield (
            Stretch(line.start + found.end("before"), line.start + found.end()),
            ": " if rest else ":",
            "as a colon",
        )


def _together(found: list[tuple[Stretch, str, str]], text: str) -> Mistake:
    stretch, new, where = found[0]
    written = text[stretch.start : stretch.end]
    sign = next(each for each in written if not each.isascii())
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    is_word = where == "in a word"
    return pasted(
        stretch,
        f"there is {named(sign)} {where}",
        expected="nothing there"
        if not new
        else f"`{new}` in plain letters"
        if is_word
        else "a plain colon"
        if ":" in new
        else "plain spaces",
        found=f"{number(sign)}{more}",
        repair="remove it"
        if not new
        else f"type `{new}` again"
        if is_word
        else f"type {'a colon' if ':' in new else 'spaces'} in its place",
        parts=[(each, replacement) for each, replacement, _ in found],
    )


def _width(sign: str) -> str:
    """Return the spaces that an indenting sign stands for: a wide one for two."""
    if sign in " \t":
        return sign
    if sign in "\u200b\ufeff":
        return ""
    return "  " if sign == "\u3000" else " "
