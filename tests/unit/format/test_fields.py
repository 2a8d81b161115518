"""What takes the values of an action's inputs."""

from pathlib import Path

import pytest

from gradstream.components.registry import INPUTS
from gradstream.format.fields import awaited_inputs, required_fields
from tests.unit.format.demos import demo_of

YAML = """gradstream: 1
generator: studio.anything
live: {live}
inputs:
  amount: number
  size:
    type: slider
    maximum: 5
  first:
    type: number
    default: 3
  color:
    type: radio
    choices: [red, blue]
  style:
    type: dropdown
    choices: [flat, round]
    default: flat
  several:
    type: dropdown
    choices: [a, b]
    multiple: true
  any_of:
    type: checkboxes
    choices: [a, b]
  prompt: text
  photo: image
outputs:
  answer: text
"""


@pytest.mark.parametrize(("live", "awaited"), [("true", ("amount", "color")), ("false", ())])
def test_a_live_action_waits_for_numbers_and_choices_without_a_default(
    tmp_path: Path, live: str, awaited: tuple[str, ...]
) -> None:
    """They count as required there, and nowhere else."""
    demo = demo_of(tmp_path, YAML.format(live=live))
    (action,) = demo.actions
    assert awaited_inputs(action, demo, INPUTS) == awaited
    required = [field.name for field in required_fields(action, demo, INPUTS) if field.required]
    assert tuple(required) == awaited
