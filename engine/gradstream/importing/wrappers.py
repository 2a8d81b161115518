"""Functions around the app's own, where inputs or results do not fit as they are.

def add_up(number, total):                      the state last, and by name
    total, shown = add(total, number)
    return {"shown": shown, "total": total}
"""

from collections.abc import Sequence

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
) -> str:
    """Return the text of a function that calls another one.

    `results` are the names of what is returned, None for what is dropped; without `results` it is handed on.
    """
    call = f"{callee.text}({', '.join(arguments)})"
    head = f"def {name}({', '.join(parameters)}):"
    if results is None:
        return f"{head}\n    return {call}\n"
    asynchronous = "async " if callee.is_async else ""
    targets = ", ".join(each or UNUSED for each in results) or UNUSED
    value = returned([each for each in results if each is not None], is_by_name=is_by_name)
    lines = [f"{asynchronous}{head}"]
    if callee.is_generator:
        lines.append(f"    {asynchronous}for {targets} in {call}:")
        lines.append(f"        {f'yield {value}' if value else 'pass'}")
    else:
        awaited = f"await {call}" if callee.is_async else call
        lines += [f"    {targets} = {awaited}", f"    return {value}"] if value else [f"    {awaited}"]
    return "\n".join(lines) + "\n"


def returned(names: Sequence[str], *, is_by_name: bool) -> str:
    """Return the expression for results: one value, or a mapping by name."""
    if not names:
        return ""
    if is_by_name:
        return "{" + ", ".join(f'"{each}": {each}' for each in names) + "}"
    return ", ".join(names)
