"""What is logged where no run can receive it."""

from gradstream.ipc.protocol import WorkerLog
from gradstream.worker.execution.outside import MAX_LINE_LENGTH, OutsideLog


def test_a_long_line_is_cut() -> None:
    """Its beginning is sent, secrets masked before the cut."""
    sent = list[WorkerLog]()
    secret = "".join(f"{number:x}-" for number in range(MAX_LINE_LENGTH))
    log = OutsideLog(sent.append, secrets=lambda: {secret})
    log.log("x" * 2 * MAX_LINE_LENGTH, level="info")
    log.log(f"{secret}end", level="info")
    assert [len(line.text) for line in sent] == [MAX_LINE_LENGTH, len(sent[1].text)]
    assert sent[1].text.endswith("\u2022\u2022\u2022end")
