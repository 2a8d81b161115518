"""Validators are asked before a run, in its worker; what they say ends it before the generator is called."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gradstream.ipc.protocol import Ending
from gradstream.worker.execution.validation import ACCEPTED
from tests.acceptance.worker_lab import Lab, open_lab

YAML = """\
generator: booking.book
validator: booking.{validator}
inputs:
  guest: {{type: text, validator: booking.is_full}}
  nights: {{type: number, default: 2}}
outputs: {{told: text}}
"""
CODE = """
import gradstream

def is_full(name):
    return None if " " in name else "First and last name, please"

def together(guest, nights, other=1):
    if nights > 9:
        return {"nights": "Nine at most", "guest": None}

def closed(nights):
    return "We are closed"

def refuses(nights):
    raise gradstream.UserError("Not today")

def truth(nights):
    return True

def elsewhere(nights):
    return {"night": "Too many"}

def no_text(nights):
    return {"nights": 3}

def fails(nights):
    return nights / 0

def book(guest, nights):
    print("called")
    yield guest
"""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


async def book(lab: Lab, validator: str, **inputs: Any) -> Ending:
    """Run a demo with this validator beside that of an input, and return how it ended."""
    demo = lab.write("booking", YAML.format(validator=validator), CODE)
    run = lab.start(demo, **{"guest": "Ada Lovelace", **inputs})
    ending = await run.end()
    assert (run.outputs == {"told": "Ada Lovelace"}) == (ending.fault is None)
    return ending


async def test_all_validators_are_asked_and_what_they_say_is_about_inputs(lab: Lab) -> None:
    """A message is at the validator's input, a mapping names inputs, and a run that all accept goes on."""
    assert (await book(lab, "together")).fault is None
    both = await book(lab, "together", guest="Ada", nights=10)
    assert both.fault == "visitor"
    assert both.inputs == {"guest": "First and last name, please", "nights": "Nine at most"}
    assert both.message == "First and last name, please; Nine at most"


@pytest.mark.parametrize(("validator", "message"), [("closed", "We are closed"), ("refuses", "Not today")])
async def test_what_is_about_no_input_is_the_message_of_the_run(
    lab: Lab, validator: str, message: str
) -> None:
    """A message of a validator at the top, returned or raised, is shown in place of a result."""
    ending = await book(lab, validator)
    assert (ending.fault, ending.message, ending.inputs) == ("visitor", message, {})


@pytest.mark.parametrize(
    ("validator", "message"),
    [
        (
            "truth",
            f"returned a value of type bool; accepted are {ACCEPTED}",
        ),
        (
            "elsewhere",
            "has a message about `night`, which is not an input; did you mean nights?",
        ),
        (
            "no_text",
            "has a value of type int as its message about `nights`; accepted is text",
        ),
    ],
)
async def test_nonsense_is_a_fault_of_the_demo(lab: Lab, validator: str, message: str) -> None:
    """An answer that says nothing about the inputs is told to the developer."""
    ending = await book(lab, validator)
    assert ending.fault == "developer"
    assert ending.message == f"the validator `booking.{validator}` {message}"


async def test_a_validator_that_raises_fails_as_a_generator_does(lab: Lab) -> None:
    """The developer reads the exception with its traceback."""
    ending = await book(lab, "fails")
    assert (ending.fault, ending.message) == ("developer", "ZeroDivisionError: division by zero")
    assert "return nights / 0" in str(ending.detail)
