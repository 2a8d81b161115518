"""The route of the web app manifest, by which a browser installs the catalog as an app."""

from pathlib import Path
from typing import Any

from litestar import Response, get

from gradstream.format.prose.files import PICTURE_TYPES
from gradstream.server.content.catalog_json import theme_view
from gradstream.server.http.openapi import Answer, Operation
from gradstream.server.services import Injected

MANIFEST_TYPE = "application/manifest+json"


@get(
    "/manifest.webmanifest",
    opt={
        "operation": Operation(
            summary="The catalog as an app that browsers install",
            answers={200: Answer("The web app manifest.", {"type": "object"}, MANIFEST_TYPE)},
        )
    },
)
async def read_manifest(services: Injected) -> Response[dict[str, Any]]:
    """Return the manifest. Its URLs are relative to its own, so that it is right below any path."""
    options = services.catalog.snapshot.options
    favicon = theme_view(options.theme).favicon
    if favicon is None:
        icon, media_type = await services.page.icon(), PICTURE_TYPES[".svg"]
    else:
        icon, media_type = favicon, PICTURE_TYPES[Path(options.theme.files["favicon"]).suffix.lower()]
    manifest = {
        "name": options.title,
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "icons": [] if icon is None else [{"src": icon, "sizes": "any", "type": media_type}],
    }
    return Response(manifest, media_type=MANIFEST_TYPE, headers={"Cache-Control": "no-cache"})
