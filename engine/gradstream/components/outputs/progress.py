"""The output kind `progress`: one bar, or several, each with how far it is.

share | (done, total) | {"fraction" | "index", …} | bar of tqdm | {label: any of these} | [any of these]
    --> [{"label", "fraction", "index", "total", "unit"}]
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from gradstream.components.outputs.kind import OutputKind
from gradstream.components.plain import repair_text
from gradstream.components.real_number import real_number
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = (
    "a share from 0 to 1, (done, total), a mapping with 'fraction' or 'index', a bar of tqdm, "
    "or a mapping from labels to these"
)
KEYS = ("fraction", "index", "total", "unit", "description")
"""Keys of a mapping that is one bar: those of the event `progress`."""

MOST_OVER = 1e-6
"""How far above 1 a share may be that was added up from parts."""


class ProgressOutput(OutputKind):
    """Shows bars; a bar without a share moves while the run goes on."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the bars in order; NaN and infinities are not known."""
        return None if value is None else list(_bars(value))

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the list of bars."""
        text, number = {"type": ["string", "null"]}, {"type": ["number", "null"]}
        bar = {
            "type": "object",
            "properties": {
                "label": text,
                "fraction": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
                "index": number,
                "total": number,
                "unit": text,
            },
            "required": ["label", "fraction", "index", "total", "unit"],
            "additionalProperties": False,
        }
        return {"type": ["array", "null"], "items": bar}

    def as_text(self, value: Plain) -> str | None:
        """Return each bar in a line."""
        return "\n".join(map(_written, value)) if isinstance(value, list) else None


KINDS: Mapping[str, OutputKind] = {"progress": ProgressOutput()}


def _bars(value: Any) -> Iterator[Plain]:
    if isinstance(value, Mapping) and value and not any(key in KEYS for key in value):
        for label, each in value.items():
            yield {**_bar(each), "label": repair_text(str(label))}
    elif isinstance(value, list):
        for each in value:
            yield _bar(each)
    else:
        yield _bar(value)


def _bar(value: Any) -> dict[str, Plain]:
    if isinstance(value, Mapping):
        return _from_mapping(value)
    if _is_count(value):
        return _filled(index=value[0], total=value[1])
    number = real_number(value)
    if number is not None:
        return _filled(fraction=number)
    if hasattr(value, "n") and hasattr(value, "total"):  # tqdm
        description = str(getattr(value, "desc", None) or "").removesuffix(": ") or None
        return _filled(index=value.n, total=value.total, unit=_unit_of(value), description=description)
    raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)}")


def _from_mapping(value: Mapping[Any, Any]) -> dict[str, Plain]:
    unknown = [key for key in value if key not in KEYS]
    if unknown or not value:
        found = f"a mapping with {unknown[0]!r}" if unknown else "an empty mapping"
        raise UnusableYieldError(f"expected {', '.join(KEYS)} as the keys of one bar, got {found}")
    return _filled(**{str(key): each for key, each in value.items()})


def _unit_of(bar: Any) -> str | None:
    """Return what a bar of tqdm counts; `it` is what it says when nobody has said."""
    unit = str(getattr(bar, "unit", "")).strip()
    return None if unit in ("", "it") else unit


def _is_count(value: Any) -> bool:
    if not isinstance(value, tuple | list) or len(value) != 2 or real_number(value[0]) is None:
        return False
    return value[1] is None or real_number(value[1]) is not None


def _filled(
    *, fraction: Any = None, index: Any = None, total: Any = None, unit: Any = None, description: Any = None
) -> dict[str, Plain]:
    share, done, all_of_it = _known(fraction), _known(index), _known(total)
    if share is not None and not 0 <= share <= 1 + MOST_OVER:
        raise UnusableYieldError(
            f"expected a share from 0 to 1, got {share:g}; yield (done, total) for a count, such as (3, 10)"
        )
    if share is None and done is not None and all_of_it:
        share = max(0, done / all_of_it)
    return {
        "label": None if description is None else repair_text(str(description)),
        "fraction": None if share is None else min(1, share),
        "index": done,
        "total": all_of_it,
        "unit": None if unit is None else repair_text(str(unit)),
    }


def _known(value: Any) -> int | float | None:
    if value is None:
        return None
    number = real_number(value)
    if number is None:
        raise UnusableYieldError(f"expected a number in a bar, got {kind_name(value)}")
    return number if math.isfinite(number) else None


def _written(bar: Mapping[str, Any]) -> str:
    share = None if bar["fraction"] is None else f"{bar['fraction']:.0%}"
    of = "" if bar["total"] is None else f" of {bar['total']:g}"
    unit = "" if bar["unit"] is None else f" {bar['unit']}"
    count = None if bar["index"] is None else f"{bar['index']:g}{of}{unit}"
    figures = ", ".join(each for each in (share, count) if each is not None) or "going on"
    return figures if bar["label"] is None else f"{bar['label']}: {figures}"
