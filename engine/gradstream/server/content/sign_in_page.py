"""The sign-in page: one document without script, which is the answer at the address that was asked for.

Its form is sent to that same address, fragment and all. So there is no address to be led to afterwards that
somebody else could have chosen, and a shared link `#run=…` still leads to its run.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from msgspec import Struct

from gradstream.format.gate import Gate
from gradstream.server.content.catalog_json import ThemeView
from gradstream.server.content.sign_in_words import SignInWords

STYLE = Path(__file__).with_name("sign_in.css").read_text(encoding="utf-8")

_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
_REST = (
    f"default-src 'none'; style-src 'self' 'sha256-{_HASH}'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'self'"
)
POLICY = f"{_REST}; frame-ancestors 'none'"
"""No page shows it in a frame: a click could be led to it, and nobody sees whose form it is."""


def framed_policy(sites: str) -> str:
    """Return the policy of the page without a form, which these sites may show in a frame."""
    return f"{_REST}; frame-ancestors {sites}"


class SignInView(Struct, frozen=True, kw_only=True):
    """What the page says: of what, to whom, and after what. `base` is the relative URL of the root."""

    base: str
    title: str
    theme: ThemeView
    gate: Gate
    name: str = ""
    user: str | None = None
    is_wrong: bool = False
    wait_s: int = 0
    tab: str | None = None
    """In a frame: the relative URL of the page to be opened in a tab, in place of a form."""


def sign_in_html(view: SignInView, words: SignInWords) -> bytes:
    """Return the page."""
    theme = view.theme
    links = [] if theme.style is None else [f'<link rel="stylesheet" href="{escape(theme.style)}">']
    links += [] if theme.favicon is None else [f'<link rel="icon" href="{escape(theme.favicon)}">']
    logo = "" if theme.logo is None else f'<img class="logo" src="{escape(theme.logo)}" alt="">\n'
    return f"""\
<!doctype html>
<html lang="{words.tag}" dir="{words.direction}">
<meta charset="utf-8">
<base href="{escape(view.base)}">
<title>{words.title} · {escape(view.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<style>{STYLE}</style>
{"".join(links)}
<body>
<main>
{logo}<p class="of"><bdi>{escape(view.title)}</bdi></p>
<h1>{words.title}</h1>
{_content(view, words)}
</main>
</html>
""".encode()


def _content(view: SignInView, words: SignInWords) -> str:
    if view.gate.is_closed:
        return _note(words.closed)
    if not view.gate.users:
        return _note(words.programs)
    if view.tab is not None:
        link = f'<a class="button" target="_blank" href="{escape(view.tab)}">{words.open_tab}</a>'
        return f"{_note(words.framed)}\n{link}"
    return f"{_said(view, words)}{_form(view, words)}"


def _said(view: SignInView, words: SignInWords) -> str:
    if view.wait_s > 0:
        return f'<p class="wrong" role="alert">{words.wait.format(seconds=view.wait_s)}</p>\n'
    if view.is_wrong:
        return f'<p class="wrong" role="alert">{words.wrong}</p>\n'
    if view.user is not None:
        return _note(words.signed_in.format(name=f"<bdi>{escape(view.user)}</bdi>")) + "\n"
    return ""


def _note(text: str) -> str:
    return f'<p class="note">{text}</p>'


def _form(view: SignInView, words: SignInWords) -> str:
    on_name, on_password = ("", " autofocus") if view.name else (" autofocus", "")
    return f"""\
<form method="post">
<label>{words.name}
<input name="name" value="{escape(view.name)}" dir="auto" required maxlength="100" autocomplete="username" \
autocapitalize="none" autocorrect="off" spellcheck="false"{on_name}></label>
<label>{words.password}
<input name="password" type="password" required maxlength="1000" \
autocomplete="current-password"{on_password}></label>
<button>{words.submit}</button>
</form>"""
