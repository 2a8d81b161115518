"""What YAML reads otherwise than it was meant: a comma that begins a key, a `#` that begins a comment.

{type: text, label: Hello, world}   ->  a key `world`      meant: label: "Hello, world"
colour: #ff8800                     ->  no value           meant: colour: "#ff8800"
"""

from gradstream.document.types import Document, Route

BRACES = "{["


def split_by_comma(document: Document, route: Route) -> tuple[str, str] | None:
    """Return the key whose text a comma has cut in two, and the whole text; None where that is not so."""
    *around, name = route
    holder = document.values
    for step in around:
        holder = holder[step]
    names = list(holder)
    index = names.index(name)
    if holder[name] is not None or index == 0:
        return None
    before = names[index - 1]
    place = document.places.get((*around, name))
    if place is None or place.key is None or not isinstance(holder[before], str):
        return None
    text = document.source[: place.key.start].rstrip()
    return (before, f"{holder[before]}, {name}") if text.endswith(",") else None


def commented_out(document: Document, route: Route) -> str | None:
    """Return the comment in place of the value at the route, None if there is none."""
    place = document.places.get(route)
    if place is None or place.key is None:
        return None
    rest = document.source[place.key.end :].partition("\n")[0].lstrip(" :")
    return rest.rstrip() if rest.startswith("#") and not rest.startswith("# ") else None
