"""The soak test in short: some seconds of what `make soak` does for minutes."""

import subprocess
import sys

from bench.soak.__main__ import Result, soak, table
from bench.soak.harm import Harm
from bench.soak.visitor import Account
from tests.conftest import ROOT


async def test_every_run_is_accounted_for() -> None:
    """Visitors of every kind, killed workers and broken saves: all events in order and once, all runs end."""
    result = await soak(seconds=4, visitors=6)
    assert result.account.wrong == []
    assert result.has_passed, table(result)
    assert result.account.started == sum(result.account.ends.values()) > 0
    assert result.harm.done.total() > 0


def test_what_is_wrong_fails() -> None:
    """A run without an end, a wrong event and memory that grows are each told by the exit code."""
    harm = Harm.__new__(Harm)
    flat, grows = [50.0] * 100, [50.0 + second for second in range(100)]

    def result(account: Account, memory: list[float]) -> Result:
        return Result(account=account, harm=harm, lasted_s=100, memory_mib=memory)

    assert result(Account(), flat).has_passed
    assert not result(Account(started=1), flat).has_passed
    assert not result(Account(wrong=["a doubled event"]), flat).has_passed
    assert not result(Account(), grows).has_passed


def test_its_options_are_explained() -> None:
    """`make soak` names its parameters."""
    shown = subprocess.run(
        [sys.executable, "-m", "bench.soak", "--help"], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    assert b"--minutes" in shown.stdout
