"""Demos that were found good, kept from start to start: reading them again costs a tenth.

    .gradstream/cache/verdicts --same engine, same gradstream.yaml?--> {file: Verdict}
    file --same text, same code, same data?--> the demo as it was, or nothing: then it is read in full

What cannot be told to be the same is read in full: demos with mistakes, with values from the environment (so
that no secret is ever written), and with `watch`. Where generators are is looked up each time.
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
from gradstream.catalog.discovery import CATALOG_FILE, Found
from gradstream.catalog.entries import Entry, Surroundings
from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.resolve import Located, locate
from gradstream.format.schema.validators import schema_folder
from gradstream.format.types import Demo

CACHE_FOLDER = ".gradstream/cache"
"""Beside the catalog, under a name that no glob looks into."""

FEWEST = 50
"""A smaller catalog is read in a blink: nothing is written beside it."""

MAX_BYTES = 64 * 2**20
"""Some forty thousand demos; a larger cache is not written, and not read."""

CLOCK_NS = 50_000_000
"""The clock of file systems is this much behind at most: it goes by the ticks of the kernel."""

DIGEST_BYTES = 16

Digest = bytes


class Verdict(Struct, frozen=True, array_like=True):
    """A good demo without its source, and what it rests on.

    `text` is a digest of its YAML, `code` has where each generator is and its source, `data` files that the
    YAML names.
    """

    text: Digest
    demo: Demo
    diagnostics: tuple[Diagnostic, ...]
    code: tuple[tuple[Located, Digest], ...]
    data: tuple[tuple[str, Digest], ...]


class Verdicts:
    """The verdicts of one catalog: those of the last start are found, those of this one are kept.

    What changed since `began_ns` (now) is not kept: its verdict may be about what was there before.
    """

    def __init__(self, root: Path, *, began_ns: int | None = None) -> None:
        self._began_ns = time.time_ns() if began_ns is None else began_ns
        self._file = root / CACHE_FOLDER / "verdicts"
        self._engine = _engine_digest()
        self._foundation = b""
        self._known: Mapping[str, Verdict] = {}
        self._kept: dict[str, Verdict] = {}
        self._digests: dict[str, Digest] = {}
        self._changed_ns: dict[str, int] = {}
        self._is_new = False

    def begin(self, surroundings: Surroundings) -> None:
        """Load what was kept under the same circumstances; nothing when it cannot be read."""
        self._foundation = _foundation(surroundings, self._engine)
        self._known = _load(self._file, self._foundation)

    def find(self, found: Found, data: bytes, surroundings: Surroundings) -> Entry | None:
        """Return the demo if all that its verdict rests on is as it was."""
        verdict = self._known.get(found.file)
        if verdict is None or verdict.text != _digest(data) or verdict.demo.address != found.address:
            return None
        if not self._is_same(verdict, surroundings):
            return None
        self._kept[found.file] = verdict
        demo = replace(verdict.demo, source=_text(data))
        beside = tuple(path for path, _ in verdict.data)
        return Entry(found=found, demo=demo, diagnostics=verdict.diagnostics, beside=beside)

    def keep(self, entry: Entry, data: bytes) -> None:
        """Keep an entry, if it is one that can be told to be the same next time."""
        demo = entry.demo
        if demo is None or demo.watch or entry.takes_variables:
            return
        located = [locate(action.generator) for action in demo.actions]
        code = tuple((each, self._code(each)) for each in located if isinstance(each, Located))
        named = tuple((path, self._data(path, demo)) for path in entry.beside)
        if len(code) == len(located) and self._held_still(demo, code, named):
            verdict = Verdict(_digest(data), replace(demo, source=""), entry.diagnostics, code, named)
            self._kept[entry.found.file] = verdict
            self._is_new = True

    def save(self) -> None:
        """Write what was kept, whole or not at all; a folder that cannot be written to does without."""
        if len(self._kept) < FEWEST or not (self._is_new or len(self._kept) < len(self._known)):
            return
        payload = msgpack.encode(self._kept)
        if len(payload) <= MAX_BYTES:
            try:
                _write(self._file, self._foundation + _digest(payload) + payload)
            except OSError:
                return  # the catalog may be read-only; then every start reads it in full

    def _is_same(self, verdict: Verdict, surroundings: Surroundings) -> bool:
        demo = verdict.demo
        located = (locate(action.generator) for action in demo.actions)
        code = tuple((each, self._code(each)) for each in located if isinstance(each, Located))
        return (
            demo.root == str(surroundings.root)
            and code == verdict.code
            and all(self._data(path, demo) == digest for path, digest in verdict.data)
        )

    def _held_still(
        self, demo: Demo, code: Iterable[tuple[Located, Digest]], data: Iterable[tuple[str, Digest]]
    ) -> bool:
        """Tell whether nothing that was looked at has changed since: files, and the folders of modules."""
        paths = {root for action in demo.actions for root in action.generator.roots}
        paths |= {located.file for located, _ in code if located.file is not None}
        paths |= {path for path, _ in data}
        return all(self._is_older(path) for path in paths)

    def _is_older(self, path: str) -> bool:
        if path not in self._changed_ns:
            try:
                # Unlike the time of modification, nobody can set it back.
                self._changed_ns[path] = Path(path).stat().st_ctime_ns
            except OSError:
                return False
        return self._changed_ns[path] < self._began_ns - CLOCK_NS

    def _code(self, located: Located) -> Digest:
        return self._file_digest(located.file) if located.file is not None else b""

    def _data(self, path: str, demo: Demo) -> Digest:
        """Return a digest of what matters of a file: of the thumbnail, that it is there, below the root."""
        if demo.thumbnail is None or path != os.path.normpath(Path(demo.folder, demo.thumbnail)):
            return self._file_digest(path)
        is_there = Path(path).is_file() and Path(path).resolve().is_relative_to(demo.root)
        return b"there" if is_there else b""

    def _file_digest(self, path: str) -> Digest:
        """Return a digest of the file's content, read once for all demos; empty when it cannot be read."""
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
    """Return a digest of which program gives the verdicts: its version, and when its files were written."""
    package = Path(gradstream.__file__).parent
    files = sorted((*package.rglob("*.py"), *schema_folder().rglob("*.json")))
    marks = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return _digest(repr((gradstream.__version__, sys.version, sys.executable, marks)).encode())


def _foundation(surroundings: Surroundings, engine: Digest) -> Digest:
    """Return a digest of all that the demos of a catalog have in common."""
    try:
        catalog = (surroundings.root / CATALOG_FILE).read_bytes()
    except OSError:
        catalog = b""
    options = surroundings.catalog.options
    return _digest(repr((engine, str(surroundings.root), options.demos, _digest(catalog))).encode())


def _load(file: Path, foundation: Digest) -> Mapping[str, Verdict]:
    try:
        if file.stat().st_size > MAX_BYTES + 2 * DIGEST_BYTES:
            return {}
        data = file.read_bytes()
    except OSError:
        return {}  # the first start, or a folder that is not ours to read
    head, payload = data[: 2 * DIGEST_BYTES], data[2 * DIGEST_BYTES :]
    if head != foundation + _digest(payload):
        return {}
    try:
        return msgpack.decode(payload, type=dict[str, Verdict])
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
