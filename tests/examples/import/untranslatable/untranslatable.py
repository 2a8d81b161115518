"""Functions of untranslatable.py."""

import some_missing_package
import gradstream


def pick(evt: object):
    return f"{evt.index} of {evt.target}"


def who(request: object, text):
    return text if request is None else request.client.host


def show(text):
    return gradstream.update(visible=True), text, some_missing_package.word(box.value)


class AppHeaders(dict):
    """Headers by their names, in whatever case."""

    def __getitem__(self, name):
        return super().__getitem__(name.lower())

    def __contains__(self, name):
        return super().__contains__(name.lower())

    def get(self, name, default=None):
        return super().get(name.lower(), default)


class AppRequest:
    """What the functions of the app read of a request."""

    def __init__(self, session):
        self.headers = AppHeaders(session["headers"])
        self.session_hash = session["id"]
        self.username = session["user"]


class AppSelection:
    """What the functions of the app read of a selection."""

    def __init__(self, event):
        event = event or {"index": None, "value": None, "row": None, "column": None}
        row, column = event["row"], event["column"]
        is_pixel = isinstance(column, int)
        self.index = event["index"] if row is None else [column, row] if is_pixel else [row, column]
        self.value = event["value"]
        self.selected = True


def shown_with(update, **values):
    """Return what shows or hides a component, as an update of the group around it does."""
    changes = getattr(update, "changes", {})
    visible = {"visible": changes["visible"]} if "visible" in changes else {}
    return gradstream.update(**visible, **values)


def on_pick(event):
    return pick(evt=AppSelection(event))


def on_who(text, session):
    return who(AppRequest(session), text)


def on_show(text):
    more, out, text = show(text)
    return {"out": shown_with(more, value=out), "text": text}


def start():
    return gradstream.update(visible=False)
