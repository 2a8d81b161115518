"""Functions that take the data of an event: what was selected, or which answer is liked.

def pick(evt: gr.SelectData): evt.value     --> pick(AppSelection(event))
def vote(data: gr.LikeData): data.liked     --> vote(AppLike(index, liked, history))
"""

import ast
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from gradstream.importing.source import AppSource
from gradstream.importing.types import Remarks

APP_SELECTION = '''\
class AppSelection:
    """What the functions of the app read of a selection."""

    def __init__(self, event):
        event = event or {"index": None, "value": None, "row": None, "column": None}
        row, column = event["row"], event["column"]
        is_pixel = isinstance(column, int)
        self.index = event["index"] if row is None else [column, row] if is_pixel else [row, column]
        self.value = event["value"]
        self.selected = True
'''

APP_LIKE = '''\
class AppLike:
    """What the functions of the app read of a press of the thumbs."""

    def __init__(self, index, liked, history):
        self.index = index
        self.liked = liked
        self.value = history[index]["content"]
'''


class EventData(Struct, frozen=True, kw_only=True):
    """What is made of one kind of data: the argument, the parameters that this needs, and what it has."""

    made: str
    parameters: Sequence[str]
    text: str
    members: Collection[str]


SELECTION = EventData(
    made="AppSelection(event)",
    parameters=("event",),
    text=APP_SELECTION,
    members=frozenset({"index", "value", "selected"}),
)
LIKE = EventData(
    made="AppLike(index, liked, history)",
    parameters=("index", "liked", "history"),
    text=APP_LIKE,
    members=frozenset({"index", "value", "liked"}),
)
KINDS_OF_DATA: Mapping[str, EventData] = {"SelectData": SELECTION, "LikeData": LIKE}

LOST = frozenset({"CopyData", "DeletedFileData", "DownloadData", "EditData", "EventData", "FileData"}) | {
    "KeyUpData",
    "RetryData",
    "UndoData",
}
"""Data that functions are not given here."""


def data_of(annotation: ast.expr, source: AppSource) -> EventData | None:
    """Return what is made for a parameter with this annotation, if it is data that there is here."""
    words = map(source.word, ast.walk(annotation))
    return next((KINDS_OF_DATA[each] for each in words if each in KINDS_OF_DATA), None)


def note_lost(node: ast.AST, name: str, data: EventData, remarks: Remarks, *, has_columns: bool) -> None:
    """Say what a function reads of its data that is something else here; `has_columns`: of a table."""
    known = [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == name
    ]
    rows = {
        id(each.value)
        for each in ast.walk(node)
        if isinstance(each, ast.Subscript) and isinstance(each.slice, ast.Constant) and each.slice.value == 0
    }
    for each in known:
        if each.attr not in data.members:
            has = ", ".join(f"`{one}`" for one in sorted(data.members))
            remarks.add(each, f"`{ast.unparse(each)}` is not handed over: there are {has}")
        elif has_columns and each.attr == "index" and id(each) not in rows:
            remarks.add(each, f"`{ast.unparse(each)}[1]` is the name of the column here, not its number")
