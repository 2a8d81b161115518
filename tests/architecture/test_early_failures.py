"""What a run says of a failure before it ends."""

import pytest

from tests.early_failures import WIDTH, line_of


def report(longrepr: object) -> pytest.TestReport:
    """Return the report of a test that failed in its call, for this reason."""
    return pytest.TestReport(
        nodeid="tests/unit/test_it.py::test_it",
        location=("tests/unit/test_it.py", 1, "test_it"),
        keywords={},
        outcome="failed",
        longrepr=longrepr,  # type: ignore[arg-type]  # what other plugins give, text too
        when="call",
        duration=181.4,
    )


def test_a_failure_is_one_line_with_its_reason() -> None:
    """The reason's lines are joined, so that each line of the log is a failure."""
    assert line_of(report("assert 1 == 2\n  and more")) == (
        "tests/unit/test_it.py::test_it: call failed after 181 s: assert 1 == 2 and more"
    )


def test_a_long_reason_is_cut() -> None:
    """The whole of it is shown at the end."""
    assert line_of(report("x" * 1000)).endswith(" s: " + "x" * WIDTH)
