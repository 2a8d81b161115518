"""Looks at a text that is not YAML before the parser's complaint is worded: what it is, and what was meant.

text + complaint --surroundings, signs, habits--> the first guess whose change gets the parser further
"""

from collections.abc import Iterator
from itertools import chain, islice

from gradstream.diagnostics import Diagnostic
from gradstream.document.line_index import index_lines
from gradstream.document.mistakes import Mistake, locate
from gradstream.document.parser import parse
from gradstream.document.pasted.carriers import look_at_carriers
from gradstream.document.pasted.frames import look_at_frames
from gradstream.document.pasted.garbled import look_at_garbled
from gradstream.document.pasted.guess import lines_of, rewritten
from gradstream.document.pasted.habits import look_at_bullets, look_at_habits, look_at_star
from gradstream.document.pasted.notations import look_at_notations
from gradstream.document.pasted.signs import look_at_signs
from gradstream.document.pasted.surroundings import look_around
from gradstream.document.pasted.wrapped import look_at_wraps

MOST_CHARACTERS = 50_000
"""A longer text is not looked at: what people paste by mistake is short."""

MOST_GUESSES = 24
"""Each is parsed, which takes a fraction of a millisecond for a usual demo."""

ALIAS = "E-ALIAS-UNKNOWN"
"""A star before a word: perhaps a bullet."""

LOOKED_AT = frozenset({"E-YAML", ALIAS})
"""Other complaints say what they are about."""


def explain_text(text: str, complaint: Mistake) -> Mistake:
    """Return a better explanation of a complaint of the parser's, or the complaint."""
    if len(text) > MOST_CHARACTERS or complaint.code not in LOOKED_AT:
        return complaint
    for guess in islice(_guesses(text, complaint), MOST_GUESSES):
        ways = [rewritten(text, each) for each in guess.changes]
        if not ways or any(_helps(new, text, complaint) for new in ways):
            return guess
    return complaint


def guess_about(text: str, *, file: str) -> tuple[Diagnostic, ...]:
    """Return what a text that YAML can read may be in truth; only a trial shows whether it is so."""
    if len(text) > MOST_CHARACTERS:
        return ()
    lines = index_lines(text)
    written = lines_of(text)
    guesses = chain(
        look_at_frames(text, written),
        look_at_wraps(written),
        look_at_carriers(written),
        look_at_notations(written),
        look_around(text),
        look_at_signs(text),
        look_at_bullets(text, before_keys=True),
        look_at_garbled(text),
    )
    return tuple(locate(guess, lines, file=file) for guess in islice(guesses, MOST_GUESSES) if guess.changes)


def _guesses(text: str, complaint: Mistake) -> Iterator[Mistake]:
    if complaint.code == ALIAS:
        return chain(look_at_bullets(text), look_at_star(text, complaint.stretch.start))
    habits = look_at_habits(text, complaint.stretch.start)
    lines = lines_of(text)
    return chain(
        look_at_frames(text, lines),
        look_at_wraps(lines),
        look_at_carriers(lines),
        look_at_notations(lines),
        look_around(text),
        look_at_signs(text),
        habits,
    )


def _helps(new: str, text: str, complaint: Mistake) -> bool:
    """Return whether the parser gets to the end, or stumbles nearer to it than before."""
    after = parse(new)
    if not isinstance(after, Mistake):
        return True
    return len(new) - after.stretch.start < len(text) - complaint.stretch.start
