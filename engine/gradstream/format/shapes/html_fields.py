"""Fields of a web page as components: `<input type="number" min="1">`, `<select>`, `<textarea rows="5">`."""

from collections.abc import Mapping
from html.parser import HTMLParser


class HtmlField(HTMLParser):
    """The first field of a piece of HTML: its kind as a word, its attributes, its options and its label."""

    def __init__(self) -> None:
        super().__init__()
        self.word = ""
        self.attributes: dict[str, str] = {}
        self.options: list[str] = []
        self.label = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag's attributes; those without a value are true."""
        self._inside = tag
        if tag in ("input", "select", "textarea") and not self.word:
            given = {name: "true" if value is None else value for name, value in attrs}
            self.word = given.pop("type", "textbox") if tag == "input" else tag
            self.attributes = given

    def handle_data(self, data: str) -> None:
        """Take the words of a label or of an option."""
        if self._inside == "option" and data.strip():
            self.options.append(data.strip())
        elif self._inside == "label" and data.strip():
            self.label = data.strip().rstrip(":")

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        self._inside = ""


def field_of(text: str) -> tuple[str, Mapping[str, object]] | None:
    """Return a field's word and its attributes; None for HTML without one."""
    if not text.startswith("<"):
        return None
    field = HtmlField()
    field.feed(text)
    field.close()
    if not field.word:
        return None
    given: dict[str, object] = {"label": field.label} if field.label else {}
    given |= {name: value for name, value in field.attributes.items() if name not in ("name", "id")}
    if field.options:
        given["options"] = field.options
    return field.word, given
