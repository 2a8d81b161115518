"""Validators: functions that check inputs together, or one input with more than a rule can say.

    validator: checks.together         given the inputs that its parameters name
    inputs: {isbn: {validator: checks.is_isbn}}    the same, or with one parameter of any name that input

What can be seen without running anything is reported when the file is read; the importer asks the same again.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.diagnostics import Diagnostic
from gradstream.document.types import Route
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.generator.check import path_at, resolve_for
from gradstream.format.generator.validator_parameters import not_ordinary, parameters_of
from gradstream.format.types import Validator


def written_validators(values: Mapping[str, Any]) -> Iterator[tuple[Route, str]]:
    """Yield the validators as they are written, each with its place."""
    inputs = values.get("inputs")
    for name, config in inputs.items() if isinstance(inputs, Mapping) else ():
        text = config.get("validator") if isinstance(config, Mapping) else None
        if isinstance(text, str):
            yield ("inputs", name, "validator"), text
    if isinstance(values.get("validator"), str):
        yield ("validator",), values["validator"]


def read_validators(draft: Draft, findings: Findings) -> tuple[Validator, ...]:
    """Return the validators, those of inputs first; what can be seen to be wrong is noted."""
    found = []
    for route, text in written_validators(draft.values):
        validator = Validator(
            path=path_at(route, text, draft), input=str(route[1]) if len(route) > 1 else None
        )
        problem = _problem(validator, list(draft.inputs), draft)
        if problem is not None:
            findings.append(problem)
        found.append(validator)
    return tuple(found)


def _problem(validator: Validator, inputs: Sequence[str], draft: Draft) -> Diagnostic | None:
    target = resolve_for(validator.path, draft)
    if isinstance(target, Diagnostic):
        return target
    function = target.function
    if function is None:
        return None
    if function.is_generator:
        return not_ordinary(validator.path)
    given = {} if function.signature is None else parameters_of(function.signature, validator, inputs)
    return given if isinstance(given, Diagnostic) else None
