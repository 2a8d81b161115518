"""Functions around the app's own, where inputs or results do not fit as they are.

def add_up(number, total):                      the state last, and by name
    total, shown = add(total, number)
    return {"shown": shown, "total": total}
"""

from collections.abc import Mapping, Sequence

from gradstream.importing.callees import Callee

UNUSED = "_"


def wrapper(
    name: str,
    callee: Callee,
    *,
    parameters: Sequence[str],
    arguments: Sequence[str],
    results: Sequence[str | None] | None,
    is_by_name: bool,
    values: Mapping[str, str] | None = None,
) -> str:
    """Return the text of a function that calls another one.

    `results` are the names of what is returned, None for what is dropped; without `results` it is handed on.
    `values` are the expressions of what is filled, where these are not the results themselves. A function
    that a parameter would hide gets another name.
    """
    is_hidden = callee.text in parameters
    called = f"app_{callee.text}" if is_hidden else callee.text
    before = f"{called} = {callee.text}\n\n\n" if is_hidden else ""
    call = f"{called}({', '.join(arguments)})"
    head = f"def {name}({', '.join(parameters)}):"
    if results is None:
        return f"{before}{head}\n    return {call}\n"
    asynchronous = "async " if callee.is_async else ""
    targets = ", ".join(each or UNUSED for each in results) or UNUSED
    values = {each: each for each in results if each is not None} if values is None else values
    value = returned(values, is_by_name=is_by_name)
    lines = [f"{before}{asynchronous}{head}"]
    if callee.is_generator:
        lines.append(f"    {asynchronous}for {targets} in {call}:")
        lines.append(f"        {f'yield {value}' if value else 'pass'}")
    else:
        awaited = f"await {call}" if callee.is_async else call
        lines += [f"    {targets} = {awaited}", f"    return {value}"] if value else [f"    {awaited}"]
    return "\n".join(lines) + "\n"


def returned(values: Mapping[str, str], *, is_by_name: bool) -> str:
    """Return the expression for results, each an expression by its name: one value, or a mapping."""
    if not values:
        return ""
    if is_by_name:
        return "{" + ", ".join(f'"{name}": {value}' for name, value in values.items()) + "}"
    return ", ".join(values.values())
