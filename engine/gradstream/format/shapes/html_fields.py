"""Fields of a web page as components: `<input type="number" min="1">`, `<select>`, `<textarea rows="5">`."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

GROUPS = {"radio": "radio", "checkbox": "checkbox_group"}
"""Fields of which a page has one for each choice, and the word for all of them."""

IDLE = frozenset({"name", "id", "cols", "wrap", "autocomplete", "form", "class", "style", "list", "tabindex"})
"""Attributes that say nothing to a visitor, or nothing here."""


class HtmlField(HTMLParser):
    """The fields of a piece of HTML: their kinds as words, attributes, options, contents and label."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[dict[str, str]] = []
        self.options: list[dict[str, str]] = []
        self.texts: list[str] = []
        """The text right behind each field."""
        self.label = ""
        self.content = ""
        self.has_list = False
        self.groups: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag's attributes; those without a value are true."""
        self._inside = tag
        given = {name: "true" if value is None else value for name, value in attrs}
        if tag in ("input", "select", "textarea"):
            self.words.append(given.pop("type", "textbox") if tag == "input" else tag)
            self.attributes.append(given)
            self.texts.append("")
        elif tag == "option":
            self.options.append(given)
        elif tag == "optgroup":
            self.groups.append(given.get("label", ""))
        self.has_list = self.has_list or tag == "datalist"

    def handle_data(self, data: str) -> None:
        """Take the words of a label, of an option, of a text field, or behind a field."""
        text = data.strip()
        if not text:
            return
        if self._inside == "option":
            self.options[-1]["text"] = text
        elif self._inside == "textarea":
            self.content = data.strip("\r\n")
        elif self.words and self.words[-1] in GROUPS and not self.texts[-1]:
            self.texts[-1] = text
        elif self._inside in ("label", "legend"):
            self.label = text.rstrip(":")

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        self._inside = ""


def field_of(text: str) -> tuple[str, Mapping[str, object]] | None:
    """Return a field's word and its attributes; None for HTML without one, or with several that are none."""
    if not text.startswith("<"):
        return None
    field = HtmlField()
    field.feed(text)
    field.close()
    if not field.words:
        return None
    word, given = _group(field) if len(field.words) > 1 else _single(field)
    label: dict[str, object] = {"label": field.label} if field.label else {}
    return None if word is None else (word, label | given)


def _single(field: HtmlField) -> tuple[str | None, dict[str, object]]:
    word, attributes = field.words[0], field.attributes[0]
    given: dict[str, object] = {name: value for name, value in attributes.items() if name not in IDLE}
    if "checked" in given:
        given["default"] = given.pop("checked")
    if word in GROUPS:
        given.pop("value", None)
        given |= {"label": field.texts[0]} if field.texts[0] else {}
    if field.content:
        given["default"] = field.content
    given |= _of_options(field.options) | ({"optgroup": field.groups} if field.groups else {})
    if field.has_list:
        return "select", given | {"allow_custom": True}
    return word, given


def _of_options(options: list[dict[str, str]]) -> dict[str, object]:
    """Return the choices of options, the one that is selected, and the one that only asks to choose."""
    given: dict[str, object] = {}
    empty = [each for each in options if each.get("value", "x") == ""]
    chosen = [each for each in options if each not in empty]
    if empty and empty[0].get("text"):
        given["placeholder"] = empty[0]["text"]
    if chosen:
        given["options"] = [_choice(each.get("value"), each.get("text", "")) for each in chosen]
    selected = [each.get("value", each.get("text", "")) for each in chosen if "selected" in each]
    if selected:
        given["default"] = selected[0] if len(selected) == 1 else selected
    return given


def _group(field: HtmlField) -> tuple[str | None, dict[str, object]]:
    """Return radio buttons or boxes as one field with their choices; no word for other fields together."""
    word = field.words[0]
    names = {each.get("name", "").removesuffix("[]") for each in field.attributes}
    if set(field.words) != {word} or word not in GROUPS or len(names) > 1:
        return None, {}
    choices, chosen = [], []
    for attributes, text in zip(field.attributes, field.texts, strict=True):
        value = attributes.get("value", text)
        choices.append(_choice(value, text))
        chosen += [value] if "checked" in attributes else []
    given: dict[str, Any] = {"options": choices}
    if chosen:
        given["default"] = chosen[0] if word == "radio" else chosen
    return GROUPS[word], given


def _choice(value: str | None, text: str) -> object:
    return (
        text
        if value is None or value == text or (not text and not value)
        else ({"value": value, "label": text} if text else value)
    )
