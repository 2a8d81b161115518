"""One file of a catalog -> what it is: a demo, a broken demo, or no demo at all.

bytes --document--> Reading --spec--> Demo | diagnostics --> Entry
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from gradstream.catalog.discovery import CATALOG_FILE, Found, is_utf8, legible
from gradstream.catalog.types import BrokenDemo
from gradstream.diagnostics import Diagnostic, Span
from gradstream.document.limits import MAX_BYTES
from gradstream.document.read import read
from gradstream.document.types import Document, Reading
from gradstream.format.catalog_file import CatalogReading, load_catalog
from gradstream.format.draft import DemoPlace
from gradstream.format.load import load_demo
from gradstream.format.marker import is_demo, looks_like_demo
from gradstream.format.types import CatalogOptions, Demo

DIRECT = ("**/*.yaml", "**/*.yml")
"""Where demos are in a folder that has neither gradstream.yaml nor a folder `demos`."""


class Entry(Struct, frozen=True, kw_only=True):
    """One file that was read: `demo` or `broken`, or neither where it carries no marker.

    `beside` has the absolute paths of other files that it names. `takes_variables`: values of a good demo, or
    of the catalog's defaults, come from the environment.
    """

    found: Found
    demo: Demo | None = None
    broken: BrokenDemo | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    beside: tuple[str, ...] = ()
    takes_variables: bool = False

    @property
    def is_demo(self) -> bool:
        """Tell whether the file is a demo, good or broken."""
        return self.demo is not None or self.broken is not None


class Surroundings(Struct, frozen=True, kw_only=True):
    """What every file of a catalog is read with."""

    root: Path
    catalog: CatalogReading
    environ: Mapping[str, str]


def read_surroundings(root: Path, *, environ: Mapping[str, str], file: str = CATALOG_FILE) -> Surroundings:
    """Read `gradstream.yaml`, which diagnostics name `file`; defaults take its place where there is none."""
    name = legible(root.name) or "Demos"
    path = root / CATALOG_FILE
    if path.is_file():
        catalog = load_catalog(_reading(read_data(path), file=file, environ=environ), name=name)
    elif (root / "demos").is_dir():
        catalog = CatalogReading(options=CatalogOptions(title=name), defaults=None, diagnostics=())
    else:
        options = CatalogOptions(title=name, demos=DIRECT)
        catalog = CatalogReading(options=options, defaults=None, diagnostics=())
    return Surroundings(root=root, catalog=catalog, environ=environ)


def read_entry(found: Found, surroundings: Surroundings, *, asked: bool = False) -> Entry:
    """Read one file; with `asked` it is taken for a demo even without the marker, to say what it lacks."""
    return entry_of(read_data(found.path), found, surroundings, asked=asked)


def entry_of(
    data: bytes | OSError, found: Found, surroundings: Surroundings, *, asked: bool = False
) -> Entry:
    """Return what a file is whose bytes were read, or could not be."""
    reading = _reading(data, file=found.file, environ=surroundings.environ)
    could_not_open = reading.document is None and not reading.source
    if not (asked or could_not_open or is_demo(reading)):
        return Entry(found=found, diagnostics=(_no_marker(found),) if looks_like_demo(reading) else ())
    if not is_utf8(found.path):
        # Such a path fits into no message to a page or a worker.
        found_bad = (_not_utf8(found),)
        broken = _broken(found, title=found.address, source=reading.source, diagnostics=found_bad)
        return Entry(found=found, broken=broken, diagnostics=found_bad)
    place = DemoPlace(
        address=found.address,
        file=found.file,
        folder=str(found.path.parent),
        root=str(surroundings.root),
    )
    loaded = load_demo(reading, place=place, defaults=surroundings.catalog.defaults)
    if loaded.demo is not None and found.is_sound:
        return Entry(
            found=found,
            demo=loaded.demo,
            diagnostics=loaded.diagnostics,
            beside=loaded.beside,
            takes_variables=_takes_variables(reading.document, surroundings.catalog.defaults),
        )
    diagnostics = loaded.diagnostics if found.is_sound else (_bad_name(found), *loaded.diagnostics)
    broken = _broken(found, title=loaded.title, source=reading.source, diagnostics=diagnostics)
    return Entry(found=found, broken=broken, diagnostics=diagnostics, beside=loaded.beside)


def _takes_variables(*documents: Document | None) -> bool:
    return any(document is not None and document.substituted for document in documents)


def settle(entries: Sequence[Entry]) -> list[Entry]:
    """Return the demos of all entries with the addresses that several claim given to none of them."""
    by_address: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.is_demo:
            by_address.setdefault(entry.found.address, []).append(entry)
    return [same[0] if len(same) == 1 else _disputed(same) for same in by_address.values()]


def read_data(path: Path) -> bytes | OSError:
    """Read a file's bytes, one more than it may have at most; the error when it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return error


def _reading(data: bytes | OSError, *, file: str, environ: Mapping[str, str]) -> Reading:
    """Read a document; a file that cannot be opened has a diagnostic and no source."""
    if isinstance(data, OSError):
        return Reading(source="", document=None, diagnostics=(_unreadable(file, data),))
    return read(data, file=file, environ=environ)


def _broken(found: Found, *, title: str, source: str, diagnostics: tuple[Diagnostic, ...]) -> BrokenDemo:
    shown = repr((title, source, diagnostics)).encode("utf-8", "replace")
    return BrokenDemo(
        address=found.address,
        file=found.file,
        title=title,
        source=source,
        revision=blake2b(shown, digest_size=12).hexdigest(),
        diagnostics=diagnostics,
    )


def _disputed(same: Sequence[Entry]) -> Entry:
    """Return one broken demo that says on each of the files that they share an address."""
    first = same[0]
    source = first.demo.source if first.demo is not None else ""
    source = first.broken.source if first.broken is not None else source
    files = [entry.found.file for entry in same]
    diagnostics = tuple(_same_address(file, first.found.address, files) for file in files)
    broken = _broken(first.found, title=first.found.address, source=source, diagnostics=diagnostics)
    return Entry(found=first.found, broken=broken, diagnostics=diagnostics)


def _unreadable(file: str, error: OSError) -> Diagnostic:
    return Diagnostic(
        span=_beginning(file),
        code="E-FILE-UNREADABLE",
        message="the file cannot be read",
        expected="a file that this user may read",
        found=(error.strerror or "it cannot be opened").lower(),
        repair="see that it exists and who may read it",
    )


def _no_marker(found: Found) -> Diagnostic:
    return Diagnostic(
        span=_beginning(found.file),
        code="W-NO-MARKER",
        severity="warning",
        message="the file looks like a demo and is passed over",
        expected="`gradstream: 1` at the top of a demo",
        found="no `gradstream:`",
        repair="add a line `gradstream: 1`, or leave it as it is if it is no demo",
    )


def _bad_name(found: Found) -> Diagnostic:
    stem, suffix = found.path.stem, found.path.suffix
    plain = stem.replace(".", "_").replace(" ", "_") + suffix
    return Diagnostic(
        span=_beginning(found.file),
        code="E-FILE-NAME",
        message="the name of a demo's file or folder has a dot or a space, and names make the address",
        expected=f"a name such as `{plain}`",
        found=f"`{found.file}`",
        repair="rename the file, or the folder",
    )


def _not_utf8(found: Found) -> Diagnostic:
    return Diagnostic(
        span=_beginning(found.file),
        code="E-FILE-NAME",
        message="the name of a demo's file or of a folder around it is not UTF-8, and names make the address",
        expected="names in UTF-8",
        found=f"`{found.file}`",
        repair="rename the file, or the folder",
    )


def _same_address(file: str, address: str, files: Sequence[str]) -> Diagnostic:
    others = ", ".join(f"`{each}`" for each in files if each != file)
    return Diagnostic(
        span=_beginning(file),
        code="E-SAME-ADDRESS",
        message=f"the address `{address}` belongs to {others} as well",
        expected="an address of its own for each demo",
        found=f"`{address}` twice",
        repair="rename one of the files",
    )


def _beginning(file: str) -> Span:
    return Span(file=file, line=1, column=1, end_line=1, end_column=1)
