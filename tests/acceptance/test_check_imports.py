"""`gradstream check` imports many demos at a time, each apart from the others, and ends in order."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from gradstream.catalog.check_steps import check_paths
from gradstream.engines.local.imports.gate import ImportGate
from gradstream.engines.local.imports.importer import DemoImports, Imported
from gradstream.engines.local.imports.resources import Memory
from gradstream.format.types import Demo
from tests.patience import PATIENCE_S

YAML = "gradstream: 1\ngenerator: {}.back\ninputs:\n  text: text\noutputs:\n  said: text\n"
BACK = "\n\ndef back(text):\n    yield text\n"
WAITS = """import os, pathlib, time
folder = pathlib.Path(__file__).parents[1]
(folder / "began").write_text(str(os.getpid()))
while not (folder / "go").exists():
    time.sleep(0.01)
"""
LEAVES = """import os, sys, json, tool
sys.argv.append("left")
os.environ["LEFT"] = "1"
json.dumps = None
"""
LOOKS = """import os, sys, json, tool
assert len(sys.argv) == 1 and "LEFT" not in os.environ and json.dumps and tool.mine
"""
START = """
import signal, sys
from gradstream.cli.main import main
# Tests may run in a job in the background, whose shell has Ctrl-C ignored in all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main())
"""
COMMAND = (sys.executable, "-c", START, "check", "--jobs", "2")


def write(folder: Path, **modules: str) -> None:
    """Write a demo for each module, in files of its name; `__` in a name is a folder."""
    for name, code in modules.items():
        file = folder / "demos" / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".yaml").write_text(YAML.format(file.name))
        file.with_suffix(".py").write_text(code + BACK)


@contextlib.contextmanager
def checking(folder: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Run the command; whatever happens, nothing of it is left."""
    with (folder / "stderr").open("w") as errors:
        command = [*COMMAND, *arguments]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True)
    with process:
        try:
            yield process
        finally:
            process.kill()


def check(
    folder: Path, *arguments: str, environ: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, capture_output=True, text=True, env=environ,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip


def headlines(process: "subprocess.Popen[str]", number: int) -> list[str]:
    """Read standard output until so many findings have begun; return where and what."""
    assert process.stdout is not None
    found: list[str] = []
    for line in process.stdout:
        if ": error " in line or ": warning " in line:
            found.append(line)
        if len(found) == number:
            break
    return found


def importing(folder: Path, name: str = "began") -> psutil.Process:
    """Return the process that waits in its import, as soon as it has begun."""
    while not (file := folder / name).exists() or not file.read_text():
        time.sleep(0.01)
    return psutil.Process(int(file.read_text()))


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """Return a folder with a mistake in YAML, an import that fails, and one that waits for a file `go`."""
    write(tmp_path, a_waits=WAITS, raises="raise RuntimeError('no model')")
    (tmp_path / "demos/wrong.yaml").write_text(YAML.format("raises").replace("text: text", "text: txet"))
    return tmp_path


def test_findings_are_printed_as_they_are_known(waiting: Path) -> None:
    """An import that takes its time holds back neither a mistake in YAML nor the import of another demo."""
    with checking(waiting) as process:
        yaml, python = headlines(process, 2)
        assert yaml.startswith("demos/wrong.yaml:4:9: error E-UNKNOWN-KIND")
        assert python.startswith("demos/raises.py:1:1: error E-IMPORT")
        (waiting / "go").touch()
        assert process.wait(PATIENCE_S) == 1
    said = (waiting / "stderr").read_text()
    assert said == "1 good demo, 1 demo that cannot be imported, 2 mistakes, no warnings\n"


def test_ctrl_c_ends_the_imports_and_says_what_is_left(waiting: Path) -> None:
    """The exit code is 130, nothing runs on, and no traceback is shown."""
    with checking(waiting) as process:
        headlines(process, 2)
        child = importing(waiting)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 130
        child.wait(PATIENCE_S)
    assert (waiting / "stderr").read_text() == "gradstream: interrupted: 1 of 2 demos imported\n"


def test_a_reader_that_has_read_enough_ends_the_check(waiting: Path) -> None:
    """As in `gradstream check | head -1`: the next finding ends it, quietly, with all its imports."""
    (waiting / "demos/z_slow.yaml").write_text(YAML.format("z_late"))
    (waiting / "demos/z_late.py").write_text(
        f"import pathlib, time\nwhile not pathlib.Path({str(waiting / 'closed')!r}).exists():\n"
        "    time.sleep(0.01)\nraise RuntimeError('late')\n" + BACK
    )
    with checking(waiting) as process:
        headlines(process, 2)
        child = importing(waiting)
        assert process.stdout is not None
        process.stdout.close()
        (waiting / "closed").touch()
        assert process.wait(PATIENCE_S) == 141
        child.wait(PATIENCE_S)
    assert (waiting / "stderr").read_text() == ""


def test_what_is_not_imported_is_not_good(tmp_path: Path) -> None:
    """A demo whose import fails or ends the process is counted apart."""
    write(
        tmp_path,
        good="",
        raises="1 / 0",
        ends="import os\nos._exit(3)",
        crashes="import ctypes\nctypes.string_at(0)",
    )
    checked = check(tmp_path)
    assert checked.returncode == 1
    assert checked.stderr == "1 good demo, 3 demos that cannot be imported, 3 mistakes, no warnings\n"
    assert "`ends.back` ended by itself with exit code 3" in checked.stdout
    assert "`crashes.back` was killed by signal 11" in checked.stdout


def test_an_import_that_is_cut_for_time_is_not_decided(tmp_path: Path) -> None:
    """It is not good either, and neither is it known to be bad."""
    hangs = "import time\ntime.sleep(600)"
    write(tmp_path, hangs=hangs, too=hangs)
    checked = check(tmp_path, "--timeout", "0.5")
    assert checked.returncode == 1
    assert checked.stderr == "no good demos, 2 demos not decided, 2 mistakes, no warnings\n"


def test_no_import_sees_what_another_has_done(tmp_path: Path) -> None:
    """Modules of one name in two folders, `sys.argv`, variables, patches: each demo has its own process."""
    write(tmp_path, one__first=LEAVES, two__second=LOOKS)
    (tmp_path / "demos/one/tool.py").write_text("")
    (tmp_path / "demos/two/tool.py").write_text("mine = 1")
    checked = check(tmp_path, "--jobs", "1")
    assert (checked.stdout, checked.stderr) == ("", "2 good demos, no mistakes, no warnings\n")


def test_modules_and_packages_are_executed_once(tmp_path: Path) -> None:
    """Demos of one module share its import; demos that begin with a package share that, and nothing else."""
    site, count = tmp_path / "site", tmp_path / "count"
    (site / "heavy").mkdir(parents=True)
    # Behind the demos' own folders, as installed packages are.
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.path.append({str(site)!r})\n")
    (site / "heavy/__init__.py").write_text(f"import light\nopen({str(count)!r}, 'a').write('h')\n")
    (site / "light.py").write_text("def ray(): pass\n")
    counts = f"open({str(count)!r}, 'a').write('m')"
    write(tmp_path, first="import heavy", second="import heavy", hides__third="import heavy", module=counts)
    (tmp_path / "demos/hides/light.py").write_text("raise RuntimeError('hidden')\n")
    for number in range(3):
        (tmp_path / f"demos/again_{number}.yaml").write_text(YAML.format("module"))
    checked = check(tmp_path, environ={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert sorted(count.read_text()) == ["h", "m"]
    assert "RuntimeError: hidden" in checked.stdout
    assert checked.stderr == "6 good demos, 1 demo that cannot be imported, 1 mistake, no warnings\n"


def test_a_module_that_fails_is_reported_for_each_demo_and_executed_once(tmp_path: Path) -> None:
    """As costly as an import may be that fails at its end."""
    count = tmp_path / "count"
    write(tmp_path, module=f"open({str(count)!r}, 'a').write('m')\n1 / 0")
    (tmp_path / "demos/again.yaml").write_text(YAML.format("module").replace("back", "other"))
    (tmp_path / "demos/module.py").write_text((tmp_path / "demos/module.py").read_text() + "\nother = back\n")
    checked = check(tmp_path)
    assert count.read_text() == "m"
    assert checked.stdout.count("error E-IMPORT") == 2
    assert checked.stderr.startswith("no good demos, 2 demos that cannot be imported, 2 mistakes")


def test_demos_that_share_a_worker_are_imported_together(tmp_path: Path) -> None:
    """What keeps them from sharing it is found."""
    write(tmp_path, one__first="import tool", two__second="import tool")
    for demo in ("one/first", "two/second"):
        file = tmp_path / f"demos/{demo}.yaml"
        file.write_text(f"{file.read_text()}worker:\n  shared: both\n")
        (file.parent / "tool.py").write_text("")
    checked = check(tmp_path)
    assert "demos/two/second.yaml:2:12: error E-MODULE-CLASH" in checked.stdout
    assert checked.stderr.startswith("1 good demo, 1 demo that cannot be imported, 1 mistake")


async def test_where_memory_runs_short_the_youngest_import_is_tried_again_alone(tmp_path: Path) -> None:
    """It is ended before the system ends anything, and begins again when no other import runs."""
    for name in ("a_first", "b_second"):
        write(tmp_path, **{name: WAITS.replace('"began"', f'"{name}"')})
    demos = check_paths([tmp_path], environ={}).demos
    free, order = [2**40], list[str]()

    def begin(demo: Demo) -> None:
        order.append(f"{demo.address} begins")

    def end(imported: Imported) -> None:
        order.append(f"{imported.demo.address} ends")
        assert (imported.diagnostics, imported.is_decided) == ((), True)

    gate = ImportGate(2, read=lambda: Memory(total=2**40, available=free[0]))
    async with (
        DemoImports(gate, limit_s=PATIENCE_S, started=begin, ended=end) as imports,
        asyncio.TaskGroup() as tasks,
    ):
        tasks.create_task(imports.run(demos))
        await asyncio.to_thread(importing, tmp_path, "a_first")
        youngest = await asyncio.to_thread(importing, tmp_path, "b_second")
        free[0] = 0
        await asyncio.to_thread(youngest.wait, PATIENCE_S)
        free[0] = 2**40
        (tmp_path / "go").touch()
    assert order == ["a_first begins", "b_second begins", "a_first ends", "b_second begins", "b_second ends"]
