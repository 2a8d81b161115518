"""Numbers as people write them outside of YAML: with thousands, with signs around them, as a range.

2 000 -> 2000    2.000,00 -> 2000    10, -> 10    5, -> 5    10-200 -> 10 and 200    1.5k -> 1500
"""

import math
import re
import unicodedata

from gradstream.format.mistakes.number_words import number_in_words

BETWEEN = r"[.,'’_ \u00a0\u2009\u202f]"
GROUPED = re.compile(
    rf"(?P<sign>[-+]?)(?P<whole>\d{{1,3}}(?P<mark>{BETWEEN})\d{{3}}(?:(?P=mark)\d{{3}})*)(?P<rest>[.,]\d+)?"
)
"""A number whose thousands are kept apart by one and the same sign."""

DECIMAL = re.compile(r"(?P<sign>[-+]?)(?P<whole>\d*),(?P<part>\d+(?:[eE][-+]?\d+)?)")
UNDERSCORES = re.compile(r"[-+]?\d+(_\d+)+(\.\d+)?")
PLAIN = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
INDIAN = re.compile(r"[-+]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
SUFFIXED = re.compile(r"(?P<digits>[-+]?\d+(?:[.,]\d+)?) ?(?P<unit>[A-Za-z]+\.?)")
RANGE = re.compile(
    r"[\[(]?\s*(?P<low>-?\d+(?:\.\d+)?)\s*(?:-|–|—|\.\.\.?|…|:|,|;|~|\bto\b|\bbis\b|\band\b)\s*(?P<high>-?\d+(?:\.\d+)?)\s*[\])]?"
)
AROUND = re.compile(
    r"(?P<before>[^\d.+\-(){}\[\]|]{0,12})(?P<digits>[-+]?\d+(\.\d+)?)(?P<after>[^\d(){}\[\]|]{0,16})"
)
MONEY = re.compile(
    r"(?:[$€£¥₹]|[A-Z]{3})?\s*(?P<digits>[-+]?\d[\d.,'\u2019\s]*\d)\s*(?:[$€£¥₹]|[A-Z]{3}|[a-z%]{1,3})?"
)
POWER = re.compile(r"(?P<base>\d{1,4})\s*(?:\*\*|\^)\s*(?P<exponent>\d{1,2})")
FRACTION = re.compile(r"(?P<over>\d{1,4})\s*/\s*(?P<under>[1-9]\d{0,3})")
SCIENTIFIC = re.compile(
    r"(?:(?P<digits>[-+]?\d+(?:\.\d+)?)\s*[*x×·⋅]\s*)?10\s*(?:\*\*|\^)\s*(?P<exponent>-?\d{1,2})"
)
PRODUCT = re.compile(r"\d{1,9}(?:\s*[*x×·⋅]\s*\d{1,9}){1,3}")
LOSS = re.compile(r"\(\s*\d[\d.,\s]*[.,]\d+\s*\)")
"""How accounts write a number below zero."""

BINARY = re.compile(r"0[bB][01]{1,63}")
MIXED = re.compile(r"(?P<whole>\d+)?\s*(?P<part>[¼½¾⅐-⅞])")
LOOKS_LIKE_DIGITS = re.compile(r"(?=.*\d)[\dOolI|]+")
DIGIT_LOOK_ALIKES = str.maketrans("OolI|", "00111")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
FACTORS = {
    **dict.fromkeys(("k", "K", "thousand", "tsd", "tsd.", "mille", "mil"), 10**3),
    **dict.fromkeys(("M", "million", "millions", "mio", "mio.", "mn"), 10**6),
    **dict.fromkeys(("G", "bn", "billion", "billions", "mrd", "mrd."), 10**9),
    **dict.fromkeys(("dozen", "dz"), 12),
    **dict.fromkeys(("hundred",), 100),
    **dict.fromkeys(("lakh", "lac"), 10**5),
    "Ki": 2**10,
    "Mi": 2**20,
    "Gi": 2**30,
}
"""What multiplies the number before it; letters that stand alone are taken as they are written."""

MARKS = str.maketrans({"٫": ".", "٬": ",", "،": ",", "⁄": "/"})
"""The decimal sign, the sign of thousands and the comma of Arabic, and the stroke of fractions."""

CONSTANTS = dict.fromkeys(("pi", "π", "math.pi", "np.pi", "numpy.pi"), "3.141592653589793")
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
        "never",
        "forever",
        "infinity",
        "inf",
        "∞",
        "tbd",
        "tbc",
        "todo",
        "...",
        "…",
        *("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"),
    }
)
"""Texts by which people say that there is no value."""


def number_in(text: str) -> str | None:
    """Return the one number that a text stands for, as YAML writes it; None if that is not certain."""
    mixed = MIXED.fullmatch(text.strip())
    if mixed is not None:
        return f"{int(mixed['whole'] or 0) + unicodedata.numeric(mixed['part']):.6g}"
    plain = in_plain_digits(text).translate(MINUS).strip().strip("\"'“”‘’„‚«»").strip()
    plain = re.sub(r"^([-+])\s+", r"\1", plain)
    plain = re.sub(r"^(?:minus|negative|moins|menos|meno)\s+(?=[\d.])", "-", plain, flags=re.IGNORECASE)
    for read in (_plain, _grouped, _decimal, _suffixed, _calculated, _in_words, _look_alike, _with_a_sign):
        found = read(plain)
        if found is not None:
            return found
    return None


def in_plain_digits(text: str) -> str:
    """Return a text with the digits and the signs of numbers that YAML knows: `10³` is 10^3."""
    raised = RAISED.sub(lambda found: f"^{found.group().translate(SUPERSCRIPTS)}", text)
    narrow = unicodedata.normalize("NFKC", raised).translate(MARKS)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in narrow)


def range_in(text: str) -> tuple[str, str] | None:
    """Return the two numbers of a range, the lower one first."""
    found = RANGE.fullmatch(in_plain_digits(text).strip())
    if found is None or float(found["low"]) >= float(found["high"]):
        return None
    return found["low"], found["high"]


def means_nothing(text: str) -> bool:
    """Return whether a text says that there is no value."""
    return text.strip().strip("<>()[]").lower() in NOTHING


def number_beside(text: str) -> str | None:
    """Return the number of a text that has a word or a sign beside it: `10 px`, `$5`."""
    plain = in_plain_digits(text).strip()
    found = AROUND.fullmatch(plain)
    if found is not None:
        return found["digits"]
    money = MONEY.fullmatch(plain)
    return None if money is None else number_in(money["digits"])


def _plain(text: str) -> str | None:
    return text.removeprefix("+") if PLAIN.fullmatch(text) and not text.endswith(".") else None


def _grouped(text: str) -> str | None:
    if INDIAN.fullmatch(text):
        return text.replace(",", "").removeprefix("+")
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
    unit = found["unit"]
    factor = FACTORS.get(unit if len(unit) <= 2 else unit.lower())
    if factor is None:
        return None
    number = float(found["digits"].replace(",", ".")) * factor
    return _short(number)


def _calculated(text: str) -> str | None:
    """Read a power or a fraction that a decimal number says exactly enough."""
    scientific = SCIENTIFIC.fullmatch(text)
    if scientific is not None:
        return _short(float(scientific["digits"] or 1) * 10.0 ** int(scientific["exponent"]))
    if BINARY.fullmatch(text):
        return str(int(text, 2))
    if PRODUCT.fullmatch(text):
        product = math.prod(int(each) for each in re.findall(r"\d+", text))
        return str(product) if product < 2**63 else None
    power, fraction = POWER.fullmatch(text), FRACTION.fullmatch(text)
    if power is not None:
        value = int(power["base"]) ** int(power["exponent"])
        return str(value) if value < 2**63 else None
    return None if fraction is None else f"{int(fraction['over']) / int(fraction['under']):.6g}"


def _in_words(text: str) -> str | None:
    return number_in_words(text) or CONSTANTS.get(text.lower())


def _look_alike(text: str) -> str | None:
    """Read digits mixed with letters that look like them: `1O0`, `l5`."""
    return text.translate(DIGIT_LOOK_ALIKES) if LOOKS_LIKE_DIGITS.fullmatch(text) else None


def _short(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 2**53 else f"{number:g}"


def _with_a_sign(text: str) -> str | None:
    """Read a number with a sign of a list or of another language behind it."""
    bare = text.rstrip(",;:.!").rstrip()
    if bare == text and text[:1] + text[-1:] in ("()", "[]", "{}", "<>") and not LOSS.fullmatch(text):
        bare = text[1:-1].strip()
    return number_in(bare) if bare and bare != text else None
