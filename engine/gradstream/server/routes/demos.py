"""The routes of the catalog and its demos as JSON, and of their pictures."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from gradstream.components.model_file import MODEL_TYPES
from gradstream.components.registry import KINDS
from gradstream.file_ref import FileRef, FileSlice, StoredFile, read_slices
from gradstream.format.prose.files import PICTURE_TYPES, find_picture
from gradstream.format.rules.shipped_files import find_shipped
from gradstream.server.content.catalog_json import CatalogView, DemoView
from gradstream.server.http.cross_site import is_by_script, is_same_site
from gradstream.server.http.head_requests import IS_HEAD
from gradstream.server.http.openapi import JSON, Answer, Operation, Parameter
from gradstream.server.http.problems import problem
from gradstream.server.http.ranges import RANGE_ANSWERS, file_answer
from gradstream.server.routes.blobs import PLAYED_POLICY
from gradstream.server.services import Injected, Services
from gradstream.server.types import HttpRequest

NO_STORE = {"Cache-Control": "no-store"}
NAME = Parameter("name", "The path of the picture, as the text has it.")
PICTURE_HEADERS = {
    # The URL contains the demo's revision, or the picture's version.
    "Cache-Control": "max-age=86400",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
}

SHOWN_TYPES = {**PICTURE_TYPES, **MODEL_TYPES}
"""Suffixes of files that fields show, and their media types."""


@get(
    "/api/demos",
    opt={
        "operation": Operation(summary="List the demos", answers={200: Answer("The catalog.", CatalogView)})
    },
)
async def read_catalog(request: HttpRequest, services: Injected) -> Response[bytes]:
    """Return the catalog."""
    view = services.catalog_json.catalog(services.callers.of(request))
    return Response(view, media_type=JSON, headers=NO_STORE)


@get(
    "/api/demos/{demo:str}",
    opt={
        "operation": Operation(
            summary="Read a demo",
            parameters=(
                Parameter(
                    "open",
                    "With 1, the demo's worker is prepared, if a page of this site asks that is shown.",
                ),
            ),
            answers={200: Answer("The demo.", DemoView), 404: Answer.problem("No such demo.")},
        )
    },
)
async def read_demo(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[bytes]:
    """Return a demo; for a broken one, with its errors."""
    view = services.catalog_json.demo(demo, services.callers.of(request))
    if view is None:
        return problem(404, f"There is no demo {demo}")
    if request.query_params.get("open") == "1" and _may_open(request, services):
        _open(services, demo)
    return Response(view, media_type=JSON, headers=NO_STORE)


@get(
    "/api/demos/{demo:str}/thumbnail",
    opt={
        "operation": Operation(
            summary="Fetch a demo's picture",
            parameters=(
                Parameter("v", "The demo's revision, for caches."),
                Parameter("scheme", "With `dark`, the picture for the dark scheme."),
            ),
            answers={
                200: Answer("The picture.", {"type": "string", "format": "binary"}, "image/*"),
                404: Answer.problem("No such demo, or it has no picture."),
            },
        )
    },
)
async def read_thumbnail(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[Any]:
    """Return the picture that the demo's file names or that is found beside it."""
    found = services.catalog.snapshot.demos.get(demo)
    is_dark = request.query_params.get("scheme") == "dark"
    name = None if found is None else found.thumbnail_dark if is_dark else found.thumbnail
    if found is None or name is None:
        return problem(404, f"There is no picture of {demo}")
    path = Path(found.folder, name)
    content = await asyncio.to_thread(_read, path, Path(found.root), PICTURE_TYPES)
    if content is None:
        return problem(404, f"There is no file {name}")
    media_type = PICTURE_TYPES[path.suffix.lower()]
    return Response(content, media_type=media_type, headers=PICTURE_HEADERS)


@get(
    "/api/demos/{demo:str}/files/{name:path}",
    opt={
        "operation": Operation(
            summary="Fetch a picture, sound, video or 3D model that a demo brings along",
            answers={
                200: Answer("The file's bytes.", {"type": "string", "format": "binary"}, "*/*"),
                404: Answer.problem("No such demo, or its file names no such file."),
                **RANGE_ANSWERS,
            },
        )
    },
)
async def read_shipped(
    request: HttpRequest, services: Injected, demo: FromPath[str], name: FromPath[str]
) -> Response[Any]:
    """Return a file that the page shows by its path from the root: a default, of an example, with places."""
    found = services.catalog.snapshot.demos.get(demo)
    if found is None:
        return problem(404, f"There is no demo {demo}")
    path = await asyncio.to_thread(find_shipped, found, name.lstrip("/"), kinds=KINDS)
    clip = None if path is None else await asyncio.to_thread(_clip, path, Path(found.root))
    if clip is not None:
        return await _played(request, clip, Path(found.root))
    content = None if path is None else await asyncio.to_thread(_read, path, Path(found.root), SHOWN_TYPES)
    if path is None or content is None:
        return problem(404, f"{demo} has no such file")
    headers = {**PICTURE_HEADERS, "Cache-Control": "no-cache"}
    return Response(content, media_type=SHOWN_TYPES[path.suffix.lower()], headers=headers)


@get(
    "/api/demos/{demo:str}/pictures/{version:str}",
    opt={
        "operation": Operation(
            summary="Fetch a picture that a demo's texts name",
            parameters=(NAME,),
            answers={
                200: Answer("The picture.", {"type": "string", "format": "binary"}, "image/*"),
                404: Answer.problem("No such demo, or its texts do not name this picture."),
            },
        )
    },
)
async def read_picture(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[Any]:
    """Return a picture beside the demo's file; the version is for caches."""
    found = services.catalog.snapshot.demos.get(demo)
    if found is None:
        return problem(404, f"There is no demo {demo}")
    return await _named_picture(request, found.pictures, folder=found.folder, root=found.root)


@get(
    "/api/pictures/{version:str}",
    opt={
        "operation": Operation(
            summary="Fetch a picture that the catalog's description names",
            parameters=(NAME,),
            answers={
                200: Answer("The picture.", {"type": "string", "format": "binary"}, "image/*"),
                404: Answer.problem("The description does not name this picture."),
            },
        )
    },
)
async def read_catalog_picture(request: HttpRequest, services: Injected) -> Response[Any]:
    """Return a picture of the catalog's description; the version is for caches."""
    snapshot = services.catalog.snapshot
    return await _named_picture(request, snapshot.options.pictures, folder=snapshot.root, root=snapshot.root)


async def _named_picture(
    request: HttpRequest, pictures: Mapping[str, str], *, folder: str, root: str
) -> Response[Any]:
    """Return one of the pictures that texts name; nothing else can be asked for."""
    name = request.query_params.get("name", "")
    path = await asyncio.to_thread(find_picture, name, pictures, folder=folder, root=root)
    content = None if path is None else await asyncio.to_thread(_read, path, Path(root), PICTURE_TYPES)
    if path is None or content is None:
        return problem(404, "No text names such a picture")
    return Response(content, media_type=PICTURE_TYPES[path.suffix.lower()], headers=PICTURE_HEADERS)


async def _played(request: HttpRequest, clip: StoredFile, root: Path) -> Response[Any]:
    """Return a clip, or a range of it, as players ask for it."""

    async def read(slices: Sequence[FileSlice]) -> bytes:
        return await asyncio.to_thread(read_slices, root, list(slices))

    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": PLAYED_POLICY}
    try:
        return await file_answer(request, [clip], read=read, media_type=clip.mime, headers=headers)
    except FileNotFoundError:
        return problem(404, f"{clip.ref.name} is no longer there")


def _clip(path: Path, root: Path) -> StoredFile | None:
    """Return a sound or a video below the catalog's folder; None for any other file."""
    mime = guess_type(path.name)[0] or ""
    file, root = path.resolve(), root.resolve()
    if not mime.startswith(("audio/", "video/")) or not file.is_relative_to(root) or not file.is_file():
        return None
    ref = FileRef("catalog", ".", file.relative_to(root).as_posix())
    return StoredFile(ref=ref, mime=mime, size=file.stat().st_size)


def _may_open(request: HttpRequest, services: Services) -> bool:
    """Return whether this is a page of this site that somebody looks at."""
    is_head = request.scope.get(IS_HEAD, False)
    return not is_head and is_by_script(request) and is_same_site(request, services.access.origins)


def _open(services: Services, address: str) -> None:
    """Start preparing a demo's worker, so that its import is reported before anyone presses Run."""
    demo = services.catalog.snapshot.demos.get(address)
    if demo is not None:
        services.runs.open(demo)


def _read(path: Path, root: Path, types: Collection[str]) -> bytes | None:
    """Return a file's bytes; None for another type, and for what is outside the catalog's folder."""
    file = path.resolve()
    if file.suffix.lower() not in types or not file.is_relative_to(root.resolve()) or not file.is_file():
        return None
    return file.read_bytes()
