"""Conditions as programs, templates and people write them, read as comparisons of names with values.

mode == "hard" and not easy    !done && count > 3    {{ mode in ["a", "b"] }}    mode is hard or expert

text --tokens--> signs, words, values --_ConditionReader--> Comparison | Both | Either | Opposite
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.document.scalars import NumberTooLargeError, resolve
from gradstream.errors import GradstreamError

TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”|„[^“”]*[“”])
    |(?P<sign>===|!==|==|!=|<>|>=|=>|<=|=<|:=|≥|≤|≠|∈|=|>|<|:|&&|\|\||!)
    |(?P<mark>[()\[\]{},])
    |(?P<word>-?[$@\#]?[^\W]\w*(?:(?:\?)?\.\w+|\[(?:'\w+'|"\w+")\])*|-?\.?\d+)
    )""",
    re.VERBOSE,
)
SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("===", "==", "=", ":", "is", "eq", "equals", "equal", "matches"), "="),
    **dict.fromkeys(("!==", "!=", "<>", "≠", "ne", "neq", "isnt", "notequals", "not_equals"), "!="),
    **dict.fromkeys((">=", "=>", "≥", "ge", "gte"), ">="),
    **dict.fromkeys(("<=", "=<", "≤", "le", "lte"), "<="),
    **dict.fromkeys((">", "gt"), ">"),
    **dict.fromkeys(("<", "lt"), "<"),
    **dict.fromkeys(("in", "∈", "oneof", "one_of", "any_of", "among"), "in"),
    **dict.fromkeys(("nin", "not_in", "notin", "none_of"), "not in"),
}
"""Signs and words that compare, and the one that stands for all that mean the same."""

MIRRORED: Mapping[str, str] = {"=": "=", "!=": "!=", ">=": "<=", "<=": ">=", ">": "<", "<": ">"}
AND, OR, NOT = frozenset({"and", "&&", "und"}), frozenset({"or", "||", "oder"}), frozenset({"not", "!"})
NOTHING = frozenset({"none", "null", "undefined", "nil"})
FILLER = frozenset({"to", "the", "a", "an", "value", "of", "selected", "then"})
"""Words of a sentence that say nothing: `mode is equal to hard`."""

LISTS = {"[": "]", "(": ")", "{": "}"}
"""Signs around a list of values, and by which each is closed."""

TAILS = frozenset({"value", "checked", "selected", "get"})
"""What follows a name where a program takes its value: `mode.value`."""

WRAPPED = (
    re.compile(r"\{%-?\s*(?:el)?if\s+(?P<inner>.+?)\s*-?%\}.*", re.DOTALL),
    re.compile(r"\$?\{\{[#-]?\s*(?:if\s+)?(?P<inner>.+?)\s*-?\}\}", re.DOTALL),
    re.compile(r"lambda\b[^:]*:\s*(?P<inner>.+)", re.DOTALL),
    re.compile(r"(?:\([^()]*\)|\w+)\s*=>\s*(?P<inner>.+)", re.DOTALL),
    re.compile(r"(?:return|if|when|unless)\b\s*(?P<inner>.+?)[\s;:]*", re.DOTALL),
    re.compile(r"(?P<inner>.+?)\s*[;?]", re.DOTALL),
)
"""What programs and templates put around a condition."""

SPOKEN = (
    (re.compile(r"(\[[^\[\]]*\])\.(?:includes|contains|has)\(([^()]*)\)"), r"\2 in \1"),
    (re.compile(r"\blen\((\w+)\)\s*(?:>|!=)\s*0"), r"\1 != null"),
    (re.compile(r"\b(\w+)\.length\s*(?:>|!==?)\s*0"), r"\1 != null"),
    (re.compile(r"\b(?:bool|Boolean|boolean)\((\w+)\)"), r"\1"),
    (re.compile(r"!!(?=\w)"), ""),
    (re.compile(r"\b(?:is\s+)?(?:greater|more|larger|higher) than or equal to\b"), ">="),
    (re.compile(r"\b(?:is\s+)?(?:less|smaller|fewer|lower) than or equal to\b"), "<="),
    (re.compile(r"\b(?:is\s+)?(?:greater|more|larger|higher) than\b"), ">"),
    (re.compile(r"\b(?:is\s+)?(?:less|smaller|fewer|lower) than\b"), "<"),
    (re.compile(r"\b(?:is\s+)?at least\b"), ">="),
    (re.compile(r"\b(?:is\s+)?at most\b"), "<="),
)
"""What people and programs say at length, and the same with a sign."""

MOST_CHARACTERS = 500
"""A condition that a program has is a line."""


class Comparison(Struct, frozen=True):
    """A name and what is asked of its value: `in` or `not in` of some, `>=`, `<=`, `>`, `<` or `filled`."""

    name: str
    sign: str
    values: tuple[Any, ...] = ()


class Both(Struct, frozen=True):
    """All of these must hold."""

    parts: tuple["ReadCondition", ...]


class Either(Struct, frozen=True):
    """One of these must hold."""

    parts: tuple["ReadCondition", ...]


class Opposite(Struct, frozen=True):
    """This must not hold."""

    part: "ReadCondition"


ReadCondition = Comparison | Both | Either | Opposite


class _Value(Struct, frozen=True):
    """A value that nothing is compared with."""

    values: tuple[Any, ...]


class _NoConditionError(GradstreamError):
    """Raised where a text goes on in a way that no condition has."""


def read_condition(text: str, is_name: Callable[[str], bool]) -> ReadCondition | None:
    """Return the condition that a text says about names; None where it says something else."""
    plain = text.strip()
    if len(plain) > MOST_CHARACTERS:
        return None
    for pattern in WRAPPED:
        found = pattern.fullmatch(plain)
        plain = found["inner"].strip() if found else plain
    for pattern, sign in SPOKEN:
        plain = pattern.sub(sign, plain)
    tokens = list(_tokens(plain))
    if "".join(tokens) != re.sub(r"\s+", "", plain) and not _is_whole(plain):
        return None
    try:
        reader = _ConditionReader(tokens, is_name)
        condition = reader.either()
        return condition if reader.is_at_end and not isinstance(condition, _Value) else None
    except (_NoConditionError, NumberTooLargeError):
        return None


def compared(name: str, sign: str, value: Any) -> ReadCondition | None:
    """Return the comparison of a name with a value by a sign or a word; None for an unknown sign."""
    meant = SIGNS.get(sign.lower().lstrip("$"), SIGNS.get(sign))
    values = tuple(value) if isinstance(value, list | tuple) else (value,)
    return None if meant is None else _comparison(name, meant, values)


def _comparison(name: str, sign: str, values: tuple[Any, ...]) -> ReadCondition:
    if values in ((None,), ("",)) and sign in ("=", "!="):
        filled = Comparison(name, "filled")
        return filled if sign == "!=" else Opposite(filled)
    if sign in ("=", "in"):
        return Comparison(name, "in", values)
    return Comparison(name, "not in" if sign in ("!=", "not in") else sign, values)


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while found := TOKEN.match(text, at):
        yield found.group().strip()
        at = found.end()


def _is_whole(text: str) -> bool:
    """Return whether a text has nothing beside tokens; texts between quotes have blanks of their own."""
    return TOKEN.sub("", text).strip() == ""


class _ConditionReader:
    """Reads tokens from the left to the right, by the usual order of operators."""

    def __init__(self, tokens: Sequence[str], is_name: Callable[[str], bool]) -> None:
        self._tokens = tokens
        self._is_name = is_name
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left."""
        return self._at >= len(self._tokens)

    def either(self) -> ReadCondition | _Value:
        """Read alternatives; a value alone is one more for the comparison before it: `is hard or expert`."""
        parts = [self._both()]
        while self._take(OR):
            part = self._both()
            before = parts[-1]
            if isinstance(part, _Value) and isinstance(before, Comparison) and before.sign == "in":
                parts[-1] = Comparison(before.name, "in", (*before.values, *part.values))
            else:
                parts.append(part)
        return parts[0] if len(parts) == 1 else Either(tuple(map(_known, parts)))

    def _both(self) -> ReadCondition | _Value:
        parts = [self._opposite()]
        while self._take(AND):
            parts.append(self._opposite())
        return parts[0] if len(parts) == 1 else Both(tuple(map(_known, parts)))

    def _opposite(self) -> ReadCondition | _Value:
        if self._take(NOT):
            return Opposite(_known(self._opposite()))
        if self._peek() == "(" and self._is_grouped():
            self._take({"("})
            inner = self.either()
            self._expect(")")
            return inner
        return self._compared()

    def _is_grouped(self) -> bool:
        """Return whether parentheses have a condition between them, and no list of values."""
        inner = self._tokens[self._at + 1 : self._tokens.index(")", self._at)] if ")" in self._tokens else ()
        return any(token.lower() in SIGNS or self._name(token) for token in inner)

    def _compared(self) -> ReadCondition | _Value:
        left = self._operand()
        parts: list[ReadCondition] = []
        while (sign := self._sign()) is not None:
            right = self._operand(beside=left if isinstance(left, str) else None)
            parts.append(_pair(left, sign, right))
            left = right
        if parts:
            return parts[0] if len(parts) == 1 else Both(tuple(parts))
        return Comparison(left, "filled") if isinstance(left, str) else left

    def _sign(self) -> str | None:
        words = [token.lower() for token in self._tokens[self._at : self._at + 2]]
        if words[:1] == ["not"] and words[1:] == ["in"]:
            self._at += 2
            return "not in"
        sign = SIGNS.get(words[0]) if words else None
        if sign is None:
            return None
        self._at += 1
        if words[0] == "is" and self._take({"not"}):
            sign = "!="
        while words[0].isalpha() and self._is_filler():
            self._at += 1
        if words[0] == "is" and SIGNS.get(self._peek().lower()) in ("in", ">", "<", ">=", "<="):
            return self._sign()
        return sign

    def _is_filler(self) -> bool:
        """Return whether the next word says nothing, and is not the value itself: `is equal to hard`."""
        word, *after = [token.lower() for token in self._tokens[self._at : self._at + 2]] or [""]
        return bool(after) and not {*after} & (AND | OR) and (word in FILLER or SIGNS.get(word) == "=")

    def _operand(self, *, beside: str | None = None) -> str | _Value:
        """Read a name, which is a `str`, or a value; `beside` is the name that it is compared with."""
        token = self._next()
        if token in LISTS:
            return _Value(tuple(self._members(LISTS[token])))
        name = self._name(token)
        if name and beside is None:
            if token.lower().endswith(".includes") or self._peek() == "(":
                raise _NoConditionError
            return name
        if token[0] in "\"'`“„":
            return _Value((token[1:-1],))
        if not re.match(r"-?[\w.]", token) or self._peek() == "(":
            raise _NoConditionError
        words = [token]
        while self._is_word(self._peek()):
            words.append(self._next())
        return _Value((_value(" ".join(words)),))

    def _is_word(self, token: str) -> bool:
        plain = token.lower()
        is_operator = plain in SIGNS or plain in AND or plain in OR or plain in NOT
        return bool(re.match(r"\w", token)) and not is_operator and not self._name(token)

    def _members(self, closing: str) -> Iterator[Any]:
        while not self._take({closing}):
            member = self._operand(beside="")
            yield from member.values if isinstance(member, _Value) else (member,)
            self._take({","})

    def _name(self, token: str) -> str:
        """Return the name that `inputs.mode`, `$mode` or `form["mode"].value` stands for; "" for none."""
        steps = re.findall(r"\w+", token) if re.match(r"[$@#]?[^\W\d]", token) else []
        while steps and not self._is_name(steps[0]):
            steps = steps[1:]
        return steps[0] if steps and set(steps[1:]) <= TAILS else ""

    def _peek(self) -> str:
        return "" if self.is_at_end else self._tokens[self._at]

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise _NoConditionError
        self._at += 1
        return token

    def _take(self, tokens: frozenset[str] | set[str]) -> bool:
        if self._peek().lower() not in tokens:
            return False
        self._at += 1
        return True

    def _expect(self, token: str) -> None:
        if self._next() != token:
            raise _NoConditionError


def _known(part: ReadCondition | _Value) -> ReadCondition:
    if isinstance(part, _Value):
        raise _NoConditionError
    return part


def _pair(left: str | _Value, sign: str, right: str | _Value) -> ReadCondition:
    """Return the comparison of a name with a value, whichever comes first: `"hard" == mode`."""
    if isinstance(left, str) and isinstance(right, _Value):
        return _comparison(left, sign, right.values)
    if isinstance(left, _Value) and isinstance(right, str) and (sign in MIRRORED or sign == "in"):
        return _comparison(right, MIRRORED.get(sign, "in"), left.values)
    raise _NoConditionError


def _value(written: str) -> Any:
    if written.lower() in NOTHING:
        return None
    if written in ("True", "False"):
        return written == "True"
    return resolve(written)
