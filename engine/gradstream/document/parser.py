"""libyaml's events of a text, within the limits, or the mistake that stopped it.

    text --libyaml--> events --FileLimits--> list of (event, stretch) | Mistake

PyYAML's parser in Python accepts less than libyaml and is many times slower. Without libyaml this module
cannot be imported, so a wrong installation is noticed at the start and not with some file.
"""

from typing import NamedTuple

from yaml import YAMLError, events

from gradstream.document.limits import MAX_NODES, FileLimits
from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.syntax import explain

try:
    from yaml.cyaml import CBaseLoader
except ImportError as error:
    raise ImportError(
        "gradstream reads YAML with libyaml, and the installed PyYAML was built without it. "
        "Install one that has it: pip install --force-reinstall --only-binary :all: pyyaml"
    ) from error


class PlacedEvent(NamedTuple):
    """An event of libyaml and its place, in code points."""

    event: events.Event
    stretch: Stretch


def parse(text: str, *, most_values: int = MAX_NODES) -> list[PlacedEvent] | Mistake:
    """Return the events of the text's single document; an empty list if the text has no values."""
    parser = CBaseLoader(text)
    limits = FileLimits(most_values=most_values)
    placed: list[PlacedEvent] = []
    documents = 0
    try:
        while (event := parser.get_event()) is not None:
            stretch = _stretch(event)
            documents += isinstance(event, events.DocumentStartEvent)
            if documents > 1:
                return _second_document(stretch)
            mistake = limits.check(event, stretch)
            if mistake is not None:
                return mistake
            if isinstance(event, events.NodeEvent | events.CollectionEndEvent):
                placed.append(PlacedEvent(event, stretch))
    except YAMLError as error:
        return explain(error, text)
    finally:
        parser.dispose()
    return placed


def _stretch(event: events.Event) -> Stretch:
    if event.start_mark is None or event.end_mark is None:
        return Stretch(0, 0)
    return Stretch(event.start_mark.index, event.end_mark.index)


def _second_document(stretch: Stretch) -> Mistake:
    return Mistake(
        stretch=stretch,
        code="E-SEVERAL-DOCUMENTS",
        message="the file has a second document",
        expected="one document in a file",
        found="`---` in the middle",
        repair="put what follows into a file of its own, or remove the line",
    )
