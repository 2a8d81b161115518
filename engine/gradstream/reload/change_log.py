"""Logs changes of the catalog.

no errors --> one line    errors --> the errors, as `check` shows them    many demos at once --> their number
"""

import logging
from collections.abc import Sequence
from pathlib import Path

from gradstream.catalog.discovery import CATALOG_FILE
from gradstream.catalog.store import CatalogChange
from gradstream.catalog.types import CatalogSnapshot
from gradstream.diagnostics import Diagnostic
from gradstream.report.terminal import Sources, render, render_one, sources_below

log = logging.getLogger(__name__)

MAX_LOGGED = 10
"""More demos than this at once are only counted: nobody reads five hundred lines after a git checkout."""


def log_changes(change: CatalogChange, *, before: CatalogSnapshot, after: CatalogSnapshot) -> None:
    """Log each demo that changed, and the errors of `gradstream.yaml`."""
    if after.diagnostics != before.diagnostics or after.options != before.options:
        _log_catalog(after)
    with_errors = [address for address in change.demos if address in after.broken or address in after.stale]
    good = [address for address in change.demos if address in after.demos and address not in after.stale]
    _log_each("reloaded", good)
    _log_each("removed", change.removed)
    for address in with_errors[:MAX_LOGGED]:
        _log_errors(address, after)
    if len(with_errors) > MAX_LOGGED:
        log.warning("%d more demos have errors; see `gradstream check`", len(with_errors) - MAX_LOGGED)


def _log_each(what: str, addresses: Sequence[str]) -> None:
    if len(addresses) > MAX_LOGGED:
        log.info("%s %d demos", what, len(addresses))
        return
    for address in addresses:
        log.info("%s %s", what, address)


def _log_errors(address: str, snapshot: CatalogSnapshot) -> None:
    broken = snapshot.stale.get(address) or snapshot.broken[address]
    effect = "its page keeps the previous version" if address in snapshot.stale else "its page shows them"
    text = _rendered(broken.diagnostics, sources_below(Path(snapshot.root), {broken.file: broken.source}))
    log.warning("%s has errors; %s until they are fixed\n%s", broken.file, effect, text)


def _log_catalog(snapshot: CatalogSnapshot) -> None:
    if not snapshot.diagnostics:
        log.info("reloaded %s", CATALOG_FILE)
        return
    text = render(snapshot.diagnostics, root=Path(snapshot.root))
    if any(each.is_error for each in snapshot.diagnostics):
        log.warning("%s has errors; its previous version stays in force\n%s", CATALOG_FILE, text)
    else:
        log.warning("reloaded %s, with warnings\n%s", CATALOG_FILE, text)


def _rendered(diagnostics: tuple[Diagnostic, ...], sources: Sources) -> str:
    return "\n\n".join(render_one(found, sources=sources) for found in diagnostics)
