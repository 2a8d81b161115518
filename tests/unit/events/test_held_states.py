"""However many read the state of a run that goes on, and however slowly, few moments of it are kept."""

from gradstream.events.fold import RunState
from gradstream.events.journal import Journal
from gradstream.events.types import Running, Set, Succeeded
from gradstream.worker.sending.records import record

VALUE = "x" * 2**19


def kept(states: list[RunState]) -> int:
    """Return how many bytes all of these states have, each object once."""
    objects = {id(value): len(memoryview(value)) for state in states for value in state.outputs.values()}
    return sum(objects.values())


async def test_slow_readers_share_states() -> None:
    """Twenty readers at twenty moments have the bytes of four; the end of the run is another one."""
    journal = Journal(held_states=4)
    journal.add(Running())
    held = list[RunState]()
    for number in range(20):
        journal.append([record(Set(output="it", value=f"{number}{VALUE}"))])
        held.append(await journal.state_soon())
    assert kept(held) <= 4 * (len(VALUE) + 10)
    assert [state.seq for state in held[:4]] == [2, 3, 4, 5]
    assert {state.seq for state in held[4:]} == {5}
    journal.add(Succeeded(duration_s=1.0))
    end = await journal.state_soon()
    assert (end.status, end.seq) == ("succeeded", 22)
    assert journal.memory >= kept([*held, end])


async def test_what_nobody_reads_makes_room() -> None:
    """Who asks after a reader has gone gets the present state."""
    journal = Journal(held_states=2)
    journal.add(Running())
    held = list[RunState]()
    for number in range(10):
        journal.append([record(Set(output="it", value=f"{number}{VALUE}"))])
        held = held[-1:]
        held.append(await journal.state_soon())
        assert held[-1].seq == journal.seq
    journal.append([record(Set(output="it", value=VALUE))])
    assert (await journal.state_soon()).seq == journal.seq - 1
    held.clear()
    assert (await journal.state_soon()).seq == journal.seq
