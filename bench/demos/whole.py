"""Generators of large values, each yielded at once, with a mark by which a page is seen to have drawn it."""

from collections.abc import Iterator

import growth

COLUMNS = 60
MARK = "~end"

WORDS = (
    "The quick brown fox jumps over the **lazy** dog while `nobody` looks at [it](#part), and then *twice*."
)


def grid(rows: int) -> Iterator[list[list[str]]]:
    """Yield a table with the mark in its first cell: what is far to the right or below may never be drawn."""
    cells = [[f"{row}:{column}" for column in range(COLUMNS)] for row in range(rows)]
    cells[0][0] = MARK
    yield cells


def document(words: int) -> Iterator[str]:
    """Yield Markdown with headings, paragraphs, lists and code, and the mark at its end."""
    parts = []
    for index in range(words // 100):
        parts.append(f"## Part {index}")
        parts.append(" ".join([WORDS] * 3))
        parts.append("\n".join(f"- {WORDS}" for _ in range(2)))
        parts.append("```python\nfor each in range(10):\n    print(each)\n```")
    yield "\n\n".join([*parts, MARK])


def turns(message: str, count: int) -> Iterator[list[dict[str, str]]]:
    """Yield a conversation whose last message is the mark."""
    said = [growth.turn(index) for index in range(count - 2)]
    yield [*said, {"role": "user", "content": message}, {"role": "assistant", "content": MARK}]
