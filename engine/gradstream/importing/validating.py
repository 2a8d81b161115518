"""Validators of listeners as the one of a demo, which is asked before each of its actions.

click(order, [age, town], validator=checked)   --> validator: app.on_checked
gr.validate(age > 3, "Too young")              --> (None if age > 3 else "Too young")

def on_checked(age, town):
    return dict(zip(["age", "town"], checked(age, town)))
"""

from gradstream.importing.callees import Callee
from gradstream.importing.casting import Cast
from gradstream.importing.functions import Functions
from gradstream.importing.types import AppEvent, Page, Remarks

BY_HAND = "call it in its function, and raise gradstream.UserError with what is wrong"


def write_validator(page: Page, cast: Cast, functions: Functions, remarks: Remarks) -> str | None:
    """Add the function that checks the inputs of a page, and return its name; None where there is none."""
    validated = [each for each in page.events if each.validator is not None]
    if not validated:
        return None
    first = validated[0]
    callees = {each: _callee(each, functions) for each in validated}
    for each in page.events:
        is_same = each in callees and callees[each].text == callees[first].text
        is_asked = set(first.inputs) <= set(each.inputs)
        if is_asked is not (is_same and list(each.inputs) == list(first.inputs)):
            said = f"a validator that is not asked for all actions with its inputs is left out: {BY_HAND}"
            remarks.add(each.line, said)
            return None
    names = [cast.names[each] for each in first.inputs]
    if not names or not {*names} <= {*cast.inputs}:
        remarks.add(first.line, f"a validator of more than fields is left out: {BY_HAND}")
        return None
    return _add(callees[first], names, functions)


def _callee(event: AppEvent, functions: Functions) -> Callee:
    function = event.validator or event.function
    asked = AppEvent(line=event.line, function=function, inputs=event.inputs, outputs=())
    return functions.called(asked, "validate")


def _add(callee: Callee, names: list[str], functions: Functions) -> str:
    name = functions.name(f"on_{callee.text}" if callee.text.isidentifier() else "on_validate")
    called = f"{callee.text}({', '.join(names)})"
    listed = ", ".join(f'"{each}"' for each in names)
    value = f"dict(zip([{listed}], {called}))" if len(names) > 1 else f"{{{listed}: {called}}}"
    functions.add(f"def {name}({', '.join(names)}):\n    return {value}\n")
    return name
