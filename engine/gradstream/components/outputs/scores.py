"""The output kind `scores`: labels with a score each, the highest first.

{label: score} | [(label, score)] | [{"label", "score"}] | label --> [{"label", "score"}]
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, convert

from gradstream.components.outputs.kind import OutputKind
from gradstream.components.plain import repair_text
from gradstream.components.real_number import real_number
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "{label: score}, a list of (label, score) or of {'label', 'score'}, a series, or a label alone"


class ScoresOptions(Struct, frozen=True):
    """The keys of a scores output that its value depends on."""

    top: int | None = None


class ScoresOutput(OutputKind):
    """Shows classes and how sure the model is of each."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the scores, sorted, and no more than `top` of them; warn of those outside 0 to 1.

        A label alone has no score.
        """
        if value is None:
            return None
        if isinstance(value, str):
            return [{"label": repair_text(value), "score": None}]
        pairs = sorted(_pairs(value), key=_rank, reverse=True)
        _warn_of_the_first_odd_one(pairs, output, store)
        top = convert(output.options, ScoresOptions).top
        return [{"label": label, "score": _finite(score)} for label, score in pairs[:top]]

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the list, no longer than `top`; a score that is not finite is null."""
        score = {
            "type": "object",
            "properties": {"label": {"type": "string"}, "score": {"type": ["number", "null"]}},
            "required": ["label", "score"],
            "additionalProperties": False,
        }
        top = convert(output.options, ScoresOptions).top
        return {"type": ["array", "null"], "items": score} | ({} if top is None else {"maxItems": top})


KINDS: Mapping[str, OutputKind] = {"scores": ScoresOutput()}


def _pairs(value: Any) -> Iterator[tuple[str, float]]:
    if isinstance(value, Mapping):
        items: Any = value.items()
    elif isinstance(value, list | tuple):
        items = map(_pair, value)
    elif getattr(value, "ndim", None) == 1 and callable(getattr(value, "items", None)):
        # A series of pandas, whose labels are its index.
        items = value.items()
    else:
        raise UnusableYieldError(f"expected scores as {ACCEPTED}, got {kind_name(value)}")
    for label, score in items:
        number = real_number(score)
        if number is None:
            raise UnusableYieldError(f"expected a number as the score of {label}, got {kind_name(score)}")
        yield str(label), number


def _rank(pair: tuple[str, float]) -> float:
    """Put what is not a number last."""
    return -math.inf if math.isnan(pair[1]) else pair[1]


def _finite(score: float) -> float | None:
    return score if math.isfinite(score) else None


def _warn_of_the_first_odd_one(pairs: Sequence[tuple[str, float]], output: Output, store: Store) -> None:
    for label, score in pairs:
        if not math.isfinite(score):
            shown = "-"
        elif 0 <= score <= 1:
            continue
        else:
            shown = f"{score * 100:g} %"
        store.warn(
            f"output `{output.name}`: scores are shares from 0 to 1, shown in percent; {score!r} of {label} "
            f"is shown as {shown}"
        )
        return


def _pair(item: Any) -> tuple[Any, Any]:
    if isinstance(item, Mapping) and {"label", "score"} <= item.keys():
        return item["label"], item["score"]
    if isinstance(item, list | tuple) and len(item) == 2:
        return item[0], item[1]
    raise UnusableYieldError(f"expected scores as {ACCEPTED}, got the item {item!r:.60}")
