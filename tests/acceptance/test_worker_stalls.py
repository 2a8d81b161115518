"""A run whose machinery fails ends with words, its slot is free, and the next run has another worker."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.worker_lab import Lab, open_lab

FIRST = "inputs:\n  breaks: checkbox\noutputs:\n  out: {type: json}\n  picture: image\n"
KINDS = ["def", "async def"]

BREAKS = {
    "an encoder": (
        """
        import PIL.Image
        from gradstream.worker.execution import watchdog
        watchdog.STALLED_S = 4.0
        def break_it():
            PIL.Image.Image.save = lambda *_, **__: threading.Event().wait()
        """,
        "What the run had yielded was not delivered for 60 s; the server's log has more",
        "of breaks stood still for 60 s and is ended: ",
    ),
    "the credit": (
        """
        from gradstream.worker.execution import watchdog
        from gradstream.worker.sending.flow_control import FlowControl
        watchdog.STALLED_S = 4.0
        def break_it():
            FlowControl.grant = lambda *_: None
        """,
        "What the run had yielded was not delivered for 60 s; the server's log has more",
        "bytes of credit spent",
    ),
    "the report of the end": (
        """
        from gradstream.worker.execution.execution import Execution
        def break_it():
            Execution.report_end = lambda _: 1 / 0
        """,
        "The demo's process lost track of the run; the server's log has more",
        "the end of a run was lost",
    ),
}
"""Parts of the worker, code that breaks them, the run's message, and words of the server's log."""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("code", "message", "line"), BREAKS.values(), ids=list(BREAKS))
async def test_a_run_ends_whatever_part_stands_still(
    lab: Lab, kind: str, code: str, message: str, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The run fails by the server's fault, the log names it, and the worker gets no more runs."""
    generator = f"""
        import os, threading
        import numpy as np
        {kind} run(breaks):
            yield os.getpid(), None
            if breaks:
                break_it()
                for number in range(100):
                    yield "x" * 30_000 + str(number), np.zeros((4, 4, 3), np.uint8)
    """
    demo = lab.write("breaks", FIRST, code + generator)
    healthy = await lab.run(demo)
    run = lab.start(demo, breaks=True)
    ending = await run.end()
    assert (ending.fault, ending.message, ending.canceled) == ("server", message, False)
    assert line in caplog.text
    again = await lab.run(demo)
    assert again.stages == ["starting: the last worker's machinery stood still", "running"]
    assert again.outputs["out"] != healthy.outputs["out"]


async def test_the_report_of_an_import_that_is_lost_is_an_error(lab: Lab) -> None:
    """The server learns from the next pong that nothing more will come, and the demo's page says so."""
    code = """
    from gradstream.worker.sending.channel import Channel
    send = Channel.send
    def lose(channel, message):
        if type(message).__name__ == "Loaded":
            raise ValueError
        send(channel, message)
    Channel.send = lose
    def run():
        yield 1
    """
    demo = lab.write("loses", "inputs: {}\noutputs:\n  out: {type: json}\n", code)
    (finding,) = (await lab.engine.open(demo)).diagnostics
    assert finding.code == "E-WORKER-DIED"
    assert "lost the report of an import and was ended" in finding.message


@pytest.mark.parametrize("yaml", ["  out: {type: json}\n", "  out: image\n", "  out: audio\n"])
async def test_a_process_without_threads_fails_its_runs_with_words(lab: Lab, yaml: str) -> None:
    """When the system refuses threads, whatever needs one fails, and says so; nothing waits."""
    code = """
    import _thread, threading
    import numpy as np
    def refuse(*_):
        raise RuntimeError("can't start new thread")
    threading._start_new_thread = refuse
    def run():
        yield np.zeros((4, 4, 3), np.uint8)
    """
    ending = await lab.start(lab.write("refused", "inputs: {}\noutputs:\n" + yaml, code)).end()
    assert ending.fault == "developer"
    assert ending.message.startswith("ThreadStartError: the system refused to start a thread; ")


async def test_code_that_takes_away_what_threads_need(lab: Lab) -> None:
    """The import is reported, a run fails with the reason, and a saved repair is taken over."""
    code = "import sys\nsys.excepthook = None\ndef run():\n    yield 1\n"
    demo = lab.write("bare", "inputs: {}\noutputs:\n  out: {type: json}\n", code)
    assert (await lab.engine.open(demo)).diagnostics == ()
    ending = await lab.start(demo).end()
    assert ending.message.startswith("ThreadStartError: the system refused to start a thread; ")
    assert ending.message.endswith("sys.excepthook is None")
    file = lab.write_code("bare", code.replace("sys.excepthook = None", ""))
    lab.engine.files_changed([str(file)])
    await lab.reported(2)
    assert (await lab.run(demo)).outputs == {"out": 1}
