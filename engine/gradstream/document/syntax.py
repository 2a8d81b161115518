"""Rewords libyaml's syntax errors for authors.

libyaml names rules of the grammar ("could not find expected ':'"); each is translated to what the author
probably meant.
"""

import re
from collections.abc import Callable

from yaml import MarkedYAMLError, YAMLError

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake, Rewrite

CODE = "E-YAML"
NOT_AT_START = {
    "@": "text that begins with @",
    "`": "text that begins with a backtick",
    "%": "text that begins with %",
}


def explain(error: YAMLError, text: str) -> Mistake:
    """Return the mistake that caused a parser's error."""
    if not isinstance(error, MarkedYAMLError) or error.problem is None:
        return _plain(Stretch(0, 0), message="the file is not YAML", repair="compare it with an example")
    at = error.problem_mark.index if error.problem_mark is not None else 0
    begun = error.context_mark.index if error.context_mark is not None else at
    if text[at : at + 1] == "{" and text[at - 1 : at] == "$":
        return _variable_in_braces(text, at)
    translate = TRANSLATIONS.get(error.problem, _unknown)
    return translate(text, at, begun)


def _plain(
    stretch: Stretch, *, message: str, expected: str = "", found: str = "", repair: str = ""
) -> Mistake:
    return Mistake(stretch=stretch, code=CODE, message=message, expected=expected, found=found, repair=repair)


def _variable_in_braces(text: str, at: int) -> Mistake:
    end = text.find("}", at)
    end = at + 1 if end < 0 or "\n" in text[at:end] else end + 1
    written = text[at - 1 : end]
    return Mistake(
        stretch=Stretch(at - 1, end),
        code="E-VARIABLE-IN-BRACES",
        message="between braces or brackets a variable must be in quotes",
        expected=f'`"{written}"`',
        found=f"`{written}` without quotes",
        repair=f'write "{written}", or write the mapping on lines of its own',
        changes=(
            Rewrite(title=f'write "{written}"', parts=((Stretch(at - 1, end), f'"{written}"'),)),
            *_without_braces(text, at),
        ),
    )


def _without_braces(text: str, at: int) -> tuple[Rewrite, ...]:
    """Return the change that writes a mapping between braces, on one line, on lines of its own."""
    line = _line_of(text, at)
    found = re.fullmatch(r"(?P<margin>\s*(?:- )?)(?P<key>[\w-]+):\s*\{(?P<inner>.*)\}\s*", line)
    if found is None:
        return ()
    begin = text.rfind("\n", 0, at) + 1
    by = " " * (len(found["margin"]) + 2)
    members = re.split(r",\s*(?![^{]*\})", found["inner"].strip())
    new = "\n".join([f"{found['margin']}{found['key']}:", *(f"{by}{member}" for member in members)])
    return (
        Rewrite(
            title="write the mapping on lines of its own", parts=((Stretch(begin, begin + len(line)), new),)
        ),
    )


def _one(text: str, at: int) -> Stretch:
    """Return the place of the character at the offset; empty at the end of a line or of the text."""
    return Stretch(at, at + 1 if text[at : at + 1].strip() else at)


def _rest_of_line(text: str, at: int) -> Stretch:
    end = min((place for place in (text.find(mark, at) for mark in "\r\n") if place >= 0), default=len(text))
    return Stretch(at, at + len(text[at:end].rstrip()))


def _line_of(text: str, at: int) -> str:
    begin = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return text[begin : _rest_of_line(text, at).end]


def _bad_start(text: str, at: int, _begun: int) -> Mistake:
    character = text[at : at + 1]
    if character == "\t":
        return _plain(
            Stretch(at, at + 1),
            message="a line is indented with a tab",
            expected="spaces",
            found="a tab",
            repair="replace tabs by spaces, two for each level",
        )
    what = NOT_AT_START.get(character, f"text that begins with {character}")
    return _plain(
        Stretch(at, at + 1),
        message=f"{what} must be in quotes",
        expected="text in quotes",
        found=f"`{character}` at the beginning",
        repair=f'write "{_rest_of_line_text(text, at)}"',
    )


def _rest_of_line_text(text: str, at: int) -> str:
    stretch = _rest_of_line(text, at)
    return text[stretch.start : stretch.end].partition(" #")[0].replace('"', "'")


def _colon_in_text(text: str, at: int, _begun: int) -> Mistake:
    line = _line_of(text, at)
    key, _, rest = line.strip().partition(": ")
    second_on_line = ": " in rest or rest.endswith(":")
    if key == "generator" and second_on_line:
        return _plain(
            Stretch(text.rfind(rest, 0, at + len(rest)), text.rfind(rest, 0, at + len(rest)) + len(rest)),
            message="a generator is named by its path, and not written into the YAML",
            expected="`module.function`, as Python would import it",
            found=f"`{rest}`",
            repair="put the code into a file beside this one, as a function, and write file.function",
        )
    if second_on_line:
        return _plain(
            Stretch(at, at + 1),
            message="a text with a colon in it must be in quotes",
            expected="one `key: value` on a line",
            found="a second colon",
            repair=f'write {key}: "{rest.replace(chr(34), chr(39))}"',
        )
    return _plain(
        Stretch(at, at + 1),
        message="this line looks like a key, but a key is not possible here",
        expected="keys of one mapping, indented alike",
        found=f"`{line.strip()}` after a line that already has its value or lacks its colon",
        repair="indent it like its neighbours, and see that the line before has `: ` between key and value",
    )


def _missing_colon(text: str, _at: int, begun: int) -> Mistake:
    stretch = _rest_of_line(text, begun)
    written = text[stretch.start : stretch.end]
    return _plain(
        stretch,
        message="a line has no `key: value`",
        expected="a colon and a space after the key",
        found=f"`{written}`" if written else "nothing",
        repair=_colon_repair(written),
    )


def _colon_repair(written: str) -> str:
    key, colon, value = written.partition(":")
    if colon and value and " " not in key:
        return f"write `{key}: {value.strip()}`, with a space after the colon"
    return "add the colon; or indent the line below the text above it, if that goes on"


def _open_quote(text: str, _at: int, begun: int) -> Mistake:
    quote = text[begun : begun + 1]
    return _plain(
        _rest_of_line(text, begun),
        message="a quote is opened and never closed",
        expected=f"a closing {quote}",
        found="the end of the file",
        repair=f"add {quote} at the end of the text",
    )


def _escape(text: str, at: int, _begun: int) -> Mistake:
    return _plain(
        Stretch(at, min(at + 2, len(text))),
        message="a backslash in double quotes begins a special character, and this one does not exist",
        expected='\\n, \\t, \\\\, \\" or another that YAML knows',
        found=f"`{text[at : at + 2]}`",
        repair="use single quotes, in which a backslash is only a backslash",
    )


def _misplaced_dash(_text: str, at: int, _begun: int) -> Mistake:
    return _plain(
        Stretch(at, at + 1),
        message="a list cannot begin here",
        expected="each `- ` on a line of its own, below the key",
        found="`-` after something else",
        repair="begin a new line before the dash, or put quotes around a text that begins with a dash",
    )


def _expected_key(text: str, at: int, _begun: int) -> Mistake:
    rest = _rest_of_line(text, at)
    written = text[rest.start : rest.end]
    return _plain(
        rest if written else _one(text, at),
        message="this does not fit the lines above",
        expected="a `key: value` that is indented like its neighbours",
        found=f"`{written}`" if written else "the end of the file",
        repair=_key_repair(text, at, written),
    )


def _key_repair(text: str, at: int, written: str) -> str:
    before = text[:at].rstrip(" ")
    if before.endswith(('"', "'")):
        return "text after a closing quote: put all of it between the quotes"
    if written.startswith("- "):
        return "a mapping has keys and no dashes: indent the list below the key that it belongs to"
    return "give it the same number of spaces as the key that it belongs beside"


def _expected_dash(text: str, at: int, _begun: int) -> Mistake:
    rest = _rest_of_line(text, at)
    return _plain(
        rest,
        message="a list ends in the middle",
        expected="`- ` before each member of the list",
        found=f"`{text[rest.start : rest.end]}`",
        repair="begin the line with a dash, or indent it differently if it does not belong to the list",
    )


def _unclosed(opening: str, closing: str) -> Callable[[str, int, int], Mistake]:
    def explain_unclosed(text: str, at: int, begun: int) -> Mistake:
        rest = _rest_of_line(text, at)
        at_end = at >= len(text.rstrip())
        return _plain(
            Stretch(begun, begun + 1),
            message=f"a `{opening}` is opened and not closed",
            expected=f"`,` or `{closing}`",
            found="the end of the file" if at_end else f"`{text[rest.start : rest.end]}`",
            repair=f"add `{closing}`, or a comma between the members",
        )

    return explain_unclosed


def _no_content(text: str, at: int, _begun: int) -> Mistake:
    opened = _last_opened(text)
    if at >= len(text.rstrip()) and opened is not None:
        closing = {"[": "]", "{": "}"}[text[opened]]
        return _unclosed(text[opened], closing)(text, at, opened)
    found = text[at : at + 1].strip()
    return _plain(
        _one(text, at),
        message="a value is missing here",
        expected="a value",
        found=f"`{found}`" if found else "nothing",
        repair="write a value, or put quotes around a text that begins with a special character",
    )


def _last_opened(text: str) -> int | None:
    """Return the offset of the last unclosed bracket or brace; quotes are ignored."""
    opened: list[int] = []
    for found in re.finditer(r"[\[\]{}]", text):
        if found.group() in "[{":
            opened.append(found.start())
        elif opened:
            opened.pop()
    return opened[-1] if opened else None


def _block_text(text: str, at: int, begun: int) -> Mistake:
    sign = text[begun : begun + 1]
    return _plain(
        _rest_of_line(text, begun),
        message=f"text below a `{sign}` begins on the next line",
        expected=f"nothing after `{sign}`",
        found=f"`{text[begun : _rest_of_line(text, at).end]}`",
        repair=f"move what follows `{sign}` to the next line, indented",
    )


def _tab_in_text(text: str, at: int, _begun: int) -> Mistake:
    return _bad_start(text, text.find("\t", at) if "\t" in text[at:] else at, at)


def _alias_name(text: str, _at: int, begun: int) -> Mistake:
    sign = text[begun : begun + 1]
    written = re.split(r"[,\]}]", _rest_of_line_text(text, begun))[0].strip()
    return _plain(
        Stretch(begun, begun + len(written)),
        message=f"text that begins with {sign} must be in quotes",
        expected=f"a name directly after {sign}, or text in quotes",
        found=f"`{written}`",
        repair=f'write "{written}"',
    )


def _version(text: str, at: int, _begun: int) -> Mistake:
    return _plain(
        _rest_of_line(text, at),
        message="the file asks for a version of YAML that is not supported",
        expected="%YAML 1.2, or no such line",
        found=f"`{_rest_of_line_text(text, at)}`",
        repair="remove the line",
    )


def _after_end(text: str, at: int, _begun: int) -> Mistake:
    written = _rest_of_line_text(text, at)
    if text.startswith("%"):
        message, expected = (
            "a line that begins with % belongs at the top of a file, with `---` after it",
            "`---`",
        )
        repair = "remove the line that begins with %, or add a line `---` after it"
    elif re.search(r"^\.\.\.", text[:at], re.MULTILINE):
        message, expected = "something follows after the document's end", "nothing after `...`"
        repair = "remove the line `...`"
    else:
        message, expected = "this does not fit what is before it", "`key: value`"
        repair = "write a key and a colon before the first of the two"
    return _plain(
        _rest_of_line(text, at), message=message, expected=expected, found=f"`{written}`", repair=repair
    )


def _unknown(text: str, at: int, _begun: int) -> Mistake:
    rest = _rest_of_line(text, at)
    written = text[rest.start : rest.end]
    return _plain(
        rest,
        message="this is not YAML",
        expected="`key: value`, a list with dashes, or text in quotes",
        found=f"`{written}`" if written else "the end of the line",
        repair="put quotes around text with special characters",
    )


TRANSLATIONS: dict[str, Callable[[str, int, int], Mistake]] = {
    "found character that cannot start any token": _bad_start,
    "mapping values are not allowed in this context": _colon_in_text,
    "could not find expected ':'": _missing_colon,
    "found unexpected end of stream": _open_quote,
    "found unexpected document indicator": _open_quote,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
    "block sequence entries are not allowed in this context": _misplaced_dash,
    "did not find expected key": _expected_key,
    "did not find expected '-' indicator": _expected_dash,
    "did not find expected ',' or ']'": _unclosed("[", "]"),
    "did not find expected ',' or '}'": _unclosed("{", "}"),
    "did not find expected node content": _no_content,
    "did not find expected comment or line break": _block_text,
    "found a tab character that violates indentation": _tab_in_text,
    "found a tab character where an indentation space is expected": _tab_in_text,
    "did not find expected alphabetic or numeric character": _alias_name,
    "found incompatible YAML document": _version,
    "did not find expected <document start>": _after_end,
}
