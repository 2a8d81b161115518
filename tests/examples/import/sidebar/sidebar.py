"""Functions of sidebar.py."""

import os
import time
import gradstream

SYSTEM = os.getenv("SYSTEM", "You are kind.")


def predict(message, history, system, temperature, request: object):
    text = message["text"] if isinstance(message, dict) else message
    for i in range(len(text)):
        time.sleep(0.001)
        yield gradstream.Message(role="assistant", content=text[: i + 1], metadata={"title": "Thinking"})


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


def on_predict(message, system, temperature, history, session):
    return predict(message, history, system, temperature, request=AppRequest(session))


def start():
    return SYSTEM
