"""What importing says, before anyone presses Run, and how saved files become new code."""

from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from gradstream.events.types import Log, Set
from tests.acceptance.worker_lab import Lab, open_lab, true_soon, worker_processes

ONE = "inputs: {}\noutputs:\n  out: {type: json}\n"


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


async def test_opening_says_how_the_actions_bind(lab: Lab) -> None:
    """An import that is in order reports inputs, outputs, whether it streams, and the files it took."""
    demo = lab.write(
        "opens",
        "inputs:\n  n: {type: number}\noutputs:\n  out: {type: json}\n",
        "import part\ndef run(n):\n    yield n\n",
    )
    part = lab.write_code("part", "")
    report = await lab.engine.open(demo)
    assert report.diagnostics == ()
    (action,) = report.actions
    assert (action.name, action.inputs, action.outputs, action.streams) == ("run", ("n",), ("out",), True)
    assert report.files == tuple(sorted((str(part), str(part.with_name("opens.py")))))
    assert lab.reports == [("opens", report)]


@pytest.mark.parametrize("wrapper", ["*args, **kwargs", "n"], ids=["passes everything on", "has its own"])
async def test_a_wrapper_is_called_as_it_says(lab: Lab, wrapper: str) -> None:
    """One of `functools.wraps` that passes on what it is given has the parameters of what it wraps."""
    inner = "n" if "*" in wrapper else "a, b, c"
    given = wrapper if "*" in wrapper else "n, n, n"
    code = (
        "import functools\ndef wrapped(function):\n    @functools.wraps(function)\n"
        f"    def call({wrapper}):\n        return function({given})\n    return call\n"
        f"@wrapped\ndef run({inner}):\n    yield 1\n"
    )
    demo = lab.write("wraps", "inputs:\n  n: {type: number}\noutputs:\n  out: {type: json}\n", code)
    report = await lab.engine.open(demo)
    assert report.diagnostics == ()
    assert report.actions[0].inputs == ("n",)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "import nowhere_at_all\ndef run():\n    yield 1\n",
            "ModuleNotFoundError: No module named 'nowhere_at_all' (demos/bad.py, line 1)",
        ),
        (
            "def run():\n    yield 1\nx = 1 / 0\n",
            "ZeroDivisionError: division by zero (demos/bad.py, line 3)",
        ),
        ("raise SystemExit(1)\ndef run():\n    yield 1\n", "SystemExit: 1 (demos/bad.py, line 1)"),
    ],
)
async def test_an_import_that_fails_is_a_diagnostic(lab: Lab, code: str, message: str) -> None:
    """The message names the exception; its place is the line of the developer's code."""
    demo = lab.write("bad", ONE, code)
    report = await lab.engine.open(demo)
    (finding,) = report.diagnostics
    assert (finding.code, finding.message) == ("E-IMPORT", f"`bad.run` cannot be imported: {message}")
    line = int(message.rpartition(" ")[2].rstrip(")"))
    assert (finding.span.file, finding.span.line) == ("demos/bad.py", line)
    assert report.detail is not None
    assert "demos/bad.py" in report.detail
    ending = await lab.start(demo).end()
    assert (ending.fault, ending.message) == ("developer", finding.message)


@pytest.mark.parametrize(
    ("attribute", "code", "message"),
    [
        ("generatte", "E-NO-ATTRIBUTE", "`space` has no `generatte`"),
        ("value", "E-NOT-CALLABLE", "`lib.space.value` is not a function"),
        ("Model", "E-NOT-CALLABLE", "`lib.space.Model` is not a function"),
        ("other", "E-SIGNATURE", "`lib.space.other` needs `b`, and nothing fills it"),
        ("builtin", "E-SIGNATURE", "`lib.space.builtin` does not say what it takes"),
    ],
)
async def test_what_only_importing_shows_is_a_diagnostic(
    lab: Lab, attribute: str, code: str, message: str
) -> None:
    """A missing attribute, a class, a value and a signature that does not fit are found before any run."""
    (lab.folder / "demos").mkdir()
    lab.write_code(
        "lib",
        """
        from types import SimpleNamespace
        class Model: pass
        space = SimpleNamespace(value=3, other=lambda a, b: a, Model=Model, generate=print, builtin=max)
        """,
    )
    inputs = "inputs:\n  n: {type: number}\noutputs:\n  out: {type: json}\n"
    demo = lab.write("shows", f"generator: lib.space.{attribute}\n{inputs}")
    (finding,) = (await lab.engine.open(demo)).diagnostics
    assert (finding.code, finding.message) == (code, message)
    assert finding.repair == ("did you mean `generate`?" if attribute == "generatte" else finding.repair)


async def test_a_process_that_dies_importing_is_a_diagnostic(lab: Lab) -> None:
    """A crash in an import is reported like any other finding, and the run's fault is the worker's."""
    demo = lab.write("dies", ONE, "import os\nos._exit(7)\ndef run():\n    yield 1\n")
    report = await lab.engine.open(demo)
    (finding,) = report.diagnostics
    assert finding.code == "E-WORKER-DIED"
    assert finding.message == "the process that imported `dies.run` ended by itself with exit code 7"
    assert (await lab.start(demo).end()).fault == "worker"


async def test_saved_code_is_what_the_next_run_runs(lab: Lab) -> None:
    """A saved module gives new code, all of it; a run in flight finishes on the old."""
    demo = lab.write(
        "saved",
        ONE,
        f"""
        import time
        from pathlib import Path
        from part import ANSWER
        def run():
            yield ANSWER
            while not Path({str(lab.folder / "go")!r}).exists():
                time.sleep(0.001)
            yield ANSWER
        """,
    )
    part = lab.write_code("part", "ANSWER = 1")
    old = lab.start(demo)
    await old.until(lambda run: bool(run.received))
    lab.write_code("part", "ANSWER = 2")
    assert lab.engine.files_changed([str(part)]) == ["saved"]
    new = lab.start(demo)
    await new.until(lambda run: bool(run.received))
    assert new.stages == ["starting: saved code", "running"]
    (lab.folder / "go").touch()
    await new.end()
    await old.end()
    assert [event.value for event in old.of(Set)] == [1, 1]
    assert [event.value for event in new.of(Set)] == [2, 2]
    assert lab.engine.files_changed([str(lab.folder / "unknown.py")]) == []


async def test_code_that_does_not_import_leaves_the_old_in_place(lab: Lab) -> None:
    """Everyone sees why, runs go on with the old code, and the repair is taken over."""
    demo = lab.write("broken", ONE, "def run():\n    yield 'old'\n")
    assert (await lab.run(demo)).outputs == {"out": "old"}
    path = lab.write_code("broken", "def run(:\n")
    lab.engine.files_changed([str(path)])
    report = await lab.report(lambda report: bool(report.diagnostics))
    assert report.diagnostics[0].code in {"E-IMPORT", "E-SYNTAX"}
    assert (await lab.run(demo)).outputs == {"out": "old"}
    lab.write_code("broken", "def run():\n    yield 'new'\n")
    lab.reports.clear()
    assert lab.engine.files_changed([str(path)]) == ["broken"]
    await lab.report(lambda report: not report.diagnostics)
    assert (await lab.run(demo)).outputs == {"out": "new"}


async def test_a_first_import_that_failed_is_repaired_by_saving(lab: Lab) -> None:
    """A demo that never worked is imported again when its file is saved."""
    demo = lab.write("fixed", ONE, "import part\ndef run():\n    yield part.x\n")
    part = lab.write_code("part", "x = 1 / 0")
    assert (await lab.engine.open(demo)).diagnostics[0].code == "E-IMPORT"
    lab.write_code("part", "x = 4")
    assert lab.engine.files_changed([str(part)]) == ["fixed"]
    await lab.report(lambda report: not report.diagnostics)
    assert (await lab.run(demo)).outputs == {"out": 4}


async def test_an_import_without_end_is_ended_by_saving(lab: Lab) -> None:
    """Nobody has to restart the server because of a loop at the top of a module."""
    demo = lab.write(
        "hangs",
        ONE,
        f"""
        import os
        from pathlib import Path
        Path({str(lab.folder / "pid")!r}).write_text(str(os.getpid()))
        while True:
            pass
        def run():
            yield 1
        """,
    )
    run = lab.start(demo)
    await true_soon(lambda: bool((lab.folder / "pid").exists() and (lab.folder / "pid").read_text()))
    path = lab.write_code("hangs", "def run():\n    yield 1\n")
    lab.engine.files_changed([str(path)])
    assert (await run.end()).fault is None
    await true_soon(lambda: not psutil.pid_exists(int((lab.folder / "pid").read_text())))


async def test_late_imports_are_watched(lab: Lab) -> None:
    """A module imported only when the generator ran renews the worker when it is saved."""
    demo = lab.write("late", ONE, "def run():\n    import part\n    yield part.x\n")
    part = lab.write_code("part", "x = 1")
    assert (await lab.run(demo)).outputs == {"out": 1}
    lab.write_code("part", "x = 2")
    await true_soon(lambda: lab.engine.files_changed([str(part)]) == ["late"])
    assert (await lab.run(demo)).outputs == {"out": 2}


async def test_a_late_import_that_is_saved_while_its_run_goes_on(lab: Lab) -> None:
    """What a run has imported late, and goes on with, is not what the next one is given."""
    code = """
        import time
        from pathlib import Path
        def run():
            import part
            yield part.x
            while not Path(__file__).with_name("go").exists():
                time.sleep(0.01)
        """
    demo = lab.write("late", ONE, code)
    part = lab.write_code("part", "x = 1")
    run = lab.start(demo)
    await run.until(lambda run: run.outputs == {"out": 1})
    lab.write_code("part", "x = 2")
    assert lab.engine.files_changed([str(part)]) == ["late"]
    lab.write_code("go", "").rename(part.with_name("go"))
    await run.end()
    assert (await lab.run(demo)).outputs == {"out": 2}
    assert run.of(Log) == []


async def test_a_changed_yaml_is_taken_over_by_the_same_process(lab: Lab) -> None:
    """What does not touch the generator costs no new import."""
    code = "import os\ndef run(n):\n    yield [os.getpid(), n]\n"
    inputs = "inputs:\n  n: {type: number, default: 1}\noutputs:\n  out: {type: json}\n"
    demo = lab.write("yaml", inputs, code)
    lab.engine.catalog_changed({"yaml": demo})
    first = (await lab.run(demo)).outputs["out"]
    demo = lab.write("yaml", inputs.replace("1", "2"))
    lab.engine.catalog_changed({"yaml": demo})
    second = (await lab.run(demo)).outputs["out"]
    assert (first[0], first[1], second[1]) == (second[0], 1, 2)
    lab.write_code("yaml2", code)
    demo = lab.write("yaml", f"generator: yaml2.run\n{inputs}")
    lab.engine.catalog_changed({"yaml": demo})
    third = (await lab.run(demo)).outputs["out"]
    assert third[0] != first[0]


async def test_a_yaml_that_no_longer_fits_fails_runs_until_it_does(lab: Lab) -> None:
    """After an edit the new YAML counts: runs fail with the diagnostic, and work after the next edit."""
    fits = "inputs:\n  n: {type: number, default: 1}\noutputs:\n  out: {type: json}\n"
    demo = lab.write("fits", fits, "def _run(n):\n    yield n\nrun = _run\n")
    lab.engine.catalog_changed({"fits": demo})
    await lab.run(demo)
    misfit = lab.write("fits", fits + "state: {m: 1}\n", None)
    lab.engine.catalog_changed({"fits": misfit})
    await lab.run(misfit)
    wrong = lab.write("fits", fits.replace("  n:", "  m: text\n  n:"), None)
    lab.engine.catalog_changed({"fits": wrong})
    ending = await lab.start(wrong).end()
    assert ending.fault == "developer"
    assert ending.message.startswith("`fits.run` ")
    lab.engine.catalog_changed({"fits": demo})
    await lab.run(demo)


async def test_demos_may_share_a_worker(lab: Lab) -> None:
    """Demos of one `shared` name live in one process; a module name that both use is a diagnostic."""
    yaml = ONE + "worker: {shared: gpu}\n"
    code = "import os\ndef run():\n    yield os.getpid()\n"
    one, two = lab.write("one", yaml, code), lab.write("two", yaml, code)
    apart = lab.write("apart", ONE, code)
    pids = [(await lab.run(demo)).outputs["out"] for demo in (one, two, apart)]
    assert pids[0] == pids[1] != pids[2]
    folder = lab.folder / "demos" / "sub"
    folder.mkdir()
    (folder / "three.yaml").write_text(f"gradstream: 1\ntitle: three\ngenerator: one.run\n{yaml}")
    (folder / "one.py").write_text(code)
    three = lab.demo("sub.three")
    report = await lab.engine.open(three)
    assert [finding.code for finding in report.diagnostics] == ["E-MODULE-CLASH"]
    assert (await lab.run(one)).outputs["out"] == pids[0]


async def test_a_demos_module_does_not_hide_the_standard_library(lab: Lab) -> None:
    """A file beside the demo with a standard name is not imported in its place."""
    demo = lab.write("plain", ONE, "import colorsys\ndef run():\n    yield hasattr(colorsys, 'rgb_to_hls')\n")
    lab.write_code("colorsys", "raise RuntimeError('hidden')")
    assert (await lab.run(demo)).outputs == {"out": True}


async def test_an_unused_worker_gives_its_memory_back(tmp_path: Path) -> None:
    """A worker that is not warm ends after its time without a run; a warm one is there before the first."""
    async with open_lab(tmp_path, idle_s=0.2) as lab:
        code = "import os\ndef run():\n    yield os.getpid()\n"
        idle = lab.write("idle", ONE, code)
        warm = lab.write("warm", ONE + "worker: {warm: true}\n", code)
        lab.engine.catalog_changed({"warm": warm, "idle": idle})
        await lab.report(lambda report: report.demo == "warm")
        pid = (await lab.run(idle)).outputs["out"]
        await true_soon(lambda: not psutil.pid_exists(pid))
        run = await lab.run(warm)
        assert run.stages == ["running"]
        again = await lab.run(idle)
        assert again.stages == ["starting: it was not used for a while", "running"]


async def test_the_first_run_takes_the_standby(tmp_path: Path) -> None:
    """With a standby the first run gets a process that was started before, and another one replaces it."""
    async with open_lab(tmp_path, standby=True) as lab:
        demo = lab.write("spare", ONE, "import os\ndef run():\n    yield os.getpid()\n")
        lab.engine.catalog_changed({"spare": demo})
        await true_soon(lambda: len(worker_processes()) == 1)
        (waiting,) = worker_processes()
        assert (await lab.run(demo)).outputs["out"] == waiting.pid
        await true_soon(lambda: len(worker_processes()) == 2)


async def test_a_removed_demo_takes_its_worker_along(lab: Lab) -> None:
    """A demo that is gone from the catalog leaves no process behind, after its last run."""
    demo = lab.write(
        "gone", ONE, "import os, time\ndef run():\n    yield os.getpid()\n    time.sleep(0.2)\n    yield 2\n"
    )
    lab.engine.catalog_changed({"gone": demo})
    run = lab.start(demo)
    await run.until(lambda run: bool(run.received))
    pid = run.outputs["out"]
    lab.engine.catalog_changed({})
    assert (await run.end()).fault is None
    await true_soon(lambda: not psutil.pid_exists(pid))


@pytest.mark.parametrize("line", ["import hatchling.build", "from hatchling import build"])
async def test_a_file_that_hides_a_package_is_named(lab: Lab, line: str) -> None:
    """Where the demo's own file is found in place of an installed package, the repair is to rename it."""
    demo = lab.write("other", ONE, f"{line}\ndef run():\n    yield 1\n")
    lab.write_code("hatchling", "")
    (finding,) = (await lab.engine.open(demo)).diagnostics
    assert (finding.code, finding.repair) == (
        "E-IMPORT",
        "rename hatchling.py: Python finds it in place of the package `hatchling`",
    )
