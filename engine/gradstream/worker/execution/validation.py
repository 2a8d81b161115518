"""Asks a demo's validators about the inputs of a run, before its generator is called.

    values --validator(names of its parameters)--> None                    the run goes on
                                                   "…", {input: "…"}      RefusedInputsError, for the visitor
                                                   anything else          ValidatorError, for the developer

All are asked, so that a visitor reads everything at once, except those that need an input which the action is
not given.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from gradstream.authoring import Session, UserError
from gradstream.components.types import RefusedInputsError, UnusableYieldError
from gradstream.format.generator.binding import SESSION
from gradstream.format.wording import guess, kind_name, one_of
from gradstream.worker.loading.importer import LoadedValidator

ACCEPTED = "nothing, a message, or a mapping from input to message"


class ValidatorError(UnusableYieldError):
    """Raised for an answer of a validator that says nothing about the inputs."""


def validate(validators: Sequence[LoadedValidator], values: Mapping[str, Any], *, session: Session) -> None:
    """Ask all validators that the values suffice for; they are given these values by name.

    Raises RefusedInputsError, ValidatorError, and what a validator raises.
    """
    about: dict[str, str] = {}
    general: list[str] = []
    for each in validators:
        if each.needed <= values.keys():
            own = {SESSION: copy.deepcopy(session)} if each.takes_session else {}
            _ask(each, values, own, about, general)
    if about or general:
        said = [*general, *about.values()]
        raise RefusedInputsError("; ".join(dict.fromkeys(said)), about)


def _ask(
    each: LoadedValidator,
    values: Mapping[str, Any],
    own: Mapping[str, Session],
    about: dict[str, str],
    general: list[str],
) -> None:
    given = {parameter: values[name] for parameter, name in each.given.items() if name in values}
    try:
        answer = each.call(**given, **own)
    except UserError as error:
        answer = str(error)
    path, field = each.validator.path.text, each.validator.input
    if isinstance(answer, str) and answer:
        if field is None:
            general.append(answer)
        else:
            about.setdefault(field, answer)
    elif isinstance(answer, Mapping):
        for name, message in answer.items():
            _note(path, name, message, values, about)
    elif answer is not None and answer != "":
        raise ValidatorError(
            f"the validator `{path}` returned a value of type {kind_name(answer)}; accepted are {ACCEPTED}"
        )


def _note(path: str, name: Any, message: Any, values: Mapping[str, Any], about: dict[str, str]) -> None:
    if name not in values:
        close = guess(str(name), values)
        hint = f"; did you mean {close}?" if close else f"; the inputs are {one_of(values)}"
        raise ValidatorError(
            f"the validator `{path}` has a message about `{name}`, which is not an input{hint}"
        )
    if message is None or message == "":
        return
    if not isinstance(message, str):
        raise ValidatorError(
            f"the validator `{path}` has a value of type {kind_name(message)} as its message about `{name}`; "
            "accepted is text"
        )
    about.setdefault(name, message)
