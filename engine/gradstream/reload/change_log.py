"""A change of the catalog -> what the terminal says of it.

good --> one line    with mistakes --> the mistakes, as `check` shows them    many at once --> their number
"""

import logging
from pathlib import Path

from gradstream.catalog.discovery import CATALOG_FILE
from gradstream.catalog.store import CatalogChange
from gradstream.catalog.types import Snapshot
from gradstream.diagnostics import Diagnostic
from gradstream.report.terminal import render_one

log = logging.getLogger(__name__)

MOST_TOLD = 10
"""More demos than these at once are counted: nobody reads five hundred lines after a git checkout."""


def tell_changes(change: CatalogChange, *, before: Snapshot, after: Snapshot) -> None:
    """Log what is new, by the demo, and what is wrong with the catalog's own file."""
    if after.diagnostics != before.diagnostics or after.options != before.options:
        _tell_catalog(after)
    with_mistakes = [address for address in change.demos if address in after.broken or address in after.stale]
    good = [address for address in change.demos if address in after.demos and address not in after.stale]
    _tell_all(good, "is as its file says now", "are as their files say now")
    _tell_all(change.removed, "is gone", "are gone")
    for address in with_mistakes[:MOST_TOLD]:
        _tell_mistakes(address, after)
    if len(with_mistakes) > MOST_TOLD:
        log.warning("%d more demos have mistakes: see `gradstream check`", len(with_mistakes) - MOST_TOLD)


def _tell_all(addresses: list[str] | tuple[str, ...], one: str, several: str) -> None:
    if len(addresses) > MOST_TOLD:
        log.info("%d demos %s", len(addresses), several)
        return
    for address in addresses:
        log.info("%s %s", address, one)


def _tell_mistakes(address: str, snapshot: Snapshot) -> None:
    broken = snapshot.stale.get(address) or snapshot.broken[address]
    how = "its page is as it was before" if address in snapshot.stale else "its page shows them"
    text = _rendered(broken.diagnostics, {broken.file: broken.source})
    log.warning("%s has mistakes; %s, until they are mended\n%s", broken.file, how, text)


def _tell_catalog(snapshot: Snapshot) -> None:
    if not snapshot.diagnostics:
        log.info("the catalog is as %s says now", CATALOG_FILE)
        return
    text = _rendered(snapshot.diagnostics, {CATALOG_FILE: _source(snapshot)})
    if any(each.is_error for each in snapshot.diagnostics):
        log.warning("%s has mistakes; the catalog is as it was before them\n%s", CATALOG_FILE, text)
    else:
        log.warning("the catalog is as %s says now, but for this\n%s", CATALOG_FILE, text)


def _rendered(diagnostics: tuple[Diagnostic, ...], sources: dict[str, str]) -> str:
    return "\n\n".join(render_one(found, sources=sources.get) for found in diagnostics)


def _source(snapshot: Snapshot) -> str:
    try:
        return Path(snapshot.root, CATALOG_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # gone since it was read; what is wrong with it is told without the lines
