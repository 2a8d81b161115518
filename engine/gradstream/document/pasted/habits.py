"""Habits of other languages in a text that is not YAML, each with the change that would make it YAML.

title "Cards"    // note    * member    "The "best" card"    place: Rome, mood: tired    text below `>`
"""

import re
from collections.abc import Iterator, Sequence

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake, Rewrite
from gradstream.document.pasted.blocks import look_at_blocks
from gradstream.document.pasted.guess import BULLETS, Line, lines_of, pasted, shown
from gradstream.document.pasted.levels import look_at_levels
from gradstream.document.pasted.quoting import look_at_quotes

YAML = "E-YAML"
ENTRY = re.compile(r"^(?P<before>\s*(?:-\s+)*)(?P<key>[A-Za-z_][\w-]*):\s+(?P<value>\S.*?)\s*$")
LOOSE = re.compile(
    r"^(?P<before>\s*(?:-\s+)?)(?P<key>[A-Za-z_][\w-]*)(?P<sign>\s*(?:=>|:=|=|::)\s*|\s+|:(?=\S))(?P<value>\S.*)$"
)
BARE_KEY = re.compile(r"^\s*(?P<key>[A-Za-z_][\w-]*)\s*$")
BETWEEN_KEYS = re.compile(r"(?<=[^\s,{\[:])\s+(?=[A-Za-z_][\w-]*:\s)")
PAIRS = re.compile(r"\s*,\s*(?=[A-Za-z_]\w*:\s)")
COMMENT = re.compile(
    r"^\s*(?P<sign>//+|--+(?=\s)|/\*+|\*+/|<!--|;+|'{3}|\"{3}|(?:REM|rem|::)(?=\s)|%+(?=\s))\s*(?P<text>.*?)\s*(?P<close>\*+/|-->)?\s*$"
)
TRAILING = re.compile(r"^(?P<before>.*?\S)\s+(?P<sign>//|/\*)\s(?P<text>.*?)(?:\*/)?\s*$")
BULLET = re.compile(rf"^(?P<before>\s*)(?P<sign>[*+{BULLETS}]|o(?=[ \t])|\(?\d{{1,2}}[.)])\s+(?=\S)")
"""An `o` is how the hollow bullets of word processors arrive."""

OPENS_BLOCK = re.compile(r"^(?P<before>\s*(?:-\s+)?)[A-Za-z_][\w-]*:\s*[|>][+-]?\d?\s*$")
TABS = re.compile(r"^(?:[ ]*\t[ \t]*|[ ]*-[ ]*\t[ \t]*)")
QUOTE_PAIRS = {'"': "'", "'": '"'}
MARK = re.compile(r"(?:^|[\s\[{,:-])&[^\s,\[\]{}]")
TEMPLATES = ("{%", "{{", "{#", "[[")
"""What opens a part of a template, and ends as a list or a mapping does."""

TYPOGRAPHIC = re.compile(r"^[“”„‟«»‘’‚‹›]")


def look_at_habits(text: str, at: int) -> Iterator[Mistake]:
    """Yield what may be meant by a text in which the parser stumbled at an offset."""
    lines = lines_of(text)
    index = next((number for number, line in enumerate(lines) if line.end > at), len(lines) - 1)
    near = [number for number in (index, index - 1, index + 1) if 0 <= number < len(lines)]
    yield from _tabs(lines)
    yield from look_at_quotes(lines, near)
    yield from _comments(lines)
    yield from _block(lines)
    yield from look_at_blocks(lines)
    for number in near:
        for look in (
            _inner_quotes,
            _unclosed,
            _missing_comma,
            _kind_and_more,
            _pairs,
            _whole_text,
            _loose_key,
        ):
            yield from look(lines, number)
    yield from look_at_bullets(text)
    yield from look_at_levels(lines, near)
    yield from _colon_and_more(lines, near)


def _tabs(lines: Sequence[Line]) -> Iterator[Mistake]:
    found = [(line, match) for line in lines if (match := TABS.match(line.text)) and not line.is_blank]
    if found:
        line, match = found[0]
        first = line.start + match.group().index("\t")
        yield pasted(
            Stretch(first, first + 1),
            "a line is indented with a tab",
            expected="spaces",
            found="a tab",
            repair="replace tabs by spaces, two for each level",
            parts=[
                (
                    Stretch(each.start, each.start + tabs.end()),
                    tabs.group().rstrip() + " " if "-" in tabs.group() else tabs.group().replace("\t", "  "),
                )
                for each, tabs in found
            ],
            code=YAML,
        )


def _comments(lines: Sequence[Line]) -> Iterator[Mistake]:
    parts: list[tuple[Stretch, str]] = []
    is_open = False
    for line in lines:
        found = COMMENT.match(line.text)
        if found or is_open:
            words = (
                found["text"] if found else line.text.strip().removesuffix("*/").removesuffix("-->").strip()
            )
            parts.append((line.content, f"# {words}" if words else "#"))
            opens = bool(found) and found["sign"][:2] in ("/*", "<!") if found else is_open
            is_open = opens and not line.text.rstrip().endswith(("*/", "-->"))
            continue
        trailing = TRAILING.match(line.text)
        if trailing and ":" in trailing["before"]:
            begin = line.start + trailing.start("sign")
            parts.append((Stretch(begin, line.start + len(line.text)), f"# {trailing['text']}"))
    if parts:
        stretch = parts[0][0]
        yield pasted(
            stretch,
            "this is a comment of another language",
            expected="`#` and a space before a comment",
            found=shown(
                next(line.text[stretch.start - line.start :] for line in lines if line.end > stretch.start)
            ),
            repair=f"write `{parts[0][1]}`",
            parts=parts,
        )


def _inner_quotes(lines: Sequence[Line], index: int) -> Iterator[Mistake]:
    line = lines[index]
    found = re.match(r"^(?P<before>.*?[:,\[-]\s+)(?P<text>([\"']).*\3)(?P<rest>\s*(?:#.*)?)$", line.text)
    if found is None or len(found["text"]) < 3:
        return
    quote, inner = found["text"][0], found["text"][1:-1]
    if quote not in inner:
        return
    other = QUOTE_PAIRS[quote]
    if quote == "'":
        # A backslash before a quote, as other languages have it.
        inner = inner.replace("\\'", "'")
    if (quote == "'" and '"' not in inner and "\\" in inner) or other in inner:
        new = "'" + inner.replace("''", "'").replace("'", "''") + "'"
    else:
        new = f"{other}{inner}{other}"
    stretch = Stretch(line.start + found.start("text"), line.start + found.end("text"))
    yield pasted(
        stretch,
        "a text in quotes has the same quotes within it",
        expected="the other kind of quotes around it",
        found=shown(found["text"]),
        repair=f"write {new}",
        parts=[(stretch, new)],
        code=YAML,
    )


def _unclosed(lines: Sequence[Line], index: int) -> Iterator[Mistake]:
    """Find a quote or a bracket that is opened on a line and closed nowhere."""
    line = lines[index]
    found = re.match(r"^(?:.*?[:-]\s+)(?P<text>[\"'\[{].*?)\s*$", line.text)
    if found is None:
        return
    text = found["text"]
    closing = {"[": "]", "{": "}"}.get(text[0], text[0])
    inner = text[1:]
    if closing in inner:
        return
    stretch = Stretch(line.start + found.start("text"), line.start + found.start("text") + 1)
    end = line.start + found.end("text")
    is_quote = closing == text[0]
    yield pasted(
        stretch,
        "a quote is opened and never closed" if is_quote else f"a `{text[0]}` is opened and not closed",
        expected=f"a closing {closing}" if is_quote else f"`,` or `{closing}`",
        found=shown(text),
        repair=f"add {closing} at the end of the text"
        if is_quote
        else f"add `{closing}` at the end of the line",
        parts=[(Stretch(end, end), closing)],
        code=YAML,
    )


def _missing_comma(lines: Sequence[Line], index: int) -> Iterator[Mistake]:
    """Find keys between braces without a comma between them."""
    line = lines[index]
    begin = line.text.find("{")
    found = list(BETWEEN_KEYS.finditer(line.text, begin)) if begin >= 0 else []
    if found:
        stretch = Stretch(line.start + found[0].start(), line.start + found[0].end())
        yield pasted(
            stretch,
            "a comma is missing between two keys",
            expected="a comma, or a line of its own for each key",
            found=shown(line.text[begin:]),
            repair=f"write a comma before `{line.text[found[0].end() :].partition(':')[0]}`",
            parts=[(Stretch(line.start + each.start(), line.start + each.start()), ",") for each in found],
            code=YAML,
        )


def _kind_and_more(lines: Sequence[Line], index: int) -> Iterator[Mistake]:
    """Find keys below a line that has a kind already: `place: text`, and more of it below."""
    found = ENTRY.match(lines[index].text)
    if found is None or index + 1 >= len(lines) or not found["value"].isidentifier():
        return
    if found["key"] == "type":
        # A kind itself has nothing below it: the next line is indented too far.
        return
    line, following = lines[index], lines[index + 1]
    if following.indent <= len(found["before"]) or not ENTRY.match(following.text):
        return
    stretch = Stretch(line.start + found.end("key") + 1, line.start + found.end("value"))
    new = f"\n{' ' * following.indent}type: {found['value']}"
    yield pasted(
        line.content,
        "there are keys below a line that has a value already",
        expected=f"`{found['key']}:`, and below it `type: {found['value']}` with the other keys",
        found=shown(line.text),
        repair=f"write `{found['key']}:`, and below it `type: {found['value']}`",
        parts=[(stretch, new)],
        code=YAML,
    )


def _pairs(lines: Sequence[Line], index: int) -> Iterator[Mistake]:
    """Find several keys on one line: neighbours, or keys below the first, which is a kind."""
    line = lines[index]
    found = ENTRY.match(line.text)
    if found is None or not PAIRS.search(found["value"]):
        return
    first, *others = PAIRS.split(found["value"])
    margin = " " * len(found["before"])
    stretch = Stretch(line.start + len(found["before"]), line.start + len(line.text.rstrip()))
    beside = "\n".join([f"{found['key']}: {first}", *(f"{margin}{each}" for each in others)])
    below = "\n".join(
        [f"{found['key']}:", f"{margin}  type: {first}", *(f"{margin}  {each}" for each in others)]
    )
    last = others[-1]
    yield Mistake(
        stretch=stretch,
        code=YAML,
        message="there are several keys on one line",
        expected="a line for each key",
        found=shown(line.text),
        repair=f"write each on a line of its own: `{found['key']}: {first}`, and below it `{last}`",
        changes=(
            Rewrite(title="write each on a line of its own", parts=((stretch, beside),)),
            Rewrite(title="write them below the name, the first as `type`", parts=((stretch, below),)),
        ),
    )


def _whole_text(lines: Sequence[Line], index: int) -> Iterator[Mistake]:
    """Find a text that begins with a sign of YAML, or has a colon in it."""
    line = lines[index]
    found = ENTRY.match(line.text) or re.match(r"^(?P<before>\s*-\s+)(?P<value>\S.*?)\s*$", line.text)
    if found is None or _continues(lines, index):
        return
    value = found["value"]
    below = next((each for each in lines[index + 1 :] if not each.is_blank), None)
    opens = below is not None and below.indent > line.indent
    if value.endswith(":") and value[:-1].isidentifier() and opens:
        return
    if value[:1] in "\"'" and value[:1] == value[-1:] and len(value) > 1:
        return
    text, _, _comment = value.partition(" #")
    text = text.rstrip()
    if text[:1] in "\"'":
        return
    quote = '"' if '"' not in text and "\\" not in text else "'"
    new = f"{quote}{text if quote == chr(34) else text.replace(chr(39), chr(39) * 2)}{quote}"
    start = line.start + found.start("value")
    stretch = Stretch(start, start + len(text))
    sign = text[:1]
    if sign in "[{" and text[-1:] in "]}" and text[:2] not in TEMPLATES:
        return
    is_dash = text == "-" or text.startswith("- ")
    if sign in "@`%&*!|>[]{},?" or (is_dash and "key" in found.groupdict()):
        message = f"text that begins with {'a backtick' if sign == '`' else sign} must be in quotes"
    elif re.search(r":(\s|$)", text):
        message = "a text with a colon in it must be in quotes"
    else:
        return
    if found.groupdict().get("key") == "generator":
        return
    yield pasted(
        stretch,
        message,
        expected="text in quotes",
        found=shown(text),
        repair=f"write {new}",
        parts=[(stretch, new)],
        code=YAML,
    )


def _loose_key(lines: Sequence[Line], index: int) -> Iterator[Mistake]:
    """Find a key with another sign than a colon and a space, or with none."""
    line = lines[index]
    content = line.content
    bare = BARE_KEY.match(line.text)
    if bare and index + 1 < len(lines) and lines[index + 1].indent > line.indent:
        yield pasted(
            content,
            "a key has no colon",
            expected=f"`{bare['key']}:`",
            found=shown(line.text),
            repair=f"write `{bare['key']}:`",
            parts=[(content, f"{bare['key']}:")],
            code=YAML,
        )
    found = LOOSE.match(line.text)
    if found:
        value = found["value"].rstrip().rstrip(";" if "=" in found["sign"] else "")
        new = f"{found['key']}: {value}"
        stretch = Stretch(line.start + found.start("key"), content.end)
        words = ", with a space after the colon" if found["sign"] == ":" else ""
        yield pasted(
            stretch,
            "a line has no `key: value`",
            expected="a colon and a space after the key",
            found=shown(line.text),
            repair=f"write `{new}`{words}",
            parts=[(stretch, new)],
            code=YAML,
            otherwise="add the colon; or indent the line below the text above it, if that goes on",
        )


def look_at_bullets(text: str, *, before_keys: bool = False) -> Iterator[Mistake]:
    """Yield the bullets of other notations, all of them together; or those before keys alone."""
    lines = lines_of(text)
    found = [(line, match) for line in lines if (match := BULLET.match(line.text))]
    if before_keys:
        found = [(line, match) for line, match in found if ENTRY.match(line.text[match.end() :])]
    if found:
        line, match = found[0]
        stretch = Stretch(line.start + match.start("sign"), line.start + match.end())
        yield pasted(
            stretch,
            f"`{match['sign']}` does not begin a member of a list",
            expected="a dash and a space",
            found=shown(line.text),
            repair=f"write `- {line.text[match.end() :].strip()}`",
            parts=[
                (Stretch(each.start + one.start("sign"), each.start + one.end()), "- ") for each, one in found
            ],
        )


def look_at_star(text: str, at: int) -> Iterator[Mistake]:
    """Yield the text that stars surround, as Markdown has it, in a file that marks nothing."""
    if not MARK.search(text) and re.match(r"\*[^\s*]+\*", text[at:]):
        lines = lines_of(text)
        index = next((number for number, line in enumerate(lines) if line.end > at), len(lines) - 1)
        yield from _whole_text(lines, index)


def _block(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Text below `|` or `>` that is not indented."""
    for index, line in enumerate(lines[:-1]):
        opened = OPENS_BLOCK.match(line.text)
        if opened is None:
            continue
        margin = len(opened["before"])
        following = next((each for each in lines[index + 1 :] if not each.is_blank), None)
        if following is None or following.indent > margin:
            continue
        below = []
        for each in lines[index + 1 :]:
            if not each.is_blank and re.match(r"\s*(?:-\s+)?[A-Za-z_][\w-]*:(\s|$)", each.text):
                break
            below.append(each)
        texts = [each for each in below if not each.is_blank]
        if texts:
            by = " " * (margin + 2)
            yield pasted(
                texts[0].content,
                "the text below a `|` or a `>` is not indented",
                expected="the text, indented below its key",
                found=shown(texts[0].text),
                repair="put two spaces more than before the key in front of each line of the text",
                parts=[(Stretch(each.start, each.start + each.indent), by) for each in texts],
                code=YAML,
            )


def _colon_and_more(lines: Sequence[Line], near: Sequence[int]) -> Iterator[Mistake]:
    """Find a text with a colon in it that goes on over several lines."""
    for index in near:
        line = lines[index]
        found = ENTRY.match(line.text)
        if found is None or not _continues(lines, index) or found["value"][:1] in "\"'|>[{&*!":
            continue
        margin = len(found["before"])
        stretch = Stretch(line.start + found.start("value"), line.start + found.start("value"))
        by = " " * (margin + 2)
        parts = [(stretch, f">-\n{by}")]
        for each in lines[index + 1 :]:
            if each.is_blank or each.indent <= margin:
                break
            parts.append((Stretch(each.start, each.start + each.indent), by))
        yield pasted(
            line.content,
            "a text with a colon in it goes on over several lines",
            expected="`>-` after the key, and the text indented below it",
            found=shown(line.text),
            repair=f"write `{found['key']}: >-`, and all of the text on the lines below it",
            parts=parts,
            code=YAML,
        )


def _continues(lines: Sequence[Line], index: int) -> bool:
    """Return whether the value on a line seems to go on below it."""
    if index + 1 >= len(lines):
        return False
    line, following = lines[index], lines[index + 1]
    if following.is_blank or re.match(r"\s*(-\s|#|[A-Za-z_][\w-]*:(\s|$))", following.text):
        return False
    return following.indent > len(line.text) - len(line.text.lstrip(" -"))
