"""Who may ask this server what: made once from its settings. No behaviour."""

from msgspec import Struct

from gradstream.server.http.developer_key import DeveloperKey
from gradstream.server.http.own_names import OwnNames
from gradstream.server.http.proxies import TrustedProxies


class Access(Struct, frozen=True, kw_only=True):
    """The names of the server, the proxies in front of it, and other sites whose pages it serves.

    `origins` are of the form "https://example.org"; `root_path` is the path below which the server is
    reached where no trusted proxy says another one. `key` is the developer's, under `--dev`.
    """

    names: OwnNames
    proxies: TrustedProxies = TrustedProxies()
    root_path: str = ""
    origins: frozenset[str] = frozenset()
    key: DeveloperKey | None = None
