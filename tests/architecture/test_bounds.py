"""Every bound of the engine is in docs/authoring/limits.md: a key of `limits`, or one that cannot be set."""

import re

from tests.conftest import ROOT

ENGINE = ROOT / "engine" / "gradstream"
SCRIPT = ROOT / "scripts" / "build_limits.py"

NAME = re.compile(
    r"^((?:MAX|MOST|LONGEST|LARGEST|WIDEST|KEPT|LAST)_[A-Z_]+|[A-Z_]+_(?:AT_ONCE|PER_S)|AT_ONCE|HISTORY|BURST)"
    r"(?:: \w+)? = (?![\"'(\[{].*[a-z]{4})",
    re.MULTILINE,
)

PACKAGES = (
    "app.py", "cli/log_writer.py", "engines", "events", "ipc", "runs", "server", "worker",
    "catalog/check_cache.py", "components", "document/limits.py", "format/generator/modules.py",
    "format/rules/csv_table.py",
)  # fmt: skip
"""What serves; other commands and the encoders hold nothing of a visitor's."""

OTHERS = {
    "components.inputs.choice.MOST_CHOICES_NAMED": "the length of a message",
    "components.inputs.file.MOST_NAME_BYTES": "a file's name in a folder of a run",
    "components.inputs.file.MOST_SUFFIX_BYTES": "a file's name in a folder of a run",
    "components.outputs.file.LONGEST_NAME": "a file's name in an event",
    "components.outputs.progress.MOST_OVER": "arithmetic",
    "components.real_number.MAX_EXACT": "arithmetic",
    "engines.local.output_pipe.BYTES_PER_S": "how fast a pipe is read, which holds its writer back",
    "events.journal.KEPT_SHARE": "a part of `journal`",
    "events.journal.MAX_BYTES": "the default of `journal`",
    "events.journal.MAX_EVENTS": "the default of `journal_events`",
    "ipc.prints.BYTES_AT_ONCE": "the beginning of BYTES_PER_S",
    "ipc.prints.LINES_AT_ONCE": "the beginning of LINES_PER_S",
    "ipc.prints.MAX_PIECE_BYTES": "the size of a system's atomic write",
    "runs.blobs.KEPT_SHARE": "a part of `blobs`",
    "runs.blobs.LONGEST_WORD": "the length of what is searched for",
    "runs.queue.KEPT_PART": "a part of `queue`",
    "runs.queue.RETRY_LONGEST_S": "an estimate",
    "runs.service.MOST_CHANGING_RUNS": "how many runs are looked at for a request",
    "server.http.answer_headers.LONGEST_REQUESTED": "a header that is echoed",
    "worker.execution.async_run.MAX_BLOCKED_S": "when a warning is due",
    "worker.execution.failures.MAX_CHAIN": "how much is freed at once",
    "worker.loading.faults.MAX_FRAMES": "the length of a traceback",
    "worker.loading.faults.MAX_SOURCE_BYTES": "whether a line of it is quoted",
    "worker.loading.faults.MAX_NOTES": "the length of a traceback",
    "worker.loading.faults.MAX_NAMED_LENGTH": "the length of a search",
    "worker.outputs.diff.MAX_DEPTH": "how a difference is searched for",
    "worker.outputs.value_writers.MAX_PIECE_LENGTH": "the size of a step",
    "worker.progress.throttle.BURST": "the beginning of INTERVAL_S",
    "worker.progress.throttle.LAST_BYTES": "a part of LINES_AT_ONCE",
    "worker.progress.throttle.LAST_LINES": "a part of LINES_AT_ONCE",
    "worker.sending.outbox.KEPT_BLOB_BYTES": "a part of `blobs`",
}
"""Constants with such names that bound nothing that is kept, or a part of what is in the table; and why."""


CALLED = {"json": "json_input", "limits": "document_limits"}
"""Modules that the script calls by another name."""


def test_every_bound_is_in_the_table() -> None:
    """A new constant that bounds something is a row of the table, or it is said what else it is."""
    written = SCRIPT.read_text(encoding="utf-8")
    missing = []
    for package in PACKAGES:
        place = ENGINE / package
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            module = ".".join(path.relative_to(ENGINE).with_suffix("").parts)
            for found in NAME.finditer(path.read_text(encoding="utf-8")):
                name = f"{module}.{found[1]}"
                used = re.search(rf"\b{CALLED.get(path.stem, path.stem)}\.{found[1]}\b", written)
                if used is None and not OTHERS.get(name):
                    missing.append(name)
    assert missing == []
