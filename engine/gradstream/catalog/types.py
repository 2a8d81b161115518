"""The catalog as an immutable snapshot of its demos, with and without errors."""

from collections.abc import Mapping

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.document.types import Document
from gradstream.format.gate import Gate
from gradstream.format.generator.code_view import CodeView
from gradstream.format.types import CatalogOptions, Demo


class BrokenDemo(Struct, frozen=True, kw_only=True):
    """A demo whose file has errors: what can be shown of it, and the errors.

    `title` is taken from the YAML if it could be read, else it is the address. `source` is the text as
    written, which visitors do not read with `hides_source`. `gate` says who may open it, as in a demo.
    """

    address: str
    file: str
    title: str
    source: str
    hides_source: bool = False
    revision: str
    gate: Gate | None = None
    diagnostics: tuple[Diagnostic, ...]


class CatalogSnapshot(Struct, frozen=True, kw_only=True):
    """One consistent state of the catalog's folder. `version` counts snapshots from 1.

    `root` is the absolute folder. `demos` have no errors, `warnings` are their findings, by address;
    `skipped` are the files without the marker; `diagnostics` concern `gradstream.yaml` itself. `files` maps
    each demo file (absolute) to its address. `stale` has, for demos that are served as they were before their
    last save, the errors of that save. `beside` has, by address, the absolute paths of other files that a
    demo's YAML names. `defaults` is the document that every demo is layered over. `code` has, by address,
    what the checks of demos without errors have seen of their generators, in the order of their actions.
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
    code: Mapping[str, tuple[CodeView, ...]] = {}
