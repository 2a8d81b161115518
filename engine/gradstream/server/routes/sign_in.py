"""Signing in and out: the forms of the sign-in page and of the page's bar.

    GET  /demos/NAME   not let in: 401, the sign-in page
    POST /demos/NAME   its form: 303 to the same address and a cookie, of who is signed in or of the name that
                       was refused, which the page then says; 401 or 429 where no browser asks
    POST /sign-out     303 to the catalog, and no cookie

A form is accepted from this site's own pages alone, those of `access.origins` are not: another site's page
could otherwise have somebody work under a name that is not theirs.
"""

from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from litestar import Response, post
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.params import FromPath
from msgspec import Struct

from gradstream.format.gate import Gate
from gradstream.format.rules.access import LONGEST_NAME
from gradstream.server.content.catalog_json import theme_view
from gradstream.server.content.sign_in_page import POLICY, SignInView, framed_policy, sign_in_html
from gradstream.server.content.sign_in_words import words_for
from gradstream.server.http.admission import Refused
from gradstream.server.http.cross_site import is_same_site
from gradstream.server.http.guard import SIGNS_IN
from gradstream.server.http.openapi import Answer, Operation
from gradstream.server.http.problems import SIGN_IN, problem
from gradstream.server.http.visitor_headers import language_of
from gradstream.server.routes.pages import HTML, base_of, framed_by
from gradstream.server.services import Injected, Services
from gradstream.server.types import HttpRequest

MOST_FORM_BYTES = 16 * 2**10
"""Of a name and a password, as a form writes them."""

MARK = "-"
"""Begins the cookie of a refused name, which may be empty."""

FORM_TYPE = "application/x-www-form-urlencoded"
FORM = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "password": {"type": "string"}},
    "required": ["name", "password"],
}
EMBEDDED = "/demos/{demo:str}/embed"
PAGES = frozenset(
    {"/", "/docs", "/docs/{document:path}", "/demos/{demo:str}", "/demos/{demo:str}/stage", EMBEDDED}
)

CHALLENGE = 'Bearer realm="gradstream"'

PAGE = {"type": "string"}
ANSWERS = {
    303: Answer(
        "Signed in, or for a browser, refused; the same address is to be read.",
        headers={"Location": "The page's URL."},
    ),
    401: Answer("The name or the password is wrong: the page again.", PAGE, HTML),
    403: Answer.problem("Another site's page."),
    413: Answer.problem("The body is too large."),
    429: Answer("Too many tries: the page again.", PAGE, HTML, headers={"Retry-After": "Seconds."}),
}


class _Form(Struct, frozen=True):
    name: str
    password: str


def _operation(of_what: str) -> Operation:
    return Operation(summary=f"Sign in to {of_what}", body=FORM, body_type=FORM_TYPE, answers=ANSWERS)


@post(
    "/", request_max_body_size=MOST_FORM_BYTES, opt={"operation": _operation("the catalog"), SIGNS_IN: True}
)
async def sign_in_to_catalog(request: HttpRequest, services: Injected) -> Response[Any]:
    """Sign in, and lead back to the catalog."""
    return await _sign_in(request, services, services.admission.gate(None))


@post(
    ["/demos/{demo:str}", "/demos/{demo:str}/stage"],
    request_max_body_size=MOST_FORM_BYTES,
    opt={"operation": _operation("a demo"), SIGNS_IN: True},
)
async def sign_in_to_demo(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[Any]:
    """Sign in, and lead back to the demo."""
    return await _sign_in(request, services, services.admission.gate(demo))


@post(
    "/sign-out",
    request_max_body_size=MOST_FORM_BYTES,
    opt={
        "operation": Operation(
            summary="Sign out",
            answers={
                303: Answer("Signed out.", headers={"Location": "The catalog's URL."}),
                403: Answer.problem("Another site's page."),
            },
        ),
        SIGNS_IN: True,
    },
)
async def sign_out(request: HttpRequest, services: Injected) -> Response[Any]:
    """End the sign-in, and everything that was opened with it."""
    _own_page_only(request)
    _end(request, services)
    return _led_to(request, "/", cookie=services.callers.cookie.header("", request.scope))


async def _sign_in(request: HttpRequest, services: Services, gate: Gate) -> Response[Any]:
    _own_page_only(request)
    form = _form_of(await request.body())
    caller = services.callers.of(request)
    signed = services.admission.sign_in(gate, form.name, form.password, address=caller.address)
    if isinstance(signed, str):
        # What was known before does not open what begins now.
        _end(request, services)
        return _led_back(request, cookie=services.callers.cookie.header(signed, request.scope))
    if _reads_pages(request):
        # Going back to the answer of a form, or reloading it, has the browser ask whether to send it again.
        tried = f"{MARK}{quote(_shown_name(form.name), safe='')}"
        return _led_back(request, cookie=services.callers.cookie.tried.header(tried, request.scope))
    wait_s = signed or 0
    return _page(
        request, services, gate, name=form.name, is_wrong=True, wait_s=wait_s, status=429 if wait_s else 401
    )


def refused_answer(request: HttpRequest, error: Refused, services: Services) -> Response[Any]:
    """Return what who is not let in reads in place of an answer: the sign-in page, or a problem."""
    if request.method == "GET" and _reads_pages(request) and not PAGES.isdisjoint(_paths(request)):
        return _asked_page(request, services, error)
    if error.wait_s > 0:
        return problem(
            429,
            f"Too many wrong tokens were sent from your address; try again in {error.wait_s} s",
            headers={"Retry-After": str(error.wait_s)},
        )
    challenge = f'{CHALLENGE}, error="invalid_token"' if error.is_wrong_token else CHALLENGE
    return problem(
        401, _advice(error), title="Sign in first", kind=SIGN_IN, headers={"WWW-Authenticate": challenge}
    )


def _asked_page(request: HttpRequest, services: Services, error: Refused) -> Response[Any]:
    """Return the sign-in page; after a form that was refused, with what was wrong, once."""
    cookie = services.callers.cookie.tried
    tried = cookie.read(request.headers) or ""
    name = _shown_name(unquote(tried.removeprefix(MARK)))
    wait_s = error.wait_s
    if tried:
        wait_s = services.admission.tries.wait_s(services.callers.of(request).address, name)
    page = _page(
        request,
        services,
        error.gate,
        name=name,
        is_wrong=bool(tried),
        wait_s=wait_s,
        status=429 if wait_s else 401,
    )
    if tried:
        page.headers["Set-Cookie"] = cookie.header("", request.scope)
    return page


def _reads_pages(request: HttpRequest) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _shown_name(name: str) -> str:
    return name.strip()[:LONGEST_NAME]


def _paths(request: HttpRequest) -> Collection[str]:
    """Return the paths of a request's route, as its handler has them."""
    paths: Collection[str] = request.scope["route_handler"].paths
    return paths


def _advice(error: Refused) -> str:
    gate = error.gate
    if gate.is_closed:
        return (
            "Nobody can be let in, because what the file says of `access` has an error: "
            "`gradstream check` and the server's log show it"
        )
    wrong = "The token that was sent is not the right one. " if error.is_wrong_token else ""
    with_it = "send the token with each request, in the header `Authorization: Bearer TOKEN`"
    by_name = "sign in on the page, in a browser"
    if gate.token is None:
        return f"{wrong}This is for users: {by_name}. Programs need a token, by `access: token:`"
    return f"{wrong}To be let in, {with_it}" + (f"; or {by_name}" if gate.users else "")


def _page(
    request: HttpRequest,
    services: Services,
    gate: Gate,
    *,
    status: int,
    name: str = "",
    is_wrong: bool = False,
    wait_s: int = 0,
) -> Response[Any]:
    options = services.catalog.snapshot.options
    is_framed = EMBEDDED in _paths(request)
    demo = str(request.path_params.get("demo", ""))
    view = SignInView(
        base=base_of(request),
        title=options.title,
        theme=theme_view(options.theme),
        gate=gate,
        name=_shown_name(name),
        user=services.callers.of(request).user,
        is_wrong=is_wrong,
        wait_s=wait_s,
        tab=f"demos/{quote(demo, safe='')}" if is_framed else None,
    )
    policy = framed_policy(" ".join(framed_by(services, demo))) if is_framed else POLICY
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", "Vary": "Accept"}
    headers |= {"Retry-After": str(wait_s)} if wait_s else {"WWW-Authenticate": CHALLENGE}
    html = sign_in_html(view, words_for(language_of(request)))
    return Response(html, status_code=status, media_type=HTML, headers=headers)


def _form_of(body: bytes) -> _Form:
    try:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=10))
    except (ValueError, UnicodeDecodeError) as error:
        raise ClientException("The body is not a form with `name` and `password`") from error
    return _Form(fields.get("name", ""), fields.get("password", ""))


def _own_page_only(request: HttpRequest) -> None:
    if not is_same_site(request, frozenset()):
        raise PermissionDeniedException("Only this site's own pages may sign somebody in or out")


def _end(request: HttpRequest, services: Services) -> None:
    key = services.callers.of(request).sign_in
    if key is not None:
        services.admission.sign_ins.end(key)


def _led_back(request: HttpRequest, *, cookie: str) -> Response[Any]:
    """Return the way to the same address; a browser keeps its fragment."""
    query = request.scope["query_string"].decode("latin-1")
    address = quote(request.scope["path"]) + (f"?{query}" if query else "")
    return _led_to(request, address, cookie=cookie)


def _led_to(request: HttpRequest, path: str, *, cookie: str) -> Response[Any]:
    # Of two slashes at the beginning a browser would take what follows for a host.
    location = request.scope.get("root_path", "") + "/" + path.lstrip("/")
    headers = {"Location": location, "Set-Cookie": cookie, "Cache-Control": "no-store"}
    return Response(None, status_code=303, headers=headers)
