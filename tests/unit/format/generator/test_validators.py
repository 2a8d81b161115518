"""Which inputs a validator is given, by the names of its parameters."""

from typing import Any

import pytest

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.modules import Module, read_module
from gradstream.format.generator.validator_parameters import parameters_of
from gradstream.format.types import GeneratorPath, Validator
from tests.unit.format.demos import SPAN, refused

PATH = GeneratorPath(text="checks.f", span=SPAN, roots=())
INPUTS = ["guest", "nights"]


def given(parameters: str, *, own: str | None = None) -> Any:
    """Return what a function with these parameters is given as a validator, of an input or of all."""
    module = read_module(f"def f({parameters}): pass".encode())
    assert isinstance(module, Module)
    function = module.function("f")
    assert function is not None
    assert function.signature is not None
    return parameters_of(function.signature, Validator(path=PATH, input=own), INPUTS)


def test_parameters_are_given_the_inputs_of_their_names() -> None:
    """Those with a default may name no input."""
    assert given("guest, *, nights, mode=1, **others") == {"guest": "guest", "nights": "nights"}


def test_the_session_is_given_beside_inputs() -> None:
    """It is no input, so that a validator of its alone has nothing to check."""
    assert given("guest, session") == {"guest": "guest"}
    assert given("value, session=None", own="guest") == {"value": "guest"}
    assert isinstance(given("session"), Diagnostic)


def test_one_parameter_of_another_name_is_given_the_validators_own_input() -> None:
    """Beside it there may be parameters that name inputs."""
    assert given("value", own="guest") == {"value": "guest"}
    assert given("value, nights", own="guest") == {"nights": "nights", "value": "guest"}


@pytest.mark.parametrize(
    ("parameters", "own", "repair"),
    [
        ("night", None, "rename the parameter `night` to `nights`"),
        ("a, b", "guest", "give the parameters the names of the inputs that they check"),
        ("", None, "give the parameters the names of the inputs that they check"),
        ("mode=1", None, "give the parameters the names of the inputs that they check"),
    ],
)
def test_a_validator_without_an_input_to_check_is_told(parameters: str, own: str | None, repair: str) -> None:
    """A parameter that nothing fills is named, with the input that is most likely meant."""
    problem = given(parameters, own=own)
    assert isinstance(problem, Diagnostic)
    assert (refused(problem).code, problem.repair) == ("E-SIGNATURE", repair)
