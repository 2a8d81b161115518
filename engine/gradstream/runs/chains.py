"""Runs that follow others, by `then` of the demo's actions: each is started once.

    ended run + action --next_run--> None: start it | the run that was started before | CannotFollow

A page asks, because it has the values of the inputs. It asks again after a reload, and so does a second tab.
"""

from collections.abc import Callable

from gradstream.events import codec
from gradstream.events.types import Canceled
from gradstream.format.types import Demo
from gradstream.runs.caller import Caller
from gradstream.runs.contract import CannotFollow, RunWish
from gradstream.runs.stored_run import StoredRun


def next_run(
    wish: RunWish, caller: Caller, *, ended: StoredRun | None, find: Callable[[str], StoredRun | None]
) -> StoredRun | CannotFollow | None:
    """Return the run that was started for this wish before, why none may be, or None where it is to start."""
    if ended is None or ended.record.demo.address != wish.demo.address:
        return CannotFollow("The run that this one follows is unknown, or no longer stored")
    action = action_of(wish)
    if action in ended.followers:
        started = find(ended.followers[action])
        return started or CannotFollow("The run that was started after that one is no longer stored")
    if ended.record.caller.owner != caller.owner:
        return CannotFollow("Only the page that started a run goes on from it")
    if action not in _followers(ended, wish.demo):
        return CannotFollow(f"The action {action} does not follow that run as it is now")
    return None


def action_of(wish: RunWish) -> str:
    """Return the name of the action that a wish is about."""
    return wish.action or wish.demo.actions[0].name


def _followers(ended: StoredRun, demo: Demo) -> tuple[str, ...]:
    # The event, and not the state, which would be made of all values.
    end = ended.journal.end()
    if end is None:
        return ()
    then = next((one.then for one in demo.actions if one.name == ended.record.action), None)
    # What takes a run's place ends by itself, and is followed then.
    is_replaced = isinstance(end, Canceled) and end.by == "superseded"
    return () if then is None or is_replaced else then.after(codec.record(end).type)
