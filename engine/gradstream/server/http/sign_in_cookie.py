"""The cookie of who is signed in: sent by this site's pages and by links to it, and read by no script.

    gradstream_user_PORT=random; Path=…; HttpOnly; SameSite=Lax; Max-Age=…   (and Secure, over https)

The port is in its name, because cookies know no ports: another server of this machine has another cookie.
"""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from msgspec import Struct

PREFIX = "gradstream_user_"
TRIED_PREFIX = "gradstream_tried_"
TRIED_LASTS_S = 60.0
"""From the form to the page that says what was wrong with it."""


class SignInCookie(Struct, frozen=True):
    """One server's cookie."""

    name: str
    lasts_s: float

    @property
    def tried(self) -> "SignInCookie":
        """The cookie of a name that was refused, which the page after the form says."""
        return SignInCookie(self.name.replace(PREFIX, TRIED_PREFIX), TRIED_LASTS_S)

    def read(self, headers: Mapping[str, str]) -> str | None:
        """Return what a request's cookie says; None without one."""
        return cookies(headers.get("cookie", "")).get(self.name) or None

    def is_cookie(self, text: str) -> bool:
        """Return whether a cookie, as NAME=VALUE, is this one, or that of another server of this machine."""
        return text.strip().startswith(PREFIX)

    def header(self, value: str, scope: Mapping[str, Any]) -> str:
        """Return the header that sets it, or with an empty value removes it."""
        path = scope.get("root_path", "") or "/"
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        age = round(self.lasts_s) if value else 0
        return f"{self.name}={value}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={age}{secure}"


def new_cookie(port: int, *, lasts_s: float) -> SignInCookie:
    """Return the cookie of a server on this port."""
    return SignInCookie(f"{PREFIX}{port}", lasts_s)


def cookies(header: str) -> Mapping[str, str]:
    """Return the cookies of a request by name."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        # Another program's cookie may have any name.
        return {}
