"""What a caller reads of a failure: an exception's text is for the developer, unless the demo shows it.

developer's key, `gradstream run`   message and traceback
`errors: shown`                     message
any other caller                    that the demo failed, and the number that finds the run in the log
"""

from gradstream.runs.caller import Caller
from gradstream.runs.record import RunRecord

NUMBER_LENGTH = 8
"""Of the run's id, which is in all lines of the log about it; the rest of it is the key to the run."""


def message_for(record: RunRecord, caller: Caller) -> str | None:
    """Return what takes the place of an exception's text for this caller; None if the text is shown."""
    if caller.may_see_tracebacks or record.demo.shows_errors:
        return None
    return f"The demo failed; the server's log has the reason under the number {record.id[:NUMBER_LENGTH]}"
