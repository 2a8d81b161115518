"""Sliders that begin anywhere: an action that chooses their values when the page is opened.

Slider(1, 6, step=1, randomize=True)  -->  def randomize(): return random.randint(1, 6)
Slider(0, 1, randomize=True)          -->  def randomize(): return round(0.01 * random.randint(0, 100), 2)
"""

from collections.abc import Iterator

from gradstream.importing.casting import Cast
from gradstream.importing.components import step_of
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent

LOWEST, HIGHEST = 0, 100
"""The ends of a slider that has none."""


def chosen(cast: Cast, source: AppSource) -> Iterator[tuple[str, str]]:
    """Yield the names of such sliders, each with the expression that chooses a value."""
    for name, component in cast.inputs.items():
        if component.word == "Slider" and source.constant(component.given.get("randomize")) is True:
            yield name, _choice(component, source)


def _choice(component: AppComponent, source: AppSource) -> str:
    low = _number(component, "minimum", source) or LOWEST
    high = _number(component, "maximum", source)
    high = HIGHEST if high is None else high
    given = _number(component, "step", source) or 0
    step = given if given > 0 else step_of(low, high)
    steps = int((high - low) / step + 1e-9)
    if isinstance(low, int) and isinstance(step, int):
        last = low + steps * step
        whole = f"random.randint({low}, {last})"
        return whole if step == 1 else f"random.randrange({low}, {last + 1}, {step})"
    chosen = f"{step} * random.randint(0, {steps})"
    digits = max(map(_digits, (low, step)))
    return f"round({low} + {chosen}, {digits})" if low else f"round({chosen}, {digits})"


def _digits(value: float) -> int:
    """Return how many digits a number has behind the point."""
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])


def _number(component: AppComponent, argument: str, source: AppSource) -> int | float | None:
    value = source.constant(component.given.get(argument))
    return value if isinstance(value, int | float) else None
