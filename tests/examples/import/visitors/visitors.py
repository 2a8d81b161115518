"""Functions of visitors.py."""

VISITS = {}


def greet(name, request: object):
    VISITS[request.session_hash] = VISITS.get(request.session_hash, 0) + 1
    browser = request.headers["User-Agent"] if "user-agent" in request.headers else "no browser"
    return f"{name} ({request.username}): visit {VISITS[request.session_hash]} with {browser}"


def answer(message, history, request: object):
    language = request.headers.get("Accept-Language", "any language")
    yield f"{message} in {language}"


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


def on_answer(message, history, session):
    return answer(message, history, request=AppRequest(session))


def on_greet(name, session):
    return greet(name, request=AppRequest(session))
