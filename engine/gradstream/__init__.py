"""What a generator may import; see `gradstream.authoring`."""

from gradstream.authoring import Message, Session, UserError, log, skip, update
from gradstream.authoring.progress_report import progress

__version__ = "0.1.0"

__all__ = ["Message", "Session", "UserError", "__version__", "log", "progress", "skip", "update"]
