"""Functions of reports.py."""

import os
import tempfile
import gradstream


def report(name, request: object):
    agent = request.headers.get("user-agent", "?")
    user = request.username or "nobody"
    path = os.path.join(tempfile.mkdtemp(), "report.txt")
    with open(path, "w") as f:
        f.write(f"{name} {user} {agent[:10]}")
    return path, f"Report for {name}", gradstream.update(value=path, visible=True)


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


def on_report(name, session):
    return report(name, request=AppRequest(session))


def start():
    return gradstream.update(visible=False)
