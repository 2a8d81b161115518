"""`make soak ARGS="--minutes 5"`: visitors in mixture, harm meanwhile, every run accounted for.

visitors --runs, drops, reloads, stops--> server <--kills, broken saves-- harm
    +--> Account                             +--> memory, once a second --> table, exit code
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil
from msgspec import Struct

from bench.process import Server, free_port, serve
from bench.soak import catalog
from bench.soak.harm import Harm
from bench.soak.visitor import Account, Visitor
from bench.types import Command

VISITORS = 12
GROWTH_PERCENT = 10.0
"""Of the server's memory, between the middle of the test and its end."""

LONG_S = 60.0
"""A shorter test does not judge the memory: finished runs are still being gathered."""

END_S = 60.0
"""How long runs may take that are going on at the end."""


class Result(Struct):
    """What a soak test has found."""

    account: Account
    harm: Harm
    lasted_s: float
    memory_mib: list[float]

    @property
    def growth_percent(self) -> float:
        """How much the memory has grown in the second half: medians of its first and last quarter."""
        second = self.memory_mib[len(self.memory_mib) // 2 :]
        quarter = max(1, len(second) // 4)
        first, last = statistics.median(second[:quarter]), statistics.median(second[-quarter:])
        return 100 * (last / first - 1)

    @property
    def judges_memory(self) -> bool:
        """Whether the test was long enough for that."""
        return self.lasted_s >= LONG_S

    @property
    def has_passed(self) -> bool:
        """Whether every run came to an end that was expected, and the memory has not grown."""
        is_flat = not self.judges_memory or self.growth_percent <= GROWTH_PERCENT
        accounted = sum(self.account.ends.values()) == self.account.started
        return not self.account.wrong and accounted and is_flat


async def soak(*, seconds: float, visitors: int = VISITORS) -> Result:
    """Run the test."""
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        folder, port = Path(name), free_port()
        catalog.write(folder)
        argv = [sys.executable, "-m", "gradstream.cli.main", "serve", str(folder), "--port", str(port)]
        command = Command(argv=argv, cwd=folder, env={})
        async with serve(command, port=port, page="/") as server:
            return await _soak(server, folder, seconds=seconds, visitors=visitors)


async def _soak(server: Server, folder: Path, *, seconds: float, visitors: int) -> Result:
    account, harm, memory = Account(), Harm(folder, server.process), list[float]()
    ends_at = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=None, keepalive_expiry=1.0)
    address = f"http://127.0.0.1:{server.port}"
    async with httpx.AsyncClient(base_url=address, timeout=END_S, limits=limits) as client:

        async def stay(seed: int) -> None:
            visitor = Visitor(client, account, seed=seed)
            while time.monotonic() < ends_at:
                async with asyncio.timeout(seconds + END_S):
                    await visitor.visit()

        async with asyncio.TaskGroup() as tasks:
            others = [tasks.create_task(harm.go_on()), tasks.create_task(_weigh(server.process, memory))]
            await asyncio.gather(*(stay(seed) for seed in range(1, visitors + 1)))
            for other in others:
                other.cancel()
    return Result(account=account, harm=harm, lasted_s=seconds, memory_mib=memory)


async def _weigh(process: psutil.Process, memory: list[float]) -> None:
    while True:
        memory.append(process.memory_info().rss / 2**20)
        await asyncio.sleep(1)


def table(result: Result) -> str:
    """Return the result as a table."""
    account = result.account
    growth = f"{result.growth_percent:+.1f} %"
    rows = [
        ("runs started", f"{account.started:,}"),
        *((f"  read by {way}", f"{number:,}") for way, number in sorted(account.ways.items())),
        *((f"  {habit}", f"{number:,}") for habit, number in sorted(account.habits.items())),
        *((f"  {end}", f"{number:,}") for end, number in sorted(account.ends.items())),
        ("turned away", f"{account.turned_away:,}"),
        ("connections", f"{account.connections:,}"),
        ("events read, in order and once", f"{account.events:,}"),
        *((what, f"{number:,}") for what, number in sorted(result.harm.done.items())),
        ("memory of the server", f"{result.memory_mib[0]:.1f} to {result.memory_mib[-1]:.1f} MiB"),
        (
            "its growth in the second half",
            growth if result.judges_memory else f"{growth}, too short to judge",
        ),
        ("wrong", f"{len(account.wrong):,}"),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {figure}" for name, figure in rows)


def main() -> int:
    """Run the test from the command line; 1 when something was wrong."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long (default: 5)")
    parser.add_argument("--visitors", type=int, default=VISITORS, help=f"at a time (default: {VISITORS})")
    options = parser.parse_args()
    result = asyncio.run(soak(seconds=60 * options.minutes, visitors=options.visitors))
    print(table(result))
    for line in result.account.wrong[:20]:
        print(f"  {line}")
    print("passed" if result.has_passed else "failed")
    return 0 if result.has_passed else 1


if __name__ == "__main__":
    sys.exit(main())
