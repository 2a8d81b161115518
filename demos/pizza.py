import time
from collections.abc import Iterator
from typing import Any

import gradstream

TOPPINGS = {
    "everybody": ["mozzarella", "mushrooms", "olives", "ham", "anchovies"],
    "vegetarians": ["mozzarella", "mushrooms", "olives", "gorgonzola"],
    "vegans": ["mushrooms", "olives", "artichokes", "rocket"],
}
EUROS_PER_TOPPING = 1.2
EUROS_PER_DELIVERY = 2.5


def offer(diet: str) -> Any:
    """Offer what fits, with the first two of it chosen."""
    choices = TOPPINGS[diet]
    return gradstream.update(choices=choices, value=choices[:2])


def count(toppings: list[str], size: int, *, delivery: bool) -> float:
    """Return the price in euros: the dough costs by its area."""
    dough = 5.0 * (size / 28) ** 2
    return dough + EUROS_PER_TOPPING * len(toppings) + (EUROS_PER_DELIVERY if delivery else 0)


def place(
    toppings: list[str], size: int, *, delivery: bool, address: str, bell: str, note: str
) -> Iterator[str]:
    """Say what happens to the pizza, step by step."""
    said = f"**{size} cm** with {', '.join(toppings) or 'nothing on it'}"
    steps = ["The dough is rolled out.", "It is in the oven.", "It is done."]
    if delivery:
        steps.append(f"It is on its way to {address}{f', {bell}' if bell else ''}.")
    if note:
        steps.insert(0, f"The kitchen has read: *{note}*")
    for number in range(len(steps)):
        time.sleep(0.4)
        yield "\n".join(
            [said, "", *(f"{index}. {step}" for index, step in enumerate(steps[: number + 1], 1))]
        )
