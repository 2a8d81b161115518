"""What a validator is given, read from its signature: when the file is read, and again when it is imported.

signature, names of inputs --parameters_of--> {parameter: input} | what is wrong
                           --takes_session--> whether it is given the session as well
"""

import inspect
from collections.abc import Iterator, Mapping, Sequence

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.binding import SESSION, may_fill
from gradstream.format.types import GeneratorPath, Validator
from gradstream.format.wording import all_of, guess, one_of

KEYWORDS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def parameters_of(
    signature: inspect.Signature, validator: Validator, inputs: Sequence[str]
) -> Mapping[str, str] | Diagnostic:
    """Return the parameters that are given an input, each with the input's name."""
    taking = {name: each for name, each in signature.parameters.items() if each.kind in KEYWORDS}
    given = {name: name for name in taking if name in inputs}
    filled = {SESSION} if takes_session(signature, inputs) else set()
    lacking = [name for name in _required(signature) if name not in given and name not in filled]
    if validator.input is not None and len(lacking) == 1 and lacking[0] in taking:
        return {**given, lacking[0]: validator.input}
    if not lacking and given:
        return given
    name = lacking[0] if lacking else ""
    near = guess(name, inputs) if name else None
    return Diagnostic(
        span=validator.path.span,
        code="E-SIGNATURE",
        message=f"`{validator.path.text}` needs `{name}`, and there is no input of that name"
        if name
        else f"`{validator.path.text}` has no parameter with the name of an input",
        expected=f"parameters with names of inputs: {one_of(inputs)}" if inputs else "an input to check",
        found=all_of(signature.parameters) or "no parameters",
        repair=f"rename the parameter `{name}` to `{near}`"
        if near
        else "give the parameters the names of the inputs that they check",
    )


def takes_session(signature: inspect.Signature, inputs: Sequence[str]) -> bool:
    """Return whether a parameter is given the session: one of this name, unless an input has it."""
    parameter = signature.parameters.get(SESSION)
    is_free = parameter is not None and parameter.kind in KEYWORDS and SESSION not in inputs
    return is_free and parameter is not None and may_fill(parameter)


def is_needed(signature: inspect.Signature, parameter: str) -> bool:
    """Return whether a parameter has no default."""
    return signature.parameters[parameter].default is inspect.Parameter.empty


def not_ordinary(path: GeneratorPath) -> Diagnostic:
    """Return that a validator yields or is asynchronous."""
    return Diagnostic(
        span=path.span,
        code="E-VALIDATOR",
        message=f"`{path.text}` yields or is asynchronous, and a validator answers at once",
        expected="a function that returns nothing, a message, or a mapping from input to message",
        found="a generator or a coroutine",
        repair="write an ordinary function, with `return`",
    )


def _required(signature: inspect.Signature) -> Iterator[str]:
    collecting = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    for name, each in signature.parameters.items():
        if each.kind not in collecting and each.default is inspect.Parameter.empty:
            yield name
