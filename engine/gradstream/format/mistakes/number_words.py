"""Numbers in words: `twelve`, `zwanzig`, `vingt-cinq`, `treinta y uno`, up to a thousand.

Each language is its numbers below twenty, its tens, and how it says 21 to 99.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from msgspec import Struct


class Language(Struct, frozen=True, kw_only=True):
    """The words of one language; `between` makes one word of a ten and a unit, both as they are written."""

    below: str
    """From 0 on, to where the language begins to put words together."""
    tens: str
    """20, 30, and so on, each without a space."""
    between: Callable[[str, str], str]
    hundred: str
    thousand: str
    others: Mapping[str, int] = {}
    """What is irregular, or said in two ways."""


LANGUAGES = (
    Language(
        below="zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen",
        tens="twenty thirty forty fifty sixty seventy eighty ninety",
        between=lambda ten, unit: ten + unit,
        hundred="hundred",
        thousand="thousand",
        others={"ahundred": 100, "athousand": 1000, "fourty": 40},
    ),
    Language(
        below="null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
        " sechzehn siebzehn achtzehn neunzehn",
        tens="zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        between=lambda ten, unit: f"{'ein' if unit == 'eins' else unit}und{ten}",
        hundred="hundert",
        thousand="tausend",
        others={"ein": 1, "eine": 1, "zwo": 2, "einhundert": 100, "eintausend": 1000},
    ),
    Language(
        below="zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
        " dixsept dixhuit dixneuf",
        tens="vingt trente quarante cinquante soixante septante quatrevingt nonante",
        between=lambda ten, unit: f"{ten}et{unit}" if unit == "un" and ten != "quatrevingt" else ten + unit,
        hundred="cent",
        thousand="mille",
        others={
            "quatrevingts": 80,
            "soixantedix": 70,
            "soixanteetonze": 71,
            "soixantedouze": 72,
            "soixantequinze": 75,
            "quatrevingtdix": 90,
            "quatrevingtonze": 91,
            "quatrevingtquinze": 95,
            "quatrevingtdixneuf": 99,
        },
    ),
    Language(
        below="cero uno dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince"
        " dieciséis diecisiete dieciocho diecinueve",
        tens="veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        between=lambda ten, unit: f"veinti{unit}" if ten == "veinte" else f"{ten}y{unit}",
        hundred="cien",
        thousand="mil",
    ),
    Language(
        below="zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici"
        " quindici sedici diciassette diciotto diciannove",
        tens="venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
        between=lambda ten, unit: (ten[:-1] if unit[0] in "uo" else ten) + unit,
        hundred="cento",
        thousand="mille",
    ),
    Language(
        below="nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"
        " zestien zeventien achttien negentien",
        tens="twintig dertig veertig vijftig zestig zeventig tachtig negentig",
        between=lambda ten, unit: f"{unit}en{ten}",
        hundred="honderd",
        thousand="duizend",
    ),
    Language(
        below="zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze"
        " dezesseis dezessete dezoito dezenove",
        tens="vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
        between=lambda ten, unit: f"{ten}e{unit}",
        hundred="cem",
        thousand="mil",
    ),
)
AMBIGUOUS = frozenset({"null", ""})
"""Words that say something else in YAML; a dash stands for the Spanish `once`, which is a word of English."""


def number_in_words(text: str) -> str | None:
    """Return the number that is written in words; None for any other text."""
    plain = _plain(text)
    if plain.startswith("minus") and _numbers().get(plain[5:]):
        return f"-{_numbers()[plain[5:]]}"
    number = _numbers().get(plain)
    return None if number is None else str(number)


def _plain(text: str) -> str:
    """Return words as one, in small letters and without accents, with nothing between them."""
    letters = unicodedata.normalize("NFD", text.strip().lower().replace("ß", "ss"))
    return re.sub(r"[\s-]", "", "".join(each for each in letters if not unicodedata.combining(each)))


@cache
def _numbers() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for word, number in _words(language):
            plain = _plain(word)
            if plain not in AMBIGUOUS:
                found.setdefault(plain, number)
    return found


def _words(language: Language) -> Iterator[tuple[str, int]]:
    below, tens = language.below.split(), language.tens.split()
    yield from ((word, number) for number, word in enumerate(below))
    for count, ten in enumerate(tens, 2):
        yield ten, 10 * count
        yield from (
            (language.between(ten, unit), 10 * count + number) for number, unit in enumerate(below[1:10], 1)
        )
    for word, factor in ((language.hundred, 100), (language.thousand, 1000)):
        yield word, factor
        yield from ((unit + word, factor * number) for number, unit in enumerate(below[1:10], 1))
    yield from language.others.items()
