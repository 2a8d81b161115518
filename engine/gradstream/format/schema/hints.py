"""What leads from other words to a kind: the keyword `hints` of its schema file.

    synonyms      names that authors write for the kind out of habit, and the key to add then, "" for none
    annotations   regular expressions of a function's annotations, and the keys that fit such values
    parameter     the parameter by which a function shows that it fills this output
    fallback      whether this kind is suggested where nothing else is known

Other readers of the schemas ignore the keyword.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct, convert

from gradstream.format.schema.validators import load_schemas

KEYWORD = "hints"

KEYWORDS: Mapping[str, str] = {"enum": "select"}
"""Words that are keywords of JSON Schema, and so no keys of `synonyms`, with one that means the same."""


class Hints(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind's."""

    synonyms: Mapping[str, str] = {}
    annotations: Mapping[str, Mapping[str, Any]] = {}
    parameter: str | None = None
    fallback: bool = False


@cache
def read_hints(folder: str) -> Mapping[str, Hints]:
    """Return the hints of all kinds of inputs or outputs, by kind."""
    return {
        kind: convert(schema.get(KEYWORD, {}), Hints) for kind, schema in load_schemas().kinds[folder].items()
    }


def kind_for_word(folder: str, word: str) -> tuple[str, str] | None:
    """Return the kind that authors call by this word, and the key that makes it so, "" for none."""
    word = KEYWORDS.get(word, word)
    words = _words(folder)
    return words.get(word) or words.get(re.sub(r"[_\s-]", "", word))


@cache
def known_keys(folder: str) -> frozenset[str]:
    """Return all keys that inputs or outputs can have."""
    return frozenset(key for schema in load_schemas().kinds[folder].values() for key in schema["properties"])


@cache
def _words(folder: str) -> Mapping[str, tuple[str, str]]:
    """Return the kinds by all their words, each as it is written and in one piece; the first kind wins."""
    listed = [
        (word, (kind, key))
        for kind, hints in read_hints(folder).items()
        for word, key in hints.synonyms.items()
    ]
    glued = [(word.replace("_", ""), found) for word, found in listed]
    return dict(reversed([*listed, *glued]))


def kind_for_annotation(folder: str, annotation: str) -> dict[str, Any] | None:
    """Return the keys of a component for values of this annotation, `type` first; None if no kind fits."""
    for kind, hints in read_hints(folder).items():
        for pattern, keys in hints.annotations.items():
            if re.fullmatch(pattern, annotation):
                return {"type": kind, **keys}
    return None


def kind_for_parameters(folder: str, parameters: Iterator[str]) -> str | None:
    """Return the kind that one of a function's parameters stands for."""
    names = set(parameters)
    return next((kind for kind, hints in read_hints(folder).items() if hints.parameter in names), None)


def fallback(folder: str) -> str:
    """Return the kind to suggest where nothing else is known."""
    return next(kind for kind, hints in read_hints(folder).items() if hints.fallback)
