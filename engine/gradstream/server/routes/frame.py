"""The documents in which the page shows what a generator has yielded: HTML, and figures of a library.

    page     --{html}-->                          this document: parsed, made harmless, shown
    page     <--{height, viewport} in pixels--    this document: its own height and its frame's

They have no origin (a sandbox), so nothing in them can read the page, its cookies or its storage. Their
policy lets one script run, the one below, or that of the figure's library: scripts and handlers in HTML or in
a figure's texts do not, nothing is compiled from text, and nothing is fetched from anywhere. No link in a
figure leads anywhere. What a figure's frame is sent is in `web/src/figure-frames/frame.ts`.
"""

import asyncio
import secrets
from base64 import b64encode
from hashlib import sha256
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from gradstream.server.http.openapi import Answer, Operation
from gradstream.server.http.problems import problem
from gradstream.server.services import Injected

SCRIPT = """\
const shown = document.getElementById("shown");
const report = () => {
  const { height } = document.documentElement.getBoundingClientRect();
  parent.postMessage({ height, viewport: innerHeight }, "*");
};
addEventListener("resize", report);
addEventListener("message", ({ source, data }) => {
  if (source !== parent || typeof data?.html !== "string") return;
  // What would lead the frame to another place, or is blocked anyway.
  const given = new DOMParser().parseFromString(data.html, "text/html");
  for (const element of given.querySelectorAll("base, embed, frame, iframe, link, meta, object, script"))
    element.remove();
  shown.replaceChildren(...given.head.childNodes, ...given.body.childNodes);
  report();
});
new ResizeObserver(report).observe(document.documentElement);
"""

STYLE = """\
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
body { margin: 0; }
#shown { padding: 16px; overflow-x: auto; }
#shown > :first-child { margin-top: 0; }
#shown > :last-child { margin-bottom: 0; }
img, video, svg { max-width: 100%; }
table { border-collapse: collapse; }
th, td { padding: 4px 8px; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
"""

DOCUMENT = f"""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>HTML</title>
<base target="_blank">
<style>
{STYLE}</style>
<div id="shown"></div>
<script>{SCRIPT}</script>
</html>
"""

_HASH = b64encode(sha256(SCRIPT.encode()).digest()).decode()
POLICY = (
    "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    f"script-src 'sha256-{_HASH}'; style-src 'unsafe-inline'; img-src data: blob:; media-src data: blob:; "
    "font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
)


@get(
    "/frame",
    opt={
        "operation": Operation(
            summary="The document in which a page shows HTML",
            answers={200: Answer("The document.", {"type": "string"}, "text/html")},
        )
    },
)
async def html_frame() -> Response[Any]:
    """Return the document; it is the same for all."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "public, max-age=3600"}
    return Response(DOCUMENT, media_type="text/html", headers=headers)


FIGURE_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
)


@get(
    "/frame/{library:str}",
    opt={
        "operation": Operation(
            summary="The document in which a page shows figures of a library",
            answers={
                200: Answer("The document.", {"type": "string"}, "text/html"),
                404: Answer.problem("No such library, or the page is not built."),
            },
        )
    },
)
async def figure_frame(services: Injected, library: FromPath[str]) -> Response[Any]:
    """Return the document; its script runs in this answer alone."""
    nonce = secrets.token_urlsafe(16)
    document = await asyncio.to_thread(services.page.figure_frame, library, nonce=nonce)
    if document is None:
        return problem(404, f"There is no frame for figures of {library}")
    headers = {"Content-Security-Policy": FIGURE_POLICY.format(nonce=nonce), "Cache-Control": "no-store"}
    return Response(document, media_type="text/html", headers=headers)
