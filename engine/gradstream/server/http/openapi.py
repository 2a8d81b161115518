"""Generates the OpenAPI document from what is served: handlers have an `Operation`, bodies are structs.

litestar routes + opt["operation"] + structs + event schema --document()--> /schema.json, /schema.yaml
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from litestar import Litestar
from litestar.routes import HTTPRoute, WebSocketRoute
from msgspec import Struct, json

from gradstream import __version__
from gradstream.events.schema import event_definitions
from gradstream.server.http.problems import MEDIA_TYPE as PROBLEM_TYPE
from gradstream.server.http.problems import ProblemDetails

REF = "#/components/schemas/{name}"
JSON = "application/json"

PATH_PARAMETERS = {
    "demo": "A demo's address.",
    "library": "What draws: `plotly`, `plotly-whole`, `vega` or `bokeh`.",
    "run": "A run's id: the only key to it.",
    "output": "The name of one of the demo's outputs.",
    "name": "`N.m4s`, or `download.` with the suffix of a kind of file.",
    "digest": "The digest of a big value, from an event of this run.",
    "path": "A file of the built page.",
    "part": "`style.css`, `logo`, `favicon`, or `text` or `code` for the file of a font.",
    "version": "The picture's version, for caches.",
    "document": "A page of the documentation, such as `tutorial.md`, or a picture in one.",
}


class Answer(Struct, frozen=True):
    """One response: what it means, and its body as a struct, a schema, or nothing."""

    description: str
    body: Any = None
    media_type: str = JSON
    headers: Mapping[str, str] = {}

    @staticmethod
    def problem(description: str, *, headers: Mapping[str, str] | None = None) -> "Answer":
        """Return a response that is a problem document."""
        return Answer(description, ProblemDetails, PROBLEM_TYPE, headers or {})


class Parameter(Struct, frozen=True):
    """A query parameter or a header; a string, unless it has a schema."""

    name: str
    description: str
    schema: Mapping[str, Any] = {}
    place: str = "query"


class Operation(Struct, frozen=True, kw_only=True):
    """The description of a handler.

    `streams` is the media type of a second form of its 200 or 201; `mentions` are structs that `about` names.
    """

    summary: str
    answers: Mapping[int, Answer]
    about: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: Any = None
    body_type: str = JSON
    streams: str = ""
    mentions: tuple[Any, ...] = ()


FEED_BODY = {
    "type": "string",
    "description": "Server-sent events: id, event, one line of data each, an event with its type and seq.",
}


def document(app: Litestar, *, root_path: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of an application."""
    operations = list(_operations(app))
    paths: dict[str, dict[str, Any]] = {}
    for path, method, operation in operations:
        paths.setdefault(path, {})[method] = _described(path, operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "gradstream",
            "version": __version__,
            "description": "Runs of demos, and their events while they run.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root_path or "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": _schemas(operation for _, _, operation in operations)},
    }


def _operations(app: Litestar) -> Iterator[tuple[str, str, Operation]]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                if "operation" in handler.opt:
                    for method in sorted(handler.http_methods):
                        yield route.path_format, method.lower(), handler.opt["operation"]
        elif isinstance(route, WebSocketRoute):
            yield route.path_format, "get", route.route_handler.opt["operation"]


def _described(path: str, operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": operation.summary,
        "parameters": [*_path_parameters(path), *(_parameter(one) for one in operation.parameters)],
        "responses": {
            str(status): _answer(one, operation, status) for status, one in operation.answers.items()
        },
    }
    if operation.about:
        described["description"] = operation.about
    if operation.body is not None:
        described["requestBody"] = {"content": {operation.body_type: {"schema": _ref(operation.body)}}}
    return described


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_PARAMETERS[name],
            "schema": {"type": "string"},
        }
        for name in names
    ]


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.description,
        "schema": dict(parameter.schema) or {"type": "string"},
    }


def _answer(answer: Answer, operation: Operation, status: int) -> dict[str, Any]:
    described: dict[str, Any] = {"description": answer.description}
    if answer.body is not None:
        described["content"] = {answer.media_type: {"schema": _ref(answer.body)}}
    if operation.streams and status in {200, 201}:
        described.setdefault("content", {})[operation.streams] = {"schema": FEED_BODY}
    if answer.headers:
        described["headers"] = {
            name: {"description": text, "schema": {"type": "string"}} for name, text in answer.headers.items()
        }
    return described


def _ref(body: Any) -> dict[str, Any]:
    return dict(body) if isinstance(body, Mapping) else {"$ref": REF.format(name=body.__name__)}


def _schemas(operations: Iterable[Operation]) -> dict[str, Any]:
    bodies: dict[Any, None] = {}
    for operation in operations:
        answered = [answer.body for answer in operation.answers.values()]
        for body in [*answered, operation.body, *operation.mentions]:
            if isinstance(body, type):
                bodies[body] = None
    _, schemas = json.schema_components(list(bodies), ref_template=REF)
    return dict(sorted((event_definitions(ref_template=REF) | schemas).items()))
