"""Whether an accent can be read, by the contrast of WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.

accent --grounds of a scheme, its own wash--> lowest ratio --below LEGIBLE--> nearest accent that is legible
"""

from collections.abc import Mapping
from typing import Literal

Scheme = Literal["light", "dark"]

LEGIBLE = 4.5
"""The least ratio for text of the usual size."""

CARDS: Mapping[Scheme, str] = {"light": "#ffffff", "dark": "#14181e"}
GROUNDS: Mapping[Scheme, tuple[str, ...]] = {
    "light": ("#f6f7f9", "#f1f3f6", CARDS["light"]),
    "dark": ("#0d1014", "#0f1318", CARDS["dark"], "#1b2129"),
}
"""What accents are seen against, as in `web/src/style/tokens.css`."""

ACCENTS: Mapping[Scheme, str] = {"light": "#0b63be", "dark": "#5aa9ff"}
"""The accents of pages without a theme."""

INKS = ("#ffffff", "#000000")
"""What can be written on an accent: one of both is always legible."""

WASHES: Mapping[Scheme, float] = {"light": 0.1, "dark": 0.16}
"""The share of the accent in the ground of what is chosen."""

TOWARDS: Mapping[Scheme, str] = {"light": "#000000", "dark": "#ffffff"}
STEPS = 100


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lowest_ratio(accent: str, scheme: Scheme) -> float:
    """Return the contrast of an accent with the ground on which it is hardest to read."""
    return min(ratio(accent, ground) for ground in (*GROUNDS[scheme], wash(accent, scheme)))


def nearest_legible(accent: str, scheme: Scheme) -> str:
    """Return the accent itself, or the first of its shades that can be read in the scheme."""
    shades = (mix(TOWARDS[scheme], accent, step / STEPS) for step in range(STEPS))
    return next((each for each in shades if lowest_ratio(each, scheme) >= LEGIBLE), TOWARDS[scheme])


def ink_on(accent: str) -> str:
    """Return the colour of text on the accent."""
    return max(INKS, key=lambda ink: ratio(ink, accent))


def wash(accent: str, scheme: Scheme) -> str:
    """Return the ground of what is chosen: the card with a little of the accent."""
    return mix(accent, CARDS[scheme], WASHES[scheme])


def mix(one: str, other: str, share: float) -> str:
    """Return a colour with this share of `one`, the rest of `other`."""
    channels = (
        round(first * share + second * (1 - share))
        for first, second in zip(_channels(one), _channels(other), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _channels(color: str) -> tuple[int, ...]:
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
