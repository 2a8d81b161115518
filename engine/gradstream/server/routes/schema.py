"""`/schema.json` and `/schema.yaml`: the OpenAPI document, generated at each request."""

from typing import Any

from litestar import Response, get
from msgspec import json, yaml

from gradstream.server.http.openapi import JSON, Answer, Operation, document
from gradstream.server.types import HttpRequest

DOCUMENT = {"type": "object", "description": "An OpenAPI 3.1 document."}


@get(
    "/schema.json",
    opt={"operation": Operation(summary="This description", answers={200: Answer("As JSON.", DOCUMENT)})},
)
async def schema_json(request: HttpRequest) -> Response[bytes]:
    """Return the document as JSON."""
    return Response(json.format(json.encode(_document(request)), indent=2), media_type=JSON)


@get(
    "/schema.yaml",
    opt={
        "operation": Operation(
            summary="This description", answers={200: Answer("As YAML.", DOCUMENT, "application/yaml")}
        )
    },
)
async def schema_yaml(request: HttpRequest) -> Response[bytes]:
    """Return the document as YAML."""
    return Response(yaml.encode(_document(request)), media_type="application/yaml")


def _document(request: HttpRequest) -> dict[str, Any]:
    return document(request.app, root_path=str(request.scope.get("root_path", "")))
