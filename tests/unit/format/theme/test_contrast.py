"""Whether accents can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.format.theme import contrast
from gradstream.format.theme.contrast import Scheme

TOKENS = Path(__file__).parents[4] / "web" / "src" / "style" / "tokens.css"
COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
SCHEMES = st.sampled_from(("light", "dark"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#fff", "#ffffff", 1.0), ("#767676", "#fff", 4.54)],
)
def test_known_ratios(one: str, other: str, expected: float) -> None:
    """Ratios are those of WCAG, in both orders."""
    assert contrast.ratio(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast.ratio(other, one) == contrast.ratio(one, other)


def test_the_grounds_are_the_page_s() -> None:
    """The colours that accents are held against are those of the page."""
    found = dict(re.findall(r"--(\w+): light-dark\((#\w+, #\w+)\)", TOKENS.read_text()))
    light, dark = zip(
        *(found[name].split(", ") for name in ("ground", "card", "sunken", "raised")), strict=True
    )
    assert set(contrast.GROUNDS["light"]) == set(light)
    assert set(contrast.GROUNDS["dark"]) == set(dark)
    assert found["accent"] == f"{contrast.ACCENTS['light']}, {contrast.ACCENTS['dark']}"


@given(color=COLORS, scheme=SCHEMES)
def test_the_nearest_accent_can_be_read(color: str, scheme: Scheme) -> None:
    """What is said in place of an accent passes, and an accent that passes is its own."""
    shade = contrast.nearest_legible(color, scheme)
    assert contrast.lowest_ratio(shade, scheme) >= contrast.LEGIBLE
    assert contrast.nearest_legible(shade, scheme) == shade


@given(color=COLORS)
def test_the_ink_on_an_accent_can_be_read(color: str) -> None:
    """Buttons can be read whatever their colour is."""
    assert contrast.ratio(contrast.ink_on(color), color) >= contrast.LEGIBLE
