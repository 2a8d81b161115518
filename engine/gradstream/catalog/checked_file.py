"""Checks one file of a catalog: it is a demo, a broken demo, or not a demo.

bytes --document--> Reading --format--> Demo | diagnostics --> CheckedFile
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gradstream.catalog.discovery import CATALOG_FILE, DemoFile, is_utf8, legible
from gradstream.catalog.types import BrokenDemo
from gradstream.components.registry import KINDS
from gradstream.diagnostics import Diagnostic, Span
from gradstream.document.pasted.look import guess_about
from gradstream.document.read import read, read_text
from gradstream.document.types import Document, Reading
from gradstream.format.catalog_file import CatalogReading, load_catalog
from gradstream.format.draft import DemoPlace
from gradstream.format.gate import CLOSED, Gate
from gradstream.format.generator.binding import BINDING_CODES
from gradstream.format.generator.code_view import CodeView
from gradstream.format.load import DemoReading, load_demo
from gradstream.format.marker import is_demo, looks_like_demo
from gradstream.format.rules.access import gate_of_text
from gradstream.format.types import CatalogOptions, Demo
from gradstream.limits import Limits
from gradstream.redaction.mask import hide
from gradstream.redaction.written import words_written
from gradstream.repairs.trial import Verdict, settle

_HIDDEN_SOURCE = re.compile(r"^source:\s*[\"']?hidden\b", re.MULTILINE)

NO_LIMITS = Limits()
"""Those of files that no catalog bounds."""

DIRECT = ("**/*.yaml", "**/*.yml")
"""The globs for a folder that has neither gradstream.yaml nor a folder `demos`."""


class CheckedFile(Struct, frozen=True, kw_only=True):
    """A file that was read: `demo` or `broken`, or neither if it has no marker.

    `beside` are the absolute paths of other files that it names. `takes_variables`: values of the demo, or of
    the catalog's defaults, come from the environment. `code` is what the check has seen of its generators.
    """

    found: DemoFile
    demo: Demo | None = None
    broken: BrokenDemo | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    beside: tuple[str, ...] = ()
    takes_variables: bool = False
    code: tuple[CodeView, ...] = ()

    @property
    def is_demo(self) -> bool:
        """Whether the file is a demo, with or without errors."""
        return self.demo is not None or self.broken is not None


class CatalogContext(Struct, frozen=True, kw_only=True):
    """What is needed to check any file of a catalog."""

    root: Path
    catalog: CatalogReading
    environ: Mapping[str, str]

    @property
    def limits(self) -> Limits:
        """How large files of demos may be."""
        return self.catalog.options.limits


def read_context(root: Path, *, environ: Mapping[str, str], file: str = CATALOG_FILE) -> CatalogContext:
    """Read `gradstream.yaml`, which diagnostics call `file`; without one, return defaults."""
    name = legible(root.name) or "Demos"
    path = root / CATALOG_FILE
    if path.is_file():
        reading = _reading(read_data(path), file=file, environ=environ)
        catalog = _catalog(reading, name=name, root=root, environ=environ)
    elif (root / "demos").is_dir():
        catalog = CatalogReading(options=CatalogOptions(title=name), defaults=None, diagnostics=())
    else:
        options = CatalogOptions(title=name, demos=DIRECT)
        catalog = CatalogReading(options=options, defaults=None, diagnostics=())
    return CatalogContext(root=root, catalog=catalog, environ=environ)


def check_catalog_text(text: str, context: CatalogContext, *, file: str) -> Sequence[Diagnostic]:
    """Check a text as if it were that of the catalog's own file."""
    reading = read_text(text, file=file, environ=context.environ)
    root = context.root
    return _catalog(reading, name=root.name, root=root, environ=context.environ).diagnostics


def _catalog(reading: Reading, *, name: str, root: Path, environ: Mapping[str, str]) -> CatalogReading:
    """Load `gradstream.yaml`; its findings have only the repairs that work."""
    loaded = load_catalog(reading, name=name, root=root)
    file = reading.document.file if reading.document else ""

    def judge(text: str) -> Verdict:
        again = load_catalog(read_text(text, file=file, environ=environ), name=name, root=root)
        return Verdict(diagnostics=again.diagnostics)

    found = settle(reading.source, Verdict(diagnostics=loaded.diagnostics), judge)
    return replace(loaded, diagnostics=_without_secrets(found, reading.source))


def check_file(found: DemoFile, context: CatalogContext, *, asked: bool = False) -> CheckedFile:
    """Read and check one file; with `asked`, check it as a demo even without the marker."""
    return check_data(read_data(found.path, context.limits), found, context, asked=asked)


def check_data(
    data: bytes | OSError, found: DemoFile, context: CatalogContext, *, asked: bool = False
) -> CheckedFile:
    """Check the bytes of a file, or report the error that reading it raised."""
    reading = _reading(data, file=found.file, environ=context.environ, limits=context.limits)
    could_not_open = reading.document is None and not reading.source
    if not (asked or could_not_open or is_demo(reading)):
        return CheckedFile(found=found, diagnostics=(_no_marker(found),) if looks_like_demo(reading) else ())
    if not (is_utf8(found.path) and is_utf8(found.path.parent.resolve())):
        # Workers import by the path that links lead to. Such a path cannot be sent to a page or a worker.
        found_bad = (_not_utf8(found),)
        broken = _broken(
            found,
            title=found.address,
            source=reading.source,
            diagnostics=found_bad,
            hides_source=_hides_source(reading, context.catalog.defaults),
            gate=gate_of_text(reading.source),
        )
        return CheckedFile(found=found, broken=broken, diagnostics=found_bad)
    place = DemoPlace(
        address=found.address,
        file=found.file,
        folder=str(found.path.parent),
        root=str(context.root),
        examples_bytes=context.limits.examples_bytes,
    )
    loaded = load_tried(reading, place=place, context=context)
    if loaded.demo is not None and found.has_valid_name:
        return CheckedFile(
            found=found,
            demo=loaded.demo,
            diagnostics=loaded.diagnostics,
            beside=loaded.beside,
            takes_variables=bool(context.catalog.options.secrets)
            or _takes_variables(reading.document, context.catalog.defaults),
            code=loaded.code,
        )
    diagnostics = loaded.diagnostics if found.has_valid_name else (_bad_name(found), *loaded.diagnostics)
    broken = _broken(
        found,
        title=loaded.title,
        source=reading.source,
        diagnostics=diagnostics,
        hides_source=_hides_source(reading, context.catalog.defaults),
        gate=loaded.gate,
    )
    return CheckedFile(found=found, broken=broken, diagnostics=diagnostics, beside=loaded.beside)


def load_tried(reading: Reading, *, place: DemoPlace, context: CatalogContext) -> DemoReading:
    """Load a demo; its findings have only the repairs that work."""

    def load(reading: Reading) -> DemoReading:
        catalog = context.catalog
        return load_demo(
            reading,
            place=place,
            kinds=KINDS,
            defaults=catalog.defaults,
            catalog=catalog.options,
        )

    def judge(text: str) -> Verdict:
        return verdict(
            load(
                read_text(
                    text, file=place.file, environ=context.environ, most_values=context.limits.yaml_values
                )
            )
        )

    loaded = load(reading)
    is_wrong = any(each.is_error for each in loaded.diagnostics) and reading.document is not None
    is_guessed = is_wrong and not loaded.is_other
    guesses = guess_about(reading.source, file=place.file) if is_guessed else ()
    found = settle(reading.source, verdict(loaded), judge, guesses=guesses)
    return replace(loaded, diagnostics=_without_secrets(found, reading.source))


def _without_secrets(found: Sequence[Diagnostic], source: str) -> tuple[Diagnostic, ...]:
    """Return the findings, which quote no password that is written in the file."""
    if "access" not in source:
        return tuple(found)
    return tuple(_without_words(each, _words_at(each.span, source)) for each in found)


def _without_words(found: Diagnostic, words: Sequence[str]) -> Diagnostic:
    if not words:
        return found
    return replace(
        found,
        message=hide(found.message, words),
        expected=hide(found.expected, words),
        found=hide(found.found, words),
        repair=hide(found.repair, words),
        fixes=tuple(replace(fix, title=hide(fix.title, words)) for fix in found.fixes),
    )


def _words_at(span: Span, source: str) -> Sequence[str]:
    return words_written(source, first=span.line, last=span.end_line)


def verdict(loaded: DemoReading) -> Verdict:
    """Return what a check of a demo's text gave."""
    return Verdict(diagnostics=loaded.diagnostics, bound=loaded.bound, late=BINDING_CODES)


def _takes_variables(*documents: Document | None) -> bool:
    return any(document is not None and document.substituted for document in documents)


def resolve_addresses(files: Sequence[CheckedFile]) -> list[CheckedFile]:
    """Return the demos among these files; files that claim the same address become one broken demo."""
    by_address: dict[str, list[CheckedFile]] = {}
    for file in files:
        if file.is_demo:
            by_address.setdefault(file.found.address, []).append(file)
    return [same[0] if len(same) == 1 else _same_address_demo(same) for same in by_address.values()]


def read_data(path: Path, limits: Limits = NO_LIMITS) -> bytes | OSError:
    """Return a file's bytes, up to one more than allowed; the error if it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(limits.yaml_bytes + 1)
    except OSError as error:
        return error


def _reading(
    data: bytes | OSError, *, file: str, environ: Mapping[str, str], limits: Limits = NO_LIMITS
) -> Reading:
    """Parse a document; a file that could not be opened has a diagnostic and no source."""
    if isinstance(data, OSError):
        return Reading(source="", document=None, diagnostics=(_unreadable(file, data),))
    return read(
        data,
        file=file,
        environ=environ,
        most_bytes=limits.yaml_bytes,
        most_values=limits.yaml_values,
    )


def _hides_source(reading: Reading, defaults: Document | None) -> bool:
    """Return whether visitors do not read a file that has errors, even one that cannot be parsed."""
    values = reading.document.values if reading.document is not None else None
    below = defaults.values if defaults is not None else {}
    if isinstance(values, Mapping):
        return bool(values.get("source", below.get("source", "shown")) != "shown")
    return below.get("source") == "hidden" or _HIDDEN_SOURCE.search(reading.source) is not None


def _broken(
    found: DemoFile,
    *,
    title: str,
    source: str,
    diagnostics: tuple[Diagnostic, ...],
    hides_source: bool,
    gate: Gate | None,
) -> BrokenDemo:
    shown = repr((title, source, diagnostics, hides_source)).encode("utf-8", "replace")
    return BrokenDemo(
        address=found.address,
        file=found.file,
        title=title,
        source=source,
        hides_source=hides_source,
        revision=blake2b(shown, digest_size=12).hexdigest(),
        gate=gate,
        diagnostics=diagnostics,
    )


def _same_address_demo(same: Sequence[CheckedFile]) -> CheckedFile:
    """Return one broken demo that reports, for each of the files, that they share an address."""
    first = same[0]
    source = first.demo.source if first.demo is not None else ""
    source = first.broken.source if first.broken is not None else source
    files = [entry.found.file for entry in same]
    diagnostics = tuple(_same_address(file, first.found.address, files) for file in files)
    broken = _broken(
        first.found,
        title=first.found.address,
        source=source,
        diagnostics=diagnostics,
        hides_source=any(map(_is_hidden, same)),
        gate=CLOSED if any(map(_is_guarded, same)) else None,
    )
    return CheckedFile(found=first.found, broken=broken, diagnostics=diagnostics)


def _is_hidden(file: CheckedFile) -> bool:
    hides_demo = file.demo is not None and file.demo.hides_source
    return hides_demo or (file.broken is not None and file.broken.hides_source)


def _is_guarded(file: CheckedFile) -> bool:
    own = file.demo or file.broken
    return own is not None and own.gate is not None


def _unreadable(file: str, error: OSError) -> Diagnostic:
    return Diagnostic(
        span=Span.file_start(file),
        code="E-FILE-UNREADABLE",
        message="the file cannot be read",
        expected="a file that this user may read",
        found=(error.strerror or "it cannot be opened").lower(),
        repair="see that it exists and who may read it",
    )


def _no_marker(found: DemoFile) -> Diagnostic:
    return Diagnostic(
        span=Span.file_start(found.file),
        code="W-NO-MARKER",
        severity="warning",
        message="the file looks like a demo and is passed over",
        expected="`gradstream: 1` at the top of a demo",
        found="no `gradstream:`",
        repair="add a line `gradstream: 1`, or leave it as it is if it is not a demo",
    )


def _bad_name(found: DemoFile) -> Diagnostic:
    wrong = ", ".join(f"`{name}`" for name, _ in found.renames)
    right = ", ".join(f"`{name}`" for _, name in found.renames)
    *folders, last = [
        f"the {'file' if found.path.name == name else 'folder'} `{name}` to `{plain}`"
        for name, plain in found.renames
    ]
    return Diagnostic(
        span=Span.file_start(found.file),
        code="E-FILE-NAME",
        message="the name of a demo's file or folder has a dot or a space, and names make the address",
        expected=f"names such as {right}",
        found=wrong,
        repair="rename " + (f"{', '.join(folders)} and {last}" if folders else last),
    )


def _not_utf8(found: DemoFile) -> Diagnostic:
    return Diagnostic(
        span=Span.file_start(found.file),
        code="E-FILE-NAME",
        message="the name of a demo's file or of a folder around it is not UTF-8, and names make the address",
        expected="names in UTF-8",
        found=f"`{found.file}`",
        repair="rename the file, or the folder",
    )


def _same_address(file: str, address: str, files: Sequence[str]) -> Diagnostic:
    others = ", ".join(f"`{each}`" for each in files if each != file)
    return Diagnostic(
        span=Span.file_start(file),
        code="E-SAME-ADDRESS",
        message=f"the address `{address}` belongs to {others} as well",
        expected="an address of its own for each demo",
        found=f"`{address}` twice",
        repair="rename one of the files",
    )
