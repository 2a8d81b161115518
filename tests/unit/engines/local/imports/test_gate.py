"""How many imports run at a time depends on processors and on memory, and one always does."""

import asyncio

from gradstream.engines.local.imports.gate import FIRST_GUESS, ImportGate
from gradstream.engines.local.imports.resources import Memory, count_processors, read_memory

GIB = 2**30


class Machine:
    """A machine whose free memory a test sets."""

    def __init__(self, *, free: int) -> None:
        self.free = free

    def read(self) -> Memory:
        """Return what there is."""
        return Memory(total=16 * GIB, available=self.free)


async def begun(gate: ImportGate, number: int, *, alone: bool = False) -> list[asyncio.Task[None]]:
    """Let so many imports come, and return them as far as they can go on."""
    tasks = [asyncio.create_task(gate.enter(alone=alone)) for _ in range(number)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def settle(tasks: list[asyncio.Task[None]]) -> int:
    """Return how many have room now."""
    await asyncio.sleep(0)
    return sum(task.done() for task in tasks)


def test_processors_bound_it() -> None:
    """One more begins as one ends, in the order of coming."""

    async def work() -> None:
        gate = ImportGate(2, read=Machine(free=16 * GIB).read)
        tasks = await begun(gate, 4)
        assert [task.done() for task in tasks] == [True, True, False, False]
        gate.leave()
        assert await settle(tasks) == 3
        gate.leave()
        gate.leave()
        assert await settle(tasks) == 4

    asyncio.run(work())


def test_memory_bounds_it() -> None:
    """What the greatest import took must be free for the next; without room for it, one runs at a time."""

    async def work() -> None:
        machine = Machine(free=2 * FIRST_GUESS)
        gate = ImportGate(8, read=machine.read)
        tasks = await begun(gate, 1)
        machine.free = GIB
        tasks += await begun(gate, 1)
        assert gate.running == 2
        gate.leave(4 * GIB)
        tasks += await begun(gate, 2)
        assert gate.running == 1
        gate.leave(GIB)
        assert await settle(tasks) == 3
        machine.free = 8 * GIB
        gate.leave(GIB)
        assert await settle(tasks) == 4

    asyncio.run(work())


def test_one_that_is_alone_is_alone() -> None:
    """It waits for all that run, and all others wait for it."""

    async def work() -> None:
        gate = ImportGate(8, read=lambda: None)
        tasks = await begun(gate, 2)
        tasks += await begun(gate, 1, alone=True)
        tasks += await begun(gate, 2)
        assert gate.running == 2
        gate.leave()
        gate.leave()
        assert (await settle(tasks), gate.running) == (3, 1)
        gate.leave()
        assert (await settle(tasks), gate.running) == (5, 2)

    asyncio.run(work())


def test_a_canceled_one_leaves_no_trace() -> None:
    """Neither one that waited nor one that was just let in holds up the next."""

    async def work() -> None:
        gate = ImportGate(1, read=lambda: None)
        first, second, third = await begun(gate, 3)
        second.cancel()
        gate.leave()
        assert await settle([first, second, third]) >= 2
        await third
        assert gate.running == 1

    asyncio.run(work())


def test_memory_runs_short_only_where_several_run() -> None:
    """The last one is let be: to end it would not help the others."""

    async def work() -> None:
        machine = Machine(free=16 * GIB)
        gate = ImportGate(2, read=machine.read)
        await begun(gate, 2)
        assert not gate.is_short()
        machine.free = GIB // 8
        assert gate.is_short()
        gate.leave()
        assert not gate.is_short()

    asyncio.run(work())


def test_this_machine_can_be_read() -> None:
    """There is a processor, and no more memory is free than there is."""
    assert count_processors() >= 1
    memory = read_memory()
    assert memory is None or 0 < memory.available <= memory.total
