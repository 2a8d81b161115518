"""What a route is called in a message: `a slider input`, `an action`, `limits`."""

from typing import Any

from gradstream.document.types import Document, Route


def holder(document: Document, route: Route) -> str:
    """Return what the mapping at the route is called."""
    match route:
        case ():
            return "a demo" if "outputs" in document.values or "generator" in document.values else "the file"
        case ("defaults",):
            return "`defaults`"
        case (*_, "inputs" | "outputs" as folder, str() as name):
            return component(document, (*route[:-2], folder, name))
        case (*_, "actions", str()):
            return "an action"
        case (*_, "choices", int()):
            return "a choice"
        case (*_, "examples", _):
            return "an example"
        case (*_, str() as name):
            return f"`{name}`"
        case _:
            return "a member of the list"


def component(document: Document, route: Route) -> str:
    """Return what the input or output at the route is called, with its kind where it has one."""
    noun = "input" if route[-2] == "inputs" else "output"
    value: Any = document.values
    for step in route:
        value = value[step]
    kind = value.get("type") if isinstance(value, dict) else value
    if not isinstance(kind, str):
        return f"an {noun}"
    article = "an" if kind[:1] in set("aeiou") else "a"
    return f"{article} {kind} {noun}"


def key_name(route: Route) -> str:
    """Return what the node at the route is called by its key."""
    names = [part for part in route if isinstance(part, str)]
    if not names:
        return "the file"
    return f"`{names[-1]}`" if isinstance(route[-1], str) else f"a member of `{names[-1]}`"
