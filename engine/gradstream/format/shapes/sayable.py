"""A condition as `show_if` can say it: values, lists of values, bounds, and alternatives below `any`.

Opposite, Either, Both --_alternatives--> [[Comparison, …], …] --_merged--> {mode: [a, b], count: …}

What is not said exactly is not said at all: an author reads what to write instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from gradstream.document.scalars import resolve
from gradstream.errors import GradstreamError
from gradstream.format.conditions import ANY
from gradstream.format.schema.validators import load_schemas
from gradstream.format.shapes.calls import kind_of
from gradstream.format.shapes.expressions import Comparison, Either, Opposite, ReadCondition
from gradstream.format.values import is_same
from gradstream.format.wording import one_of

MOST_ALTERNATIVES = 8
"""Nobody reads a longer list below `any`."""

FLIPPED: Mapping[str, str] = {
    "in": "not in",
    "not in": "in",
    ">=": "<",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    "filled": "empty",
    "empty": "filled",
}


class UnsayableError(GradstreamError):
    """Raised for a condition that the format cannot say; `instead` is what to write."""

    def __init__(self, instead: str) -> None:
        super().__init__(instead)
        self.instead = instead


class Deciding:
    """The inputs on whose values conditions depend."""

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        self._inputs = inputs

    def has(self, name: str) -> bool:
        """Return whether there is an input of this name."""
        return name in self._inputs

    def choices(self, name: str) -> list[Any]:
        """Return the values that an input can have: its choices, or true and false; none for any."""
        config = self._config(name)
        if self.is_truth(name):
            return [True, False]
        written = config.get("choices", config.get("options"))
        if isinstance(written, Mapping):
            return list(written)
        listed = written if isinstance(written, list) else []
        return [each.get("value") if isinstance(each, Mapping) else each for each in listed]

    def is_truth(self, name: str) -> bool:
        """Return whether an input is ticked or not."""
        return bool(self._properties(name).get("default", {}).get("type") == "boolean")

    def holds_several(self, name: str) -> bool:
        """Return whether a value is a list, which may have others beside the one asked for."""
        config = self._config(name)
        is_list = self._properties(name).get("default", {}).get("type") == "array"
        return is_list or config.get("multiple") is True

    def may_be_text(self, name: str, value: str) -> bool:
        """Return whether a text may be an input's value: one of its choices, or whatever is typed."""
        choices = self.choices(name)
        return value in choices if choices else "minimum" not in self._properties(name)

    def step(self, name: str) -> float | None:
        """Return the distance between the numbers that an input can be; None where it can be any."""
        config = self._config(name)
        given = [config[key] for key in ("minimum", "step", "default") if key in config]
        if type(config.get("step")) in (int, float) and type(config.get("minimum")) is int:
            return float(config["step"])
        is_whole = config.get("integer") is True or all(type(each) is int for each in given)
        return 1 if is_whole and (given or config.get("integer") is True) else None

    def typed(self, name: str, value: Any) -> Any:
        """Return a value as the input has it: a choice that is written in another way, true for `"true"`."""
        choices = self.choices(name)
        words = {str(each).lower(): each for each in choices}
        if any(is_same(value, each) for each in choices):
            return value
        return words.get(str(value).lower(), value)

    def example(self) -> str:
        """Return a condition on one of the inputs."""
        for name in self._inputs:
            for choice in self.choices(name)[-1:] if not self.is_truth(name) else [True]:
                return f"{name}: {str(choice).lower() if choice is True else choice}"
        return f"{next(iter(self._inputs), 'mode')}: …"

    def _config(self, name: str) -> Mapping[str, Any]:
        config = self._inputs.get(name)
        return config if isinstance(config, Mapping) else {"type": config}

    def _properties(self, name: str) -> Mapping[str, Any]:
        kinds = load_schemas().kinds["inputs"]
        word = str(self._config(name).get("type"))
        kind = word if word in kinds else kind_of(word, "inputs")[0]
        properties: Mapping[str, Any] = kinds[kind]["properties"] if kind else {}
        return properties


def said(condition: ReadCondition, deciding: Deciding) -> dict[str, Any]:
    """Return the keys and values of `show_if`; raises UnsayableError."""
    alternatives = [_merged(each, deciding) for each in _alternatives(condition, is_opposite=False)]
    distinct = [each for index, each in enumerate(alternatives) if each not in alternatives[:index]]
    if len(distinct) == 1:
        return distinct[0]
    return _one_name(distinct) or {ANY: distinct}


def _one_name(alternatives: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return alternatives that all are values of one input as a list of these."""
    names = {name for each in alternatives for name in each}
    if len(names) != 1 or any(isinstance(value, dict) for each in alternatives for value in each.values()):
        return None
    (name,) = names
    values = [one for each in alternatives for one in _listed(each[name])]
    return {name: [one for index, one in enumerate(values) if one not in values[:index]]}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _alternatives(condition: ReadCondition, *, is_opposite: bool) -> list[list[Comparison]]:
    """Return lists of comparisons, of which all of one must hold."""
    if isinstance(condition, Opposite):
        return _alternatives(condition.part, is_opposite=not is_opposite)
    if isinstance(condition, Comparison):
        sign = FLIPPED[condition.sign] if is_opposite else condition.sign
        return [[Comparison(condition.name, sign, condition.values)]]
    lists = [_alternatives(part, is_opposite=is_opposite) for part in condition.parts]
    if isinstance(condition, Either) != is_opposite:
        found = [each for one in lists for each in one]
    else:
        found = [[test for one in way for test in one] for way in product(*lists)]
    if len(found) > MOST_ALTERNATIVES:
        raise UnsayableError("write `any:` with conditions of which one must hold, each in few words")
    return found


def _merged(tests: Sequence[Comparison], deciding: Deciding) -> dict[str, Any]:
    """Return comparisons of which all must hold as one mapping."""
    merged: dict[str, Any] = {}
    for name in dict.fromkeys(test.name for test in tests):
        merged[name] = _asked(name, [test for test in tests if test.name == name], deciding)
    return merged


def _asked(name: str, tests: Sequence[Comparison], deciding: Deciding) -> Any:
    """Return what is asked of one input."""
    choices = deciding.choices(name)
    chosen: list[Any] | None = None
    bounds: dict[str, Any] = {}
    for test in tests:
        if test.sign in (">=", "<=", ">", "<"):
            bounds |= _bound(test, deciding)
            continue
        values = list(_values(test, choices, deciding))
        chosen = values if chosen is None else [each for each in chosen if each in values]
    if chosen is not None and bounds:
        raise UnsayableError(f"ask for values of `{name}` or for its bounds, not for both")
    if bounds:
        return bounds
    if not chosen:
        raise UnsayableError(f"name values that `{name}` can have: together these conditions never hold")
    return chosen[0] if len(chosen) == 1 else chosen


def _values(test: Comparison, choices: Sequence[Any], deciding: Deciding) -> Iterator[Any]:
    name, sign = test.name, test.sign
    if sign in ("filled", "empty"):
        if not deciding.is_truth(name):
            raise UnsayableError(_filled(name, choices))
        yield sign == "filled"
        return
    values = [deciding.typed(name, each) for each in test.values]
    if any(each is None or isinstance(each, list | Mapping) for each in values):
        raise UnsayableError(f"name the values of `{name}` for which it is shown")
    if sign == "in":
        yield from values
        return
    if not choices or deciding.holds_several(name):
        raise UnsayableError(
            f"name the values of `{name}` for which it is shown:"
            " a condition cannot say for which ones it is not"
        )
    yield from (each for each in choices if not any(is_same(each, one) for one in values))


def _filled(name: str, choices: Sequence[Any]) -> str:
    if choices:
        return f"name the values of `{name}` for which it is shown: {one_of(choices)}, or some of them"
    return (
        "add a checkbox, and write its name with `true`:"
        f" a condition cannot ask whether `{name}` is filled in"
    )


def _number(value: Any) -> int | float | None:
    """Return a number, also one between quotes; None for anything else."""
    plain = resolve(value) if isinstance(value, str) else value
    return plain if isinstance(plain, int | float) and not isinstance(plain, bool) else None


def _bound(test: Comparison, deciding: Deciding) -> dict[str, Any]:
    """Return a comparison of a number as a bound, which is within; beside it where it is not."""
    value = _number(test.values[0]) if len(test.values) == 1 else None
    if value is None:
        raise UnsayableError(f"compare `{test.name}` with a number")
    key = "minimum" if test.sign[0] == ">" else "maximum"
    if test.sign.endswith("="):
        return {key: value}
    step = deciding.step(test.name)
    if step is None:
        raise UnsayableError(
            f"write `{test.name}:`, and below it `{key}: {value}`, if it may be {value} itself,"
            " or a number beside it"
        )
    beside = round(value + step if key == "minimum" else value - step, 10)
    return {key: int(beside) if float(beside).is_integer() else beside}
