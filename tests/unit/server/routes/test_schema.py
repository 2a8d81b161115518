"""The API's description is true to what is served."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from litestar.routes import HTTPRoute

from gradstream.events.schema import event_definitions
from gradstream.server.app import create_litestar
from gradstream.server.http.openapi import REF
from tests.unit.server.site import Site, serving


async def described(site: Site) -> dict[str, Any]:
    """Return the description."""
    document: dict[str, Any] = (await site.client.get("/schema.json")).json()
    return document


async def test_every_route_is_described(site: Site) -> None:
    """Each route that is served is described with its methods, and nothing else is."""
    served: dict[str, set[str]] = {}
    for route in create_litestar(site.services).routes:
        methods = {method.lower() for method in route.methods} if isinstance(route, HTTPRoute) else {"get"}
        served.setdefault(route.path_format, set()).update(methods - {"options"})
    assert {path: set(methods) for path, methods in (await described(site))["paths"].items()} == served


async def test_the_routes_of_the_wire(site: Site) -> None:
    """Every route of the wire's contract is there, but for /metrics."""
    expected = {
        "/",
        "/demos/{demo}",
        "/demos/{demo}/embed",
        "/api/demos",
        "/api/demos/{demo}",
        "/api/demos/{demo}/runs",
        "/api/runs/{run}",
        "/api/runs/{run}/events",
        "/api/runs/{run}/blobs/{digest}",
        "/api/runs/{run}/outputs/{output}/index.m3u8",
        "/api/runs/{run}/outputs/{output}/init.mp4",
        "/api/runs/{run}/outputs/{output}/stream.mp4",
        "/api/runs/{run}/outputs/{output}/{name}",
        "/api/feed",
        "/api/uploads",
        "/api/socket",
        "/health/live",
        "/health/ready",
        "/schema.json",
        "/schema.yaml",
    }
    assert expected <= set((await described(site))["paths"])


async def test_events_are_components(site: Site) -> None:
    """The events are described as in `schemas/events.schema.json`."""
    schemas = (await described(site))["components"]["schemas"]
    for name, definition in json.loads(json.dumps(event_definitions(ref_template=REF))).items():
        assert schemas[name] == definition


async def test_every_reference_leads_somewhere(site: Site) -> None:
    """Each `$ref` names a component that is there."""
    document = await described(site)
    refs = {
        node["$ref"]
        for node in walk(document)
        if isinstance(node, dict) and isinstance(node.get("$ref"), str)
    }
    assert refs
    assert {ref.rpartition("/")[2] for ref in refs} <= set(document["components"]["schemas"])


async def test_answers_are_as_described(tmp_path: Path) -> None:
    """What is answered has the described status, media type and shape."""
    async with serving(tmp_path) as site:
        document = await described(site)
        run = await site.start()
        outputs = "/api/runs/{run}/outputs/{output}"
        asked: list[tuple[str, str, str, dict[str, Any]]] = [
            ("get", "/api/demos", "/api/demos", {}),
            ("get", "/api/demos/{demo}", "/api/demos/echo", {}),
            ("get", "/api/demos/{demo}", "/api/demos/nothing", {}),
            ("post", "/api/demos/{demo}/runs", "/api/demos/echo/runs", {"json": {}}),
            ("post", "/api/demos/{demo}/runs", "/api/demos/echo/runs", {"json": {"inputs": {"x": 1}}}),
            ("post", "/api/demos/{demo}/runs", "/api/demos/echo/runs", {"content": "{"}),
            ("get", "/api/runs/{run}", f"/api/runs/{run}", {}),
            ("get", "/api/runs/{run}/events", f"/api/runs/{run}/events?after=x", {}),
            ("get", f"{outputs}/index.m3u8", f"/api/runs/{run}/outputs/text/index.m3u8", {}),
            ("get", f"{outputs}/{{name}}", f"/api/runs/{run}/outputs/text/0.m4s", {}),
            ("get", "/api/feed", "/api/feed", {}),
            ("post", "/api/uploads", "/api/uploads", {"files": {"file": ("a", b"a")}}),
            ("post", "/api/uploads", "/api/uploads", {"files": {"file": ("a", b"a" * 2000)}}),
            ("get", "/health/ready", "/health/ready", {}),
            ("delete", "/api/runs/{run}", f"/api/runs/{run}", {}),
        ]
        for method, path, address, options in asked:
            answer = await site.client.request(method, address, **options)
            responses = document["paths"][path][method]["responses"]
            content = responses[str(answer.status_code)].get("content")
            if content is None:
                assert answer.content == b""
                continue
            schema = content[answer.headers["content-type"]]["schema"]
            validator = jsonschema.Draft202012Validator({**schema, "components": document["components"]})
            validator.validate(answer.json())


async def test_a_page_can_be_made_of_it(site: Site) -> None:
    """The document says what version of OpenAPI it is, and where the server stands."""
    document = await described(site)
    assert (document["openapi"], document["info"]["title"], document["servers"]) == (
        "3.1.0",
        "gradstream",
        [{"url": "/"}],
    )
    for path, methods in document["paths"].items():
        for operation in methods.values():
            named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


async def test_yaml_says_the_same(site: Site) -> None:
    """The YAML form reads as the same document."""
    answer = await site.client.get("/schema.yaml")
    assert answer.headers["content-type"] == "application/yaml"
    assert yaml.safe_load(answer.text) == await described(site)


def walk(node: Any) -> list[Any]:
    """Return every node of a document."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [node, *(deeper for child in children for deeper in walk(child))]
