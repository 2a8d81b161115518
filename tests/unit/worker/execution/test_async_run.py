"""An asynchronous run owns what it is given, whatever its helper threads are doing."""

import threading
import weakref
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gradstream.worker.execution import async_run
from gradstream.worker.execution.execution import Execution
from tests.patience import PATIENCE_S


class Picture:
    """An input that is decoded in a thread."""


async def test_inputs_do_not_wait_for_the_thread_that_decoded_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread may stand still between the end of its call and its own return."""
    released = threading.Event()
    set_result = Future.set_result

    def set_and_stand_still(future: Future[Any], result: object) -> None:
        set_result(future, result)
        released.wait(PATIENCE_S)

    monkeypatch.setattr(Future, "set_result", set_and_stand_still)
    run = SimpleNamespace(prepares_slowly=True, prepare=lambda: ([Picture()], {}))
    positional, _ = await async_run._prepare(cast("Execution", run))
    alive = weakref.ref(positional[0])
    del positional
    is_left = alive() is not None
    released.set()
    assert not is_left
