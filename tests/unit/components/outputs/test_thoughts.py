"""Thoughts within thoughts, by the same rules as the page."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from gradstream.components.outputs.thoughts import misplaced, parents

CASES = json.loads((Path(__file__).parents[3] / "wire" / "rules" / "thoughts.json").read_text("utf-8"))


def message(
    role: str, own: str | None = None, parent: str | None = None, title: str | None = "Thought"
) -> Any:
    """Return a message as the worker sends it."""
    metadata = {"title": title, "id": own, "parent_id": parent}
    return {"role": role, "content": "", **({} if role == "user" else {"metadata": metadata})}


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_thoughts_are_in_the_ones_that_they_name(case: dict[str, Any]) -> None:
    """Each message's parent, and a remark about each parent that cannot be one."""
    messages: Sequence[Any] = [message(*each) for each in case["messages"]]
    assert parents(messages) == case["parents"]
    assert list(misplaced(messages)) == case["remarks"]
