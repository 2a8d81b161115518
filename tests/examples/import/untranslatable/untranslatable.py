"""Functions of untranslatable.py."""

import some_missing_package


def who(request: object, text):
    return text if request is None else request.client.host


def show(text):
    return gr.Column(visible=True), text, some_missing_package.word(box.value)


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


def on_who(text, session):
    return who(AppRequest(session), text)


def on_show(text):
    _, out, text = show(text)
    return {"out": out, "text": text}
