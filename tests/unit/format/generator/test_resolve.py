"""Generator paths are found without running anything, in the same order as the worker imports them."""

import importlib
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator import resolve as resolving
from gradstream.format.generator.hidden import NEEDED
from gradstream.format.generator.modules import MAX_SOURCE_BYTES, Module
from gradstream.format.generator.resolve import (
    Located,
    Target,
    locate,
    package_hidden_by,
    read_located,
    resolve,
    with_colon,
)
from gradstream.format.types import GeneratorPath
from tests.unit.format.demos import SPAN

LIST_FILES = """
import sys, gradstream.worker.main
for module in list(sys.modules.values()):
    print(getattr(module, "__file__", None))
"""


def write(folder: Path, **files: str) -> None:
    """Write files; `__` in a name is a folder, `.py` is added."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def path_of(text: str, *roots: Path) -> GeneratorPath:
    """Return a generator's path with the folders to look in."""
    return GeneratorPath(text=text, span=SPAN, roots=tuple(str(root) for root in roots))


def located(text: str, *roots: Path) -> Located:
    """Locate a path that exists."""
    outcome = locate(path_of(text, *roots))
    assert isinstance(outcome, Located), outcome
    return outcome


def refused(text: str, *roots: Path) -> Diagnostic:
    """Resolve a path that is wrong: the place is the generator's, or that of Python's syntax error."""
    outcome = resolve(path_of(text, *roots))
    assert isinstance(outcome, Diagnostic), outcome
    assert (outcome.span == SPAN) == (outcome.code != "E-PYTHON-SYNTAX")
    assert all((outcome.expected, outcome.found, outcome.repair))
    return outcome


def test_the_demo_s_folder_comes_before_the_catalog_s(tmp_path: Path) -> None:
    """Of two modules of one name the nearer one is meant."""
    near, far = tmp_path / "demos", tmp_path
    write(near, model="def run(): pass\n")
    write(far, model="def run(): pass\n", other="def run(): pass\n")
    assert located("model.run", near, far).root == str(near)
    assert located("other.run", near, far).file == str(far / "other.py")


def test_the_longest_importable_prefix(tmp_path: Path) -> None:
    """Modules are followed as far as they go; the rest are attributes."""
    write(tmp_path, lab__inner__deep="class Model:\n    pass\nmodel = Model()\n")
    (tmp_path / "lab" / "__init__.py").write_text("inner = 1\n")
    (tmp_path / "lab" / "inner" / "__init__.py").write_text("")
    found = located("lab.inner.deep.model.run", tmp_path)
    assert (found.module, found.attributes) == ("lab.inner.deep", ("model", "run"))


def test_folders_without_code_are_packages_too(tmp_path: Path) -> None:
    """A plain folder can be part of a path, but never hides a module."""
    write(tmp_path, demos__model="def run(): pass\n")
    assert located("demos.model.run", tmp_path).module == "demos.model"
    (tmp_path / "numpy").mkdir()
    assert located("numpy.mean", tmp_path).root is None


def test_installed_packages_come_last(tmp_path: Path) -> None:
    """A package of this Python is found without being imported."""
    already = set(sys.modules)
    found = located("hatchling.build.build_wheel", tmp_path)
    assert (found.module, found.attributes, found.root) == ("hatchling.build", ("build_wheel",), None)
    assert "hatchling.build" not in set(sys.modules) - already


def test_the_standard_library_comes_first(tmp_path: Path) -> None:
    """A path may name a function of Python's own, and a demo's file of that name is an error."""
    assert located("json.dumps", tmp_path).root is None
    write(tmp_path, json="def dumps(): pass\n")
    mistake = refused("json.dumps", tmp_path)
    assert mistake.code == "E-HIDES-STANDARD-LIBRARY"
    assert "json_demo" in mistake.repair


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_what_gradstream_needs_is_not_hidden(tmp_path: Path, name: str) -> None:
    """A demo's file or package of such a name is an error: one process has one module of each name."""
    write(tmp_path / "file", **{name: "def run(): pass\n"})
    package = tmp_path / "folder" / name
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("def run(): pass\n")
    for root in (tmp_path / "file", tmp_path / "folder"):
        mistake = refused(f"{name}.run", root)
        assert (mistake.code, f"{name}_demo.run" in mistake.repair) == ("E-HIDES-PACKAGE", True)


def test_all_that_the_process_of_a_demo_needs_is_known() -> None:
    """What it imports at its start is among the names that no demo may take."""
    out = subprocess.run(
        [sys.executable, "-c", LIST_FILES], capture_output=True, text=True, check=True
    ).stdout
    packages = Path(sysconfig.get_path("purelib"))
    files = [Path(line) for line in out.splitlines() if Path(line).is_relative_to(packages)]
    tops = {file.relative_to(packages).parts[0].partition(".")[0] for file in files}
    assert tops - {"_distutils_hack"} <= NEEDED


def test_the_tests_of_python_are_its_own(tmp_path: Path) -> None:
    """`test` is not in Python's list of its modules, and comes first all the same."""
    write(tmp_path, test="def run(): pass\n")
    assert refused("test.run", tmp_path).code == "E-HIDES-STANDARD-LIBRARY"


def test_an_installed_package_is_hidden(tmp_path: Path) -> None:
    """It works until something imports the package, so it is a warning; other names have none."""
    write(tmp_path, hatchling="def run(): pass\n", studio="def run(): pass\n")
    told = {}
    for name in ("hatchling", "studio"):
        path = path_of(f"{name}.run", tmp_path)
        target = resolve(path)
        assert isinstance(target, Target)
        told[name] = package_hidden_by(target, path)
    assert told["studio"] is None
    assert told["hatchling"] is not None
    assert (told["hatchling"].code, told["hatchling"].severity) == ("W-HIDES-PACKAGE", "warning")


def test_a_colon_is_understood(tmp_path: Path) -> None:
    """`module:attribute` works, with a warning that has the dotted form."""
    write(tmp_path, model="class Tools:\n    def run(self): pass\ntools = Tools()\n")
    path = path_of("model:tools.run", tmp_path)
    assert located("model:tools.run", tmp_path).attributes == ("tools", "run")
    warning = with_colon(path)
    assert warning is not None
    assert (warning.severity, warning.expected) == ("warning", "`model.tools.run`")
    assert with_colon(path_of("model.tools", tmp_path)) is None


@pytest.mark.parametrize(
    ("text", "code", "repair"),
    [
        ("stduio.run", "E-NO-MODULE", "write studio.run"),
        ("nowhere_at_all.run", "E-NO-MODULE", "create nowhere_at_all.py beside the YAML file"),
        ("studio.rum", "E-NO-ATTRIBUTE", "write studio.run"),
        ("studio.zzz", "E-NO-ATTRIBUTE", "define `zzz` in studio.py"),
        ("studio.Model", "E-NOT-CALLABLE", "make one object of it in the module"),
        ("studio.SIZE", "E-NOT-CALLABLE", "name a function of the module"),
        ("studio", "E-GENERATOR-PATH", "write studio.run"),
        ("run", "E-GENERATOR-PATH", "write studio.run"),
        ("nothing", "E-GENERATOR-PATH", "write the module's name, a dot, the function's name"),
        ("studio.run()", "E-GENERATOR-PATH", "write studio.run"),
        ("studio.py:run", "E-GENERATOR-PATH", "write studio.run"),
        ("./lab/studio.py:run", "E-GENERATOR-PATH", "write studio.run"),
        ("studio..run", "E-GENERATOR-PATH", "write studio.run"),
        ("lab\\studio.py::run", "E-GENERATOR-PATH", "write studio.run"),
        ("from studio import run", "E-GENERATOR-PATH", "write studio.run"),
        ("lab/studio.run", "E-GENERATOR-PATH", "write studio.run"),
        ("studio.py.run", "E-GENERATOR-PATH", "write studio.run"),
        ("python studio.py", "E-GENERATOR-PATH", "write studio.run"),
        ("studio#run", "E-GENERATOR-PATH", "write studio.run"),
        (".run", "E-GENERATOR-PATH", "write the module's name"),
        ("", "E-GENERATOR-PATH", "write the module's name"),
        ("torn.run", "E-PYTHON-SYNTAX", "correct torn.py, line 1"),
        ("bare.run", "E-NO-MODULE", "create bare.py"),
    ],
)
def test_what_can_be_seen_to_be_wrong(tmp_path: Path, text: str, code: str, repair: str) -> None:
    """Each mistake says what to write, where that can be known."""
    write(tmp_path, studio="SIZE = 3\nclass Model: pass\ndef run(): pass\n", torn="def (\n")
    (tmp_path / "bare").mkdir()
    mistake = refused(text, tmp_path)
    assert mistake.code == code
    assert mistake.repair.startswith(repair)


@pytest.mark.parametrize(
    "name", ["made", "decorated", "imported", "conditional", "Model.run", "anything_at_all"]
)
def test_what_only_importing_tells(tmp_path: Path, name: str) -> None:
    """Names whose value cannot be seen are left to the worker."""
    write(
        tmp_path,
        studio="""\
from elsewhere import imported
from other import *
made = make()
@wrap
def decorated(): pass
class Model:
    def run(self): pass
if made:
    def conditional(): pass
""",
    )
    outcome = resolve(path_of(f"studio.{name}", tmp_path))
    assert isinstance(outcome, Target)
    assert outcome.function is None or outcome.function.signature is None


def test_a_function_is_seen_with_its_signature(tmp_path: Path) -> None:
    """A plain `def` tells its parameters and whether it yields."""
    write(tmp_path, studio="async def speak(text, pace=1):\n    yield text\n")
    outcome = resolve(path_of("studio.speak", tmp_path))
    assert isinstance(outcome, Target)
    assert outcome.function is not None
    assert list(outcome.function.signature.parameters if outcome.function.signature else ()) == [
        "text",
        "pace",
    ]
    assert outcome.function.is_generator


def test_nothing_is_run(tmp_path: Path) -> None:
    """Resolving a module leaves no trace of its code."""
    trace = tmp_path / "trace"
    write(tmp_path, studio=f"open({str(trace)!r}, 'w')\ndef run(): pass\n")
    assert isinstance(resolve(path_of("studio.run", tmp_path)), Target)
    assert not trace.exists()
    assert "studio" not in sys.modules


def test_a_large_file_is_not_looked_into(tmp_path: Path) -> None:
    """What it defines is known when it is imported."""
    write(tmp_path, large="def run(): yield 1\n" + "#" * MAX_SOURCE_BYTES, small="def run(): yield 1\n")
    assert read_located(located("large.run", tmp_path)) is None
    assert isinstance(read_located(located("small.run", tmp_path)), Module)


def test_one_thread_at_a_time_drops_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Demos are read in several threads, and Python's own function raises where two threads call it."""
    held: list[bool] = []
    monkeypatch.setattr(importlib, "invalidate_caches", lambda: held.append(resolving._RENEWING.locked()))
    assert isinstance(locate(path_of("json.dumps", tmp_path)), Located)
    assert held == [True]
