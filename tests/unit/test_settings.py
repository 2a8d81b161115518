"""The command line goes before the catalog, and the catalog before the defaults."""

import pytest

from gradstream.format.types import CatalogOptions
from gradstream.limits import Limits
from gradstream.settings import DEFAULT_HOST, is_loopback, merge


def test_defaults() -> None:
    """Without a word from anybody only this machine is served, with details for its developer."""
    settings = merge(CatalogOptions(title="Lab"))
    assert (settings.host, settings.port, settings.dev) == (DEFAULT_HOST, None, True)
    assert (settings.limits, settings.origins) == (Limits(), frozenset())


def test_the_catalog_s_own_settings() -> None:
    """What gradstream.yaml says holds where the command line says nothing."""
    options = CatalogOptions(
        title="Lab",
        host="192.0.2.1",
        port=9000,
        origins=("https://example.org",),
        limits=Limits(journal_events=5),
    )
    settings = merge(options)
    assert (settings.host, settings.port, settings.dev) == ("192.0.2.1", 9000, False)
    assert (settings.limits, settings.origins) == (
        Limits(journal_events=5),
        frozenset({"https://example.org"}),
    )


def test_the_command_line_wins() -> None:
    """Port 0 and --no-dev are words too."""
    settings = merge(CatalogOptions(title="Lab", host="::1", port=9000), host="127.0.0.1", port=0, dev=False)
    assert (settings.host, settings.port, settings.dev) == ("127.0.0.1", 0, False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "a.localhost"])
def test_loopback(host: str) -> None:
    """These hosts no other machine reaches."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["::", "192.168.0.1", "example.org", "", "localhost.example.org"])
def test_everything_else(host: str) -> None:
    """Any other host may be reached from elsewhere."""
    assert not is_loopback(host)


def test_origins_as_browsers_send_them() -> None:
    """However an origin is written, it is the one that a browser names."""
    written = (
        "https://Example.org:443",
        "http://example.org:80",
        "http://localhost:8080",
        "https://a.org:80",
    )
    settings = merge(CatalogOptions(title="Lab", origins=written))
    assert settings.origins == {
        "https://example.org",
        "http://example.org",
        "http://localhost:8080",
        "https://a.org:80",
    }


def test_names_and_paths_in_front() -> None:
    """Names are in lower case, as hosts are compared; the command line's root path wins."""
    options = CatalogOptions(title="Lab", hosts=("Lab.Example",), root_path="/own/", proxies=("::1",))
    assert merge(options).hosts == {"lab.example"}
    assert merge(options).proxies == ("::1",)
    assert (merge(options).root_path, merge(options, root_path="/lab").root_path) == ("/own", "/lab")
