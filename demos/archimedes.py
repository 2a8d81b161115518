"""A document that types itself, with formulas whose figures are worked out for it."""

import math
import time
from collections.abc import Iterator

OPENING = r"""## How Archimedes came close to $\pi$

Around a circle of radius $1$ we cannot lay a ruler. So Archimedes drew a **hexagon** into it. Its sides are
as long as the radius, $s_6 = 1$, and half of its outline is a first guess:

$$\pi \approx \frac{6 \cdot s_6}{2} = 3$$

Then he doubled the number of sides. By Pythagoras, each side of the new polygon follows from one of the old:

$$s_{2n} = \sqrt{2 - \sqrt{4 - s_n^2}}$$

Nothing else is needed. The rest is patience:

| sides | one side | half the outline |
|---:|---:|---:|
"""
CLOSING = r"""
With ${sides}$ sides the guess is off by ${error}$, and each doubling leaves about a quarter of the error:

$$\pi - \frac{{n\,s_n}}{{2}} \approx \frac{{\pi^3}}{{6\,n^2}}$$

Archimedes stopped at $96$ sides, without decimals and without a zero, and knew that $\pi$ is between
$3\tfrac{{10}}{{71}}$ and $3\tfrac{{1}}{{7}}$.
"""


def write(doublings: int, letters_a_second: int) -> Iterator[str]:
    """Yield the document in small pieces, each to be added to those before it."""
    for piece in _pieces(_compose(doublings)):
        yield piece
        time.sleep(len(piece) / letters_a_second)


def _compose(doublings: int) -> str:
    """Return the whole document as Markdown."""
    sides, side = 6, 1.0
    rows = [_row(sides, side)]
    for _ in range(doublings):
        # The same as the formula of the text, without its loss of digits where sides are short.
        sides, side = 2 * sides, side / math.sqrt(2 + math.sqrt(4 - side**2))
        rows.append(_row(sides, side))
    error = _power_of_ten(math.pi - sides * side / 2)
    return OPENING + "".join(rows) + CLOSING.format(sides=sides, error=error)


def _row(sides: int, side: float) -> str:
    return f"| {sides} | ${side:.8f}$ | ${sides * side / 2:.10f}$ |\n"


def _power_of_ten(number: float) -> str:
    """Return a number as a formula has it, such as 2.1 times a power of ten."""
    factor, _, power = f"{number:.1e}".partition("e")
    return rf"{factor} \cdot 10^{{{int(power)}}}"


def _pieces(text: str, letters: int = 3) -> Iterator[str]:
    for start in range(0, len(text), letters):
        yield text[start : start + letters]
