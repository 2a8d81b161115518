"""What `theme` says, as far as it is sound."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from gradstream.format.theme.contrast import Scheme

ThemePart = Literal["logo", "favicon", "text", "code", "css"]
"""What a file is for; its name on the server too, so that no path of the catalog is ever shown."""


class Theme(Struct, frozen=True, kw_only=True):
    """How pages look.

    `accent` is a colour by scheme, `fonts` are families of the system by role, `files` absolute paths.
    `revision` changes with everything here and with the files' content; "" for a catalog without a theme.
    """

    accent: Mapping[Scheme, str] = {}
    radius: Literal["none", "small", "medium", "large"] = "medium"
    density: Literal["comfortable", "compact"] = "comfortable"
    scheme: Literal["auto", "light", "dark"] = "auto"
    fonts: Mapping[str, str] = {}
    files: Mapping[ThemePart, str] = {}
    revision: str = ""
