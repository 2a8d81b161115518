"""Tells of a failure when it comes, so that a run which is cut off has said what failed until then.

pytest shows failures when all tests have ended; until then a failure is a letter.
"""

import pytest

WIDTH = 300
"""Of the reason, in characters: the whole of it is shown at the end."""


class EarlyFailures:
    """Writes a line a failure to the terminal."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write which part of which test failed, after how many seconds, and why."""
        if report.failed:
            # Letters of other tests stand in the line already.
            self._terminal.write_line("")
            self._terminal.write_line(line_of(report), red=True)


def line_of(report: pytest.TestReport) -> str:
    """Return what is said of a failed test: its name, the part that failed, its seconds and its reason."""
    crash = getattr(report.longrepr, "reprcrash", None)
    reason = " ".join((crash.message if crash is not None else report.longreprtext).split())
    return f"{report.nodeid}: {report.when} failed after {report.duration:.0f} s: {reason[:WIDTH]}"


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Tell where several processes run tests: what one process fails stands just above its summary."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and config.getoption("numprocesses", None):
        config.pluginmanager.register(EarlyFailures(terminal))
