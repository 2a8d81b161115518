"""A cache of demos without errors, kept between starts: reading them again costs a tenth.

    .gradstream/cache/verdicts --same engine, same gradstream.yaml?--> {file: CachedDemo}
    file --same text, same code, same data?--> the cached demo; otherwise it is checked in full

Never cached: demos with errors, with values from the environment or passwords of their own (so that no secret
is ever written), with `watch`, and with a Python of their own. Generators are located again at each start.
"""

import os
import sys
import time
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

from msgspec import DecodeError, Struct, msgpack
from msgspec.structs import replace

import gradstream
from gradstream.catalog.checked_file import CatalogContext, CheckedFile
from gradstream.catalog.discovery import CATALOG_FILE, DemoFile
from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.code_view import CodeView
from gradstream.format.generator.resolve import Located, locate
from gradstream.format.schema.validators import schema_folder
from gradstream.format.types import Demo

CACHE_FOLDER = ".gradstream/cache"
"""In the catalog's folder, under a name that globs skip."""

FEWEST = 50
"""A smaller catalog is checked in an instant: nothing is written."""

MAX_BYTES = 64 * 2**20
"""About forty thousand demos; a larger cache is neither written nor read."""

CLOCK_NS = 50_000_000
"""File timestamps lag behind the clock by at most this: the kernel updates them once a tick."""

DIGEST_BYTES = 16

Digest = bytes


class CachedDemo(Struct, frozen=True, array_like=True):
    """A demo without errors, without its source, and digests of everything that the check depended on.

    `text` is the digest of its YAML, `code` the location of each generator and the digest of its source,
    `data` the files that the YAML names, `views` what the check has seen of each generator.
    """

    text: Digest
    demo: Demo
    diagnostics: tuple[Diagnostic, ...]
    code: tuple[tuple[Located, Digest], ...]
    data: tuple[tuple[str, Digest], ...]
    views: tuple[CodeView, ...]


class CheckCache:
    """The cached demos of one catalog: those of the last start are found, those of this one are added.

    Demos whose files changed since `began_ns` (now) are not added: the check may have seen the older content.
    """

    def __init__(self, root: Path, *, began_ns: int | None = None) -> None:
        self._began_ns = time.time_ns() if began_ns is None else began_ns
        self._file = root / CACHE_FOLDER / "verdicts"
        self._engine = _engine_digest()
        self._foundation = b""
        self._known: Mapping[str, CachedDemo] = {}
        self._kept: dict[str, CachedDemo] = {}
        self._digests: dict[str, Digest] = {}
        self._changed_ns: dict[str, int] = {}
        self._is_new = False

    def load(self, context: CatalogContext) -> None:
        """Load the cache if it was written by the same engine for the same catalog; else start empty."""
        self._foundation = _foundation(context, self._engine)
        self._known = _load(self._file, self._foundation)

    def find(self, found: DemoFile, data: bytes, context: CatalogContext) -> CheckedFile | None:
        """Return the cached demo if nothing that its check depended on has changed."""
        cached = self._known.get(found.file)
        if cached is None or cached.text != _digest(data) or cached.demo.address != found.address:
            return None
        if not self._is_same(cached, context):
            return None
        self._kept[found.file] = cached
        demo = replace(cached.demo, source=_text(data))
        beside = tuple(path for path, _ in cached.data)
        return CheckedFile(
            found=found, demo=demo, diagnostics=cached.diagnostics, beside=beside, code=cached.views
        )

    def add(self, entry: CheckedFile, data: bytes) -> None:
        """Add a checked file, if a later start can find out whether it is unchanged."""
        demo = entry.demo
        if demo is None or demo.watch or demo.worker.python is not None or demo.gate or entry.takes_variables:
            return
        located = [locate(path) for path in demo.paths]
        code = tuple((each, self._code(each)) for each in located if isinstance(each, Located))
        named = tuple((path, self._data(path, demo)) for path in entry.beside)
        if len(code) == len(located) and self._is_settled(demo, code, named):
            bare = replace(demo, source="")
            cached = CachedDemo(_digest(data), bare, entry.diagnostics, code, named, entry.code)
            self._kept[entry.found.file] = cached
            self._is_new = True

    def save(self) -> None:
        """Write the cache, whole or not at all; a read-only folder gets none."""
        if len(self._kept) < FEWEST or not (self._is_new or len(self._kept) < len(self._known)):
            return
        payload = msgpack.encode(self._kept)
        if len(payload) <= MAX_BYTES:
            try:
                _write(self._file, self._foundation + _digest(payload) + payload)
            except OSError:
                return  # the catalog may be read-only; then every start checks it in full

    def _is_same(self, cached: CachedDemo, context: CatalogContext) -> bool:
        demo = cached.demo
        located = (locate(path) for path in demo.paths)
        code = tuple((each, self._code(each)) for each in located if isinstance(each, Located))
        return (
            demo.root == str(context.root)
            and code == cached.code
            and all(self._data(path, demo) == digest for path, digest in cached.data)
        )

    def _is_settled(
        self, demo: Demo, code: Iterable[tuple[Located, Digest]], data: Iterable[tuple[str, Digest]]
    ) -> bool:
        """Return whether no file, and no folder of modules, changed since the start."""
        paths = {root for action in demo.actions for root in action.generator.roots}
        paths |= {located.file for located, _ in code if located.file is not None}
        paths |= {path for path, _ in data}
        return all(self._is_older(path) for path in paths)

    def _is_older(self, path: str) -> bool:
        if path not in self._changed_ns:
            try:
                # Unlike the modification time, it cannot be set back.
                self._changed_ns[path] = Path(path).stat().st_ctime_ns
            except FileNotFoundError:
                # A package that a generator's path may lead through: missing since its folder has changed.
                return self._is_older(str(Path(path).parent))
            except OSError:
                return False
        return self._changed_ns[path] < self._began_ns - CLOCK_NS

    def _code(self, located: Located) -> Digest:
        return self._file_digest(located.file) if located.file is not None else b""

    def _data(self, path: str, demo: Demo) -> Digest:
        """Return a digest of a file; of the thumbnail, only of whether it is there, below the root."""
        if demo.thumbnail is None or path != os.path.normpath(Path(demo.folder, demo.thumbnail)):
            return self._file_digest(path)
        is_there = Path(path).is_file() and Path(path).resolve().is_relative_to(Path(demo.root).resolve())
        return b"there" if is_there else b""

    def _file_digest(self, path: str) -> Digest:
        """Return a digest of the file's content, read once for all demos; empty when it is unreadable."""
        if path not in self._digests:
            try:
                self._digests[path] = _digest(Path(path).read_bytes())
            except OSError:
                self._digests[path] = b""
        return self._digests[path]


def _text(data: bytes) -> str:
    return data.decode("utf-8").removeprefix("\ufeff")


def _digest(data: bytes) -> Digest:
    return blake2b(data, digest_size=DIGEST_BYTES).digest()


def _engine_digest() -> Digest:
    """Return a digest of the checking program: its version, and the size and time of each of its files."""
    package = Path(gradstream.__file__).parent
    files = sorted((*package.rglob("*.py"), *schema_folder().rglob("*.json")))
    stamps = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return _digest(repr((gradstream.__version__, sys.version, sys.executable, stamps)).encode())


def _foundation(context: CatalogContext, engine: Digest) -> Digest:
    """Return a digest of everything that all demos of a catalog depend on."""
    try:
        catalog = (context.root / CATALOG_FILE).read_bytes()
    except OSError:
        catalog = b""
    options = context.catalog.options
    return _digest(repr((engine, str(context.root), options.demos, _digest(catalog))).encode())


def _load(file: Path, foundation: Digest) -> Mapping[str, CachedDemo]:
    try:
        if file.stat().st_size > MAX_BYTES + 2 * DIGEST_BYTES:
            return {}
        data = file.read_bytes()
    except OSError:
        return {}  # the first start, or an unreadable folder
    head, payload = data[: 2 * DIGEST_BYTES], data[2 * DIGEST_BYTES :]
    if head != foundation + _digest(payload):
        return {}
    try:
        return msgpack.decode(payload, type=dict[str, CachedDemo])
    except DecodeError:
        return {}


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    (file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    with NamedTemporaryFile(dir=file.parent, prefix="verdicts.", delete=False) as temporary:
        temporary.write(data)
    try:
        Path(temporary.name).replace(file)
    except OSError:
        Path(temporary.name).unlink(missing_ok=True)
        raise
