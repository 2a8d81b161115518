"""A value in block style reads as the value again."""

from gradstream.document.block import as_block
from gradstream.document.read import read_text

VALUE = {
    "steps": {"type": "slider", "minimum": 1, "loud": True},
    "sizes": ["large", 2.5, "no", "#7a3ff2", "1"],
}


def test_it_is_in_blocks_and_in_order() -> None:
    """There are no braces, and the first key stays first."""
    assert as_block({"size": ["large", "huge"], "after": "150ms"}) == "size:\n- large\n- huge\nafter: 150ms\n"


def test_it_reads_as_the_same() -> None:
    """Text that looks like something else is in quotes."""
    document = read_text(as_block(VALUE), file="block.yaml", environ={}).document
    assert document is not None
    assert document.values == VALUE
