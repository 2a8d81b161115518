"""The phases of a worker: what may follow on what."""

from itertools import product

import pytest

from gradstream.engines.local.phase import TRANSITIONS, Change, Phase, advance

ENDS = (Change.REPLACED, Change.KEPT, Change.FAILED)
ALLOWED = [(phase, change) for phase, changes in TRANSITIONS.items() for change in changes]


@pytest.mark.parametrize(("phase", "change"), list(product(Phase, (Change.DEMO, Change.CODE))))
def test_what_is_wanted_is_prepared(phase: Phase, change: Change) -> None:
    """After a wanted demo or newer code, something is being prepared, whatever the phase was."""
    assert advance(phase, change).phase.is_preparing


@pytest.mark.parametrize("phase", Phase)
def test_newer_code_needs_a_new_worker(phase: Phase) -> None:
    """Newer code always starts a preparation, and runs may know that the worker in service is outdated."""
    after = advance(phase, Change.CODE)
    assert after.prepares
    assert after.phase.is_outdated == phase.is_serving


@pytest.mark.parametrize("phase", [each for each in Phase if each.is_preparing])
def test_an_import_that_goes_on_is_not_lost_to_a_new_version_of_its_demo(phase: Phase) -> None:
    """A demo that changes meanwhile neither stops the preparation nor changes the phase."""
    assert advance(phase, Change.DEMO) == (phase, False)


@pytest.mark.parametrize(("phase", "change"), ALLOWED)
def test_a_preparation_starts_only_where_one_goes_on_then(phase: Phase, change: Change) -> None:
    """A transition that starts a preparation leads to a phase in which something is being prepared."""
    after = advance(phase, change)
    assert after.phase.is_preparing or not after.prepares
    assert after.prepares or phase.is_preparing or not after.phase.is_preparing


@pytest.mark.parametrize(("phase", "change"), [one for one in ALLOWED if one[1] in ENDS])
def test_a_preparation_ends_in_a_phase_without_one(phase: Phase, change: Change) -> None:
    """Only a phase with a preparation can see its end, and nothing is being prepared afterwards."""
    assert phase.is_preparing
    assert not advance(phase, change).phase.is_preparing


@pytest.mark.parametrize("phase", Phase)
def test_a_new_worker_takes_over_only_from_a_preparation_of_one(phase: Phase) -> None:
    """A load in the worker in service replaces nothing."""
    assert (Change.REPLACED in TRANSITIONS[phase]) == (phase in {Phase.STARTING, Phase.REPLACING})


@pytest.mark.parametrize("phase", [each for each in Phase if each.is_serving])
@pytest.mark.parametrize("change", [Change.GONE, Change.POISONED])
def test_a_worker_that_is_out_of_service_serves_no_more(phase: Phase, change: Change) -> None:
    """Without its worker a phase has none in service; a poisoned one is replaced without a request."""
    after = advance(phase, change).phase
    assert not after.is_serving
    assert after.is_preparing or change is Change.GONE


@pytest.mark.parametrize("phase", [each for each in Phase if not each.is_serving])
@pytest.mark.parametrize("change", [Change.GONE, Change.POISONED])
def test_only_a_worker_in_service_can_leave(phase: Phase, change: Change) -> None:
    """A phase without a worker in service knows no loss of it."""
    with pytest.raises(KeyError):
        advance(phase, change)


@pytest.mark.parametrize("phase", Phase)
def test_nothing_is_left_of_a_removed_demo(phase: Phase) -> None:
    """With the last demo everything ends, whatever was going on."""
    assert advance(phase, Change.REMOVED) == (Phase.EMPTY, False)
