"""Charts of Altair, or mappings with Vega's or Vega-Lite's `$schema`, as plain JSON.

Chart --to_dict--> specification --names numbered from 1--> value

Altair names data and parameters by a hash or a number that the next chart does not have. With these names
each chart would differ from the one before in all of its data, and the page could not keep what a visitor has
chosen.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import json

from gradstream.components.outputs.figure import bounded, package_of, written
from gradstream.components.plain import plain
from gradstream.components.types import Store, UnusableYieldError
from gradstream.format.values import Plain

SCHEMA = re.compile(r"/schema/(vega|vega-lite)/")
HASHED = re.compile(r"data-[0-9a-f]{32}")
NUMBERED = re.compile(rb"\b(param|view|concat|layer)_(?:\d+|[0-9a-f]{16})\b")


def take_vega(value: Any, store: Store) -> Plain | None:
    """Return the value of a chart; None for another value. Raises UnusableYieldError."""
    if package_of(value) == "altair" and callable(getattr(value, "to_dict", None)):
        specification = plain(written("Altair", value.to_dict))
    elif isinstance(value, Mapping) and SCHEMA.search(str(value.get("$schema", ""))):
        specification = plain(value)
    else:
        return None
    found = SCHEMA.search(str(specification.get("$schema", "")))
    if found is None:
        raise UnusableYieldError(
            f"a part of a chart ({type(value).__name__}) cannot be shown alone: yield its chart"
        )
    _refuse_addresses(specification)
    return bounded(found[1], _renamed(specification), most_bytes=store.limits.figure_bytes)


def _refuse_addresses(specification: dict[str, Any]) -> None:
    """Raise UnusableYieldError where data would be fetched."""
    for part in _mappings(specification):
        data = part.get("data")
        for one in data if isinstance(data, list) else [data]:
            if isinstance(one, dict) and "url" in one:
                raise UnusableYieldError(
                    f"the chart's data are at {str(one['url'])[:80]}, and nothing is fetched from there: "
                    "read them in the function, and give the chart a data frame"
                )


def _mappings(specification: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the parts of a specification, but for its data."""
    waiting: list[Any] = [specification]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting += [one for key, one in part.items() if key not in ("datasets", "values")]
        elif isinstance(part, list):
            waiting += part


def _renamed(specification: dict[str, Any]) -> dict[str, Any]:
    """Return a specification that is equal for equal charts with other data."""
    datasets = specification.pop("datasets", None) or {}
    names = {name: f"data-{number}" for number, name in enumerate(filter(HASHED.fullmatch, datasets), 1)}
    for part in _mappings(specification):
        if isinstance(part.get("name"), str):
            part["name"] = names.get(part["name"], part["name"])
    renamed: dict[str, Any] = json.decode(_numbered(json.encode(specification)))
    if datasets:
        renamed["datasets"] = {names.get(name, name): rows for name, rows in datasets.items()}
    return renamed


def _numbered(text: bytes) -> bytes:
    """Give numbers to parameters and views in the order in which they come."""
    numbers: dict[bytes, bytes] = {}

    def number(found: re.Match[bytes]) -> bytes:
        return numbers.setdefault(found[0], b"%s_%d" % (found[1], len(numbers) + 1))

    return NUMBERED.sub(number, text)
