"""What is logged where no run can receive it."""

from gradstream.ipc.protocol import WorkerLog
from gradstream.limits import WORKER_LIMITS
from gradstream.worker.execution.outside import OutsideLog


def test_a_long_line_is_cut() -> None:
    """Its beginning is sent, secrets masked before the cut."""
    sent = list[WorkerLog]()
    secret = "".join(f"{number:x}-" for number in range(WORKER_LIMITS.line_bytes))
    log = OutsideLog(sent.append, secrets=lambda: {secret})
    log.log("x" * 2 * WORKER_LIMITS.line_bytes, level="info")
    log.log(f"{secret}end", level="info")
    assert [len(line.text) for line in sent] == [WORKER_LIMITS.line_bytes, len(sent[1].text)]
    assert sent[1].text.endswith("\u2022\u2022\u2022end")
