"""The end of a run and the report of an import always come, whatever goes wrong while they are made."""

import inspect
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gradstream.components.plain import repair_text
from tests.acceptance.worker_lab import Lab, open_lab
from tests.unit.worker import odd_exceptions
from tests.unit.worker.odd_exceptions import ODD

KINDS = ["def", "async def"]
ONE = "inputs: {}\noutputs:\n  out: {type: json}\n"
RAISES = "inputs:\n  name: text\noutputs:\n  out: {type: json}\nlimits:\n  concurrency: 1\n"
KEEPS = RAISES + "state:\n  total: 0\n"


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab with the odd exceptions beside its demos."""
    async with open_lab(tmp_path) as opened:
        (tmp_path / "demos").mkdir()
        opened.write_code("odd_exceptions", inspect.getsource(odd_exceptions))
        yield opened


@pytest.mark.parametrize("kind", KINDS)
async def test_a_run_ends_whatever_it_raises(lab: Lab, kind: str) -> None:
    """Each odd exception fails its run, by the developer's fault, and the only slot is free again."""
    demo = lab.write(
        "raises",
        RAISES,
        f"""
        from odd_exceptions import ODD
        {kind} run(name):
            yield "begun"
            if name:
                raise ODD[name][0]()
            yield "done"
        """,
    )
    for name, (_, message) in ODD.items():
        run = lab.start(demo, name=name)
        ending = await run.end()
        assert (name, ending.fault, ending.canceled) == (name, "developer", False)
        assert ending.message.startswith(repair_text(message))
        assert "in run" in str(ending.detail)
        assert run.outputs == {"out": "begun"}
    assert (await lab.run(demo)).outputs == {"out": "done"}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_message_for_the_visitor_is_mended(lab: Lab, kind: str) -> None:
    """Half of an emoji in a message for the visitor is a replacement character."""
    code = f"from gradstream import UserError\n{kind} run():\n    yield 1\n    raise UserError('a\\ud83d')\n"
    ending = await lab.start(lab.write("mends", ONE, code)).end()
    assert (ending.fault, ending.message) == ("visitor", "a\ufffd")


@pytest.mark.parametrize("kind", KINDS)
async def test_a_run_ends_whatever_its_state(lab: Lab, kind: str) -> None:
    """State that cannot be kept fails the run and is named; odd values that can be kept are."""
    demo = lab.write(
        "keeps",
        KEEPS,
        f"""
        class Raising:
            def tolist(self):
                raise SystemExit("no list")
        {kind} run(name):
            yield "shown", eval(name)
        """,
    )
    unkeepable = {
        "2**70": "state `total`: integers from -2**63 to 2**64 - 1 can be kept; keep a larger one as text",
        "{'a': [2**70]}": "state `total`: integers from -2**63",
        "-2**64": "state `total`: integers from -2**63",
        "object()": "state `total`: a value of type object cannot be said in JSON",
        "Raising()": "SystemExit: no list",
        "'x' * 70_000_000": "ProtocolError: a frame has 7",
    }
    for expression, message in unkeepable.items():
        ending = await lab.start(demo, name=expression).end()
        assert (expression, ending.fault, ending.state) == (expression, "developer", None)
        assert ending.message.startswith(message)
    keepable = {
        "{float('nan'): 1}": {"nan": 1},
        "float('nan')": None,
        "'\\ud800'": "\ufffd",
        "2**64 - 1": 2**64 - 1,
    }
    for expression, value in keepable.items():
        ending = await lab.start(demo, name=expression).end()
        assert (expression, ending.fault, ending.state) == (expression, None, {"total": value})


@pytest.mark.parametrize("name", ODD)
async def test_an_import_is_reported_whatever_it_raises(lab: Lab, name: str) -> None:
    """Each odd exception of a module is an error at `generator`, and runs fail with the same words."""
    demo = lab.write(
        "bad", ONE, f"from odd_exceptions import ODD\nraise ODD[{name!r}][0]()\ndef run(): ...\n"
    )
    (finding,) = (await lab.engine.open(demo)).diagnostics
    message = f"`bad.run` cannot be imported: {repair_text(ODD[name][1])}"
    assert (finding.code, finding.message[: len(message)]) == ("E-IMPORT", message)
    ending = await lab.start(demo).end()
    assert (ending.fault, ending.message) == ("developer", finding.message)


@pytest.mark.parametrize(
    "code",
    [
        "def __getattr__(name):\n    raise RuntimeError('not yet')\n",
        "class Odd:\n    __signature__ = property(lambda _: 1 / 0)\n    __call__ = print\nrun = Odd()\n",
        "class Odd:\n    def __getattribute__(self, name):\n        raise SystemExit(name)\nrun = Odd()\n",
    ],
)
async def test_an_odd_generator_is_reported(lab: Lab, code: str) -> None:
    """What is raised while a generator is looked at is an error of its import."""
    (finding,) = (await lab.engine.open(lab.write("bad", ONE, code))).diagnostics
    assert finding.code == "E-IMPORT"


async def test_odd_modules_do_not_hold_an_import(lab: Lab) -> None:
    """What a library has in the table of modules is looked at with care, at an import and after a run."""
    code = """
    import sys
    class Lazy:
        __spec__ = None
        def __getattr__(self, name):
            raise ImportError(name)
    sys.modules["lazy_at_import"] = Lazy()
    def run():
        sys.modules["lazy_in_a_run"] = Lazy()
        yield 1
    """
    demo = lab.write("lazy", ONE, code)
    assert (await lab.engine.open(demo)).diagnostics == ()
    for _ in range(2):
        assert (await lab.run(demo)).outputs == {"out": 1}
