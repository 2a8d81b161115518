"""Numbers as people write them outside of YAML: with thousands, with signs around them, as a range.

2 000 -> 2000    2.000,00 -> 2000    10, -> 10    5, -> 5    10-200 -> 10 and 200    1.5k -> 1500
"""

import re
import unicodedata

BETWEEN = r"[.,'’_ \u00a0\u2009\u202f]"
GROUPED = re.compile(
    rf"(?P<sign>[-+]?)(?P<whole>\d{{1,3}}(?P<mark>{BETWEEN})\d{{3}}(?:(?P=mark)\d{{3}})*)(?P<rest>[.,]\d+)?"
)
"""A number whose thousands are kept apart by one and the same sign."""

DECIMAL = re.compile(r"(?P<sign>[-+]?)(?P<whole>\d*),(?P<part>\d+)")
UNDERSCORES = re.compile(r"[-+]?\d+(_\d+)+(\.\d+)?")
PLAIN = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
SUFFIXED = re.compile(r"(?P<digits>[-+]?\d+(\.\d+)?) ?(?P<unit>[kKM])")
RANGE = re.compile(
    r"[\[(]?\s*(?P<low>-?\d+(?:\.\d+)?)\s*(?:-|–|—|\.\.\.?|…|:|,|;|~|\bto\b|\bbis\b|\band\b)\s*(?P<high>-?\d+(?:\.\d+)?)\s*[\])]?"
)
AROUND = re.compile(r"(?P<before>[^\d.+-]*)(?P<digits>[-+]?\d+(\.\d+)?)(?P<after>\D*)")
POWER = re.compile(r"(?P<base>\d{1,4})\s*(?:\*\*|\^)\s*(?P<exponent>\d{1,2})")
FRACTION = re.compile(r"(?P<over>\d{1,4})\s*/\s*(?P<under>[1-9]\d{0,3})")
FACTORS = {"k": 10**3, "K": 10**3, "M": 10**6}
MINUS = str.maketrans("−–—﹣－", "-----")

NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "?",
        "n/a",
        "na",
        "nan",
        "nil",
        "none",
        "null",
        "undefined",
        "empty",
        "no",
        "any",
        "unlimited",
        "infinite",
        "infinity",
        "inf",
        "∞",
        "tbd",
        "tbc",
        "todo",
        "...",
        "…",
    }
)
"""Texts by which people say that there is no value."""


WORDS = {
    word: str(number)
    for number, word in (
        *enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ]
        ),
        (20, "twenty"),
        (30, "thirty"),
        (50, "fifty"),
        (100, "hundred"),
        (100, "a hundred"),
        (100, "one hundred"),
        (1000, "thousand"),
        (1000, "a thousand"),
        (1000, "one thousand"),
    )
}


def number_in(text: str) -> str | None:
    """Return the one number that a text stands for, as YAML writes it; None if that is not certain."""
    plain = unicodedata.normalize("NFKC", text).translate(MINUS).strip().strip("\"'“”‘’„‚«»").strip()
    plain = re.sub(r"^([-+])\s+", r"\1", plain)
    for read in (_plain, _grouped, _decimal, _suffixed, _calculated, _in_words, _with_a_sign):
        found = read(plain)
        if found is not None:
            return found
    return None


def range_in(text: str) -> tuple[str, str] | None:
    """Return the two numbers of a range, the lower one first."""
    found = RANGE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or float(found["low"]) >= float(found["high"]):
        return None
    return found["low"], found["high"]


def means_nothing(text: str) -> bool:
    """Return whether a text says that there is no value."""
    return text.strip().strip("<>()[]").lower() in NOTHING


def number_beside(text: str) -> str | None:
    """Return the number of a text that has a word or a sign beside it: `10 px`, `$5`."""
    found = AROUND.fullmatch(text.strip())
    return None if found is None else found["digits"]


def _plain(text: str) -> str | None:
    return text.removeprefix("+") if PLAIN.fullmatch(text) and not text.endswith(".") else None


def _grouped(text: str) -> str | None:
    found = GROUPED.fullmatch(text)
    if found is None or found["whole"].startswith("0") or (found["rest"] or "").startswith(found["mark"]):
        return text.replace("_", "").removeprefix("+") if UNDERSCORES.fullmatch(text) else None
    if found["mark"] == "." and found["rest"] is None and found["whole"].count(".") == 1:
        # `1.500` is a number of YAML already.
        return None
    digits = found["whole"].replace(found["mark"], "")
    rest = (found["rest"] or "")[1:].rstrip("0")
    return f"{found['sign'].removeprefix('+')}{digits}" + (f".{rest}" if rest else "")


def _decimal(text: str) -> str | None:
    found = DECIMAL.fullmatch(text)
    return (
        None if found is None else f"{found['sign'].removeprefix('+')}{found['whole'] or '0'}.{found['part']}"
    )


def _suffixed(text: str) -> str | None:
    found = SUFFIXED.fullmatch(text)
    if found is None:
        return None
    number = float(found["digits"]) * FACTORS[found["unit"]]
    return str(int(number)) if number.is_integer() else str(number)


def _calculated(text: str) -> str | None:
    """Read a power or a fraction that a decimal number says exactly enough."""
    power, fraction = POWER.fullmatch(text), FRACTION.fullmatch(text)
    if power is not None:
        value = int(power["base"]) ** int(power["exponent"])
        return str(value) if value < 2**63 else None
    return None if fraction is None else f"{int(fraction['over']) / int(fraction['under']):.6g}"


def _in_words(text: str) -> str | None:
    return WORDS.get(text.lower())


def _with_a_sign(text: str) -> str | None:
    """Read a number with a sign of a list or of another language behind it."""
    bare = text.rstrip(",;:.!").rstrip()
    if bare == text and text[:1] + text[-1:] in ("()", "[]", "{}", "<>"):
        bare = text[1:-1].strip()
    return number_in(bare) if bare and bare != text else None
