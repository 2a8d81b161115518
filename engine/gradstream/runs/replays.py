"""Runs of examples that are shown from a recording: no worker is needed, and nobody waits.

    wish --an example's values?--> recording? --restored under an id of its own--> a finished run

Bound: `limits.copied_recordings` at a time: a copy takes the disk, and not a processor. Policy: further ones
wait for their turn.
"""

import asyncio
import time
from functools import partial

from msgspec.structs import replace

from gradstream.ids import new_id
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish
from gradstream.runs.example_values import example_of
from gradstream.runs.examples import ExampleRecordings
from gradstream.runs.record import RunRecord
from gradstream.runs.recorder import Recorder
from gradstream.runs.recording import at_once
from gradstream.runs.service import RunService
from gradstream.runs.stored_run import StoredRun


class Replays:
    """Makes them; `recorder` hears of each, so that its address can last."""

    def __init__(self, service: RunService, *, examples: ExampleRecordings, recorder: Recorder) -> None:
        self._service = service
        self._examples = examples
        self._recorder = recorder
        self._turns = asyncio.Semaphore(service.limits.copied_recordings)

    async def run(self, wish: RunWish, caller: Caller) -> StoredRun | None:
        """Return a run that shows what was recorded for these values; None where a real one is needed."""
        number = example_of(wish)
        if number is None or self._service.is_closing:
            return None
        async with self._turns:
            recording = await asyncio.to_thread(partial(self._examples.find, wish.demo, number, wish.accepts))
            if recording is None:
                return None
            manifest = recording.manifest
            record = RunRecord(
                id=new_id(),
                demo=wish.demo,
                action=manifest.action,
                caller=caller,
                created_at=time.time(),
                recorded_at=manifest.recorded_at,
            )
            recording = replace(recording, journal=at_once(recording.journal))
            run = await self._service.restore(recording, record)
        if run is not None:
            self._service.supersede(wish, caller)
            self._recorder.note_replay(run, manifest.inputs)
        return run
