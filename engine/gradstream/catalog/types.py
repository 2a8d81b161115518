"""The catalog as everyone reads it: an immutable snapshot of good demos and, beside them, broken ones."""

from collections.abc import Mapping

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.document.types import Document
from gradstream.format.types import CatalogOptions, Demo


class BrokenDemo(Struct, frozen=True, kw_only=True):
    """A demo whose file has mistakes: what can be shown of it, and the mistakes.

    `title` is the YAML's own where it could be read, else the address. `source` is the text as written.
    """

    address: str
    file: str
    title: str
    source: str
    revision: str
    diagnostics: tuple[Diagnostic, ...]


class Snapshot(Struct, frozen=True, kw_only=True):
    """One consistent reading of the catalog's folder. `version` counts snapshots from 1.

    `root` is the absolute folder. `warnings` has the findings of demos that are good nonetheless, by address;
    `skipped` the files without the marker; `diagnostics` what is wrong with `gradstream.yaml` itself.
    `files` maps each demo file (absolute) to its address. `stale` has what is wrong with the last save of
    demos that are served as they were before it. `beside` has, by address, the absolute paths of other files
    that a demo's YAML names. `defaults` are laid below every demo.
    """

    version: int
    root: str
    options: CatalogOptions
    demos: Mapping[str, Demo]
    broken: Mapping[str, BrokenDemo]
    warnings: Mapping[str, tuple[Diagnostic, ...]]
    skipped: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, str]
    stale: Mapping[str, BrokenDemo] = {}
    beside: Mapping[str, tuple[str, ...]] = {}
    defaults: Document | None = None
