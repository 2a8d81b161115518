"""Pictures and links of Markdown texts, and where they are written."""

from gradstream.format.prose.references import references

TEXT = """\
A ![map](maps/rome.png "Rome"), [how](<my guide.yaml>) and [![in](a(1).png)](b.yaml).
Not \\![this](x.png), `![nor](y.png)`, <!-- ![nor](z.png) --> nor [broken](
```
![code](code.png)
```
<img alt="x" src="tag.png?a=1&amp;b=2"> <a href='c.yaml'>c</a> ![by name][plan] and [text][more]

[plan]: plan.png
[more]: <d.yaml> "More"
"""


def test_pictures_and_links_are_found_where_markdown_has_them() -> None:
    """All ways to write one are found, and none in code, in comments or behind a backslash."""
    found = [(each.is_picture, each.address) for each in references(TEXT)]
    assert found == [
        (True, "maps/rome.png"),
        (False, "my guide.yaml"),
        (True, "a(1).png"),
        (False, "b.yaml"),
        (True, "tag.png?a=1&b=2"),
        (False, "c.yaml"),
        (True, "plan.png"),
        (False, "d.yaml"),
    ]


def test_a_place_is_that_of_the_address_alone() -> None:
    """What is written around an address, and its title, is outside of its place."""
    first, second, *_ = references(TEXT)
    assert TEXT[first.start : first.end] == "maps/rome.png"
    assert TEXT[second.start : second.end] == "my guide.yaml"


def test_text_without_end_is_read_once() -> None:
    """Brackets that never close cost no more than their length."""
    assert list(references("![" * 20_000 + "<img " * 20_000 + "[a](" * 20_000 + "`" * 20_000)) == []
