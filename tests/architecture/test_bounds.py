"""Every bound of the engine is in docs/authoring/limits.md: a key of `limits`, or one that cannot be set."""

import re
import runpy
from typing import get_args

from gradstream.limits import bounds
from tests.conftest import ROOT

ENGINE = ROOT / "engine" / "gradstream"
SCRIPT = ROOT / "scripts" / "build_limits.py"

NAME = re.compile(
    r"^((?:MAX|MOST|LONGEST|LARGEST|WIDEST|KEPT|LAST)_[A-Z_]+|[A-Z_]+_(?:AT_ONCE|PER_S)|AT_ONCE|HISTORY|BURST)"
    r"(?:: \w+)? = (?![\"'(\[{].*[a-z]{4})",
    re.MULTILINE,
)

PACKAGES = (
    "app.py", "cli/log_writer.py", "engines", "events", "ipc", "recordings", "runs", "server", "worker",
    "catalog/check_cache.py", "components", "document/limits.py", "format/generator/modules.py",
    "format/rules/csv_table.py",
)  # fmt: skip
"""What serves; other commands and the encoders hold nothing of a visitor's."""

OTHERS = {
    "components.inputs.choice.MOST_CHOICES_NAMED": "the length of a message",
    "components.inputs.file.LONGEST_PATH": "a part of `body`",
    "components.inputs.file_names.MOST_NAME_BYTES": "a file's name in a folder of a run",
    "components.inputs.folder_tree.MOST_LEVELS": "a path in a folder of a run",
    "components.inputs.file_names.MOST_SUFFIX_BYTES": "a file's name in a folder of a run",
    "components.outputs.file.LONGEST_NAME": "a file's name in an event",
    "components.outputs.picture.MOST_SHOWN": "the length of a message",
    "components.outputs.progress.MOST_OVER": "arithmetic",
    "components.outputs.model3d.MOST_REMARKS": "a part of `remarks`",
    "components.outputs.table.MOST_EDITED_ROWS": "a part of `body`",
    "components.real_number.LONGEST_SAID": "the length of a message",
    "components.real_number.MAX_EXACT": "arithmetic",
    "components.real_number.MOST_BITS": "arithmetic",
    "engines.local.output_pipe.BYTES_PER_S": "how fast a pipe is read, which holds its writer back",
    "engines.local.interpreters.MOST_BYTES": "the length of a search",
    "events.journal.KEPT_SHARE": "a part of `journal`",
    "events.journal.MAX_BYTES": "the default of `journal`",
    "events.journal.MAX_EVENTS": "the default of `journal_events`",
    "ipc.prints.MAX_PIECE_BYTES": "the size of a system's atomic write",
    "recordings.shelf.KEPT_SHARE": "a part of `example_recordings` and `history`",
    "recordings.types.MOST_BYTES": "the largest `recording`",
    "runs.blobs.KEPT_SHARE": "a part of `blobs`",
    "runs.blobs.LONGEST_WORD": "the length of what is searched for",
    "runs.local.LONGEST_KEY": "the length of a search",
    "runs.queue.KEPT_PART": "a part of `queue`",
    "runs.queue.RETRY_LONGEST_S": "an estimate",
    "runs.service.MOST_CHANGING_RUNS": "how many runs are looked at for a request",
    "server.http.answer_headers.LONGEST_REQUESTED": "a header that is echoed",
    "server.http.visitor_headers.LONGEST_LIST": "the length of a search",
    "worker.execution.async_run.MAX_BLOCKED_S": "when a warning is due",
    "worker.execution.failures.MAX_CHAIN": "how much is freed at once",
    "worker.loading.faults.MAX_FRAMES": "the length of a traceback",
    "worker.loading.faults.MAX_SOURCE_BYTES": "whether a line of it is quoted",
    "worker.loading.faults.MAX_NOTES": "the length of a traceback",
    "worker.loading.faults.MAX_NAMED_LENGTH": "the length of a search",
    "worker.outputs.diff.MAX_DEPTH": "how a difference is searched for",
    "worker.outputs.value_writers.MAX_PIECE_LENGTH": "the size of a step",
    "worker.progress.throttle.LAST_BYTES": "a part of `log_lines`",
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


REACHED = {
    # Keys of `limits`.
    "upload": "test_too_large",
    "visitor_uploads": "test_a_visitor_s_own_files_make_room",
    "visitor_upload_files": "test_a_visitor_s_own_files_make_room",
    "uploads": "test_who_has_most_makes_room",
    "upload_files": "test_who_has_most_makes_room",
    "upload_time": "test_a_file_that_is_not_used",
    "visitor_runs": "test_more_runs_than_a_visitor_may_have",
    "address_runs": "test_more_runs_than_a_visitor_may_have",
    "address_connections": "test_more_connections_than_an_address_may_have",
    "uploading": "test_many_files_that_are_not_complete",
    "headers": "test_a_large_head",
    "header_time": "test_a_head_that_does_not_end",
    "body_time": "test_a_body_that_does_not_end",
    "pipelined": "test_requests_behind_a_feed",
    "write_time": "test_an_answer_that_nobody_takes",
    "bodies": "test_many_bodies_that_are_not_complete",
    "followed_runs": "test_more_runs_than_are_followed",
    "frames": "test_more_frames_than_a_page_sends",
    "body": "test_a_body_that_is_too_large",
    "body_values": "test_what_is_beyond_a_bound",
    "body_depth": "test_what_is_beyond_a_bound",
    "body_digits": "test_what_is_beyond_a_bound",
    "findings": "test_more_is_counted",
    "journal_events": "test_bounds_are_kept",
    "journal": "test_bounds_are_kept",
    "run_memory": "test_a_text_that_grows_without_end",
    "inputs": "test_inputs_of_many_runs_that_wait",
    "sign_ins": "test_more_sign_ins_than_are_kept",
    "sign_in_time": "test_a_sign_in_lasts_for_its_time",
    "address_tries": "test_one_address_is_slowed",
    "name_tries": "test_one_name_is_slowed",
    "known_tries": "test_more_addresses_than_are_kept",
    "removed_demos": "test_more_removed_demos_than_are_remembered",
    "repeats": "test_more_requests_than_are_remembered",
    "silent_readers": "test_silent_readers_are_bounded",
    "held_states": "test_slow_readers_share_states",
    "backlog": "test_a_reader_that_stands_still_gets_a_snapshot",
    "blobs": "test_the_oldest_that_nobody_sees_go",
    "blob_files": "test_the_number_is_bounded_too",
    "stream_segments": "test_a_stream_of_many_small_segments",
    "streams": "test_a_run_has_a_bound_of_its_own",
    "visitor_streams": "test_a_live_run_makes_room_for_itself",
    "download": "test_a_file_beyond_its_bounds",
    "download_time": "test_a_file_beyond_its_bounds",
    "downloads": "test_files_that_are_made_at_once",
    "finished_time": "test_bounds",
    "finished_runs": "test_bounds",
    "finished_memory": "test_finished_runs_count_whole",
    "finished_files": "test_streams_are_counted_with_big_values",
    "recording": "test_nothing_unfinished_is_left",
    "example_recordings": "test_bytes_are_bounded",
    "example_recording_files": "test_the_oldest_goes",
    "history": "test_bytes_are_bounded",
    "history_files": "test_the_oldest_goes",
    "states": "test_the_visitor_who_was_away_longest_makes_room",
    "workers": "test_the_longest_unused_worker_makes_room",
    "frames_at_once": "test_more_frames_than_a_page_sends",
    "catalog_changes": "test_who_is_too_far_behind_looks_at_everything",
    "catalog_views": "test_more_views_than_are_kept",
    "socket_message_size": "test_a_message_that_is_too_large",
    "socket_request_length": "test_no_request",
    "feed_wait": "test_queries_of_another_shape",
    "detail_length": "test_a_detail_that_quotes_what_was_sent",
    "shown_length": "test_how_much_of_a_value_is_shown",
    "waiting_recordings": "test_more_runs_than_wait",
    "copied_recordings": "test_presses_at_once",
    "yaml_size": "test_how_large_files_of_demos_may_be",
    "yaml_values": "test_how_large_files_of_demos_may_be",
    "examples_size": "test_how_large_files_of_demos_may_be",
    # Those of workers.
    "log_lines": "test_a_worker_s_bound_is_where_it_is_set",
    "progress_events": "test_a_worker_s_bound_is_where_it_is_set",
    "printed_lines": "test_a_worker_s_bound_is_where_it_is_set",
    "printed_size": "test_a_worker_s_bound_is_where_it_is_set",
    "printed_line_size": "test_a_worker_s_bound_is_where_it_is_set",
    "import_lines": "test_a_worker_s_bound_is_where_it_is_set",
    "remarks": "test_a_worker_s_bound_is_where_it_is_set",
    "known_pictures": "test_a_worker_s_bound_is_where_it_is_set",
    "state_size": "test_a_worker_s_bound_is_where_it_is_set",
    "message_length": "test_a_worker_s_bound_is_where_it_is_set",
    "traceback_length": "test_a_worker_s_bound_is_where_it_is_set",
    "event_size": "test_a_worker_s_bound_is_where_it_is_set",
    "figure_size": "test_a_worker_s_bound_is_where_it_is_set",
    "value_size": "test_a_worker_s_bound_is_where_it_is_set",
    "model_size": "test_a_worker_s_bound_is_where_it_is_set",
    "clip_size": "test_a_worker_s_bound_is_where_it_is_set",
    "functions": "test_a_worker_s_bound_is_where_it_is_set",
    "waiting_pictures": "test_a_worker_s_bound_is_where_it_is_set",
    "waiting_events": "test_a_worker_s_bound_is_where_it_is_set",
    "waiting_chunks": "test_a_worker_s_bound_is_where_it_is_set",
    # Those that cannot be set.
    "Parts of an upload's form": "test_odd_forms",
    "Headers of such a part": "test_odd_forms",
    "One such header": "test_odd_forms",
    "The boundary of a form": "test_odd_boundaries",
    "A file that is being sent, in memory": "test_large_fields",
    "The name of a file": "test_names_are_only_shown",
    "A session": "test_a_session_that_cannot_be_one",
    "A text that is written as JSON, for an input of data": "test_what_is_refused",
    "Lists and mappings within each other in a value": "test_nesting_over_the_bound",
    "A part of a feed that waits to be sent": "test_pieces_of_a_feed",
    "The form of the sign-in page": "test_a_huge_password",
    "What a recording says of itself": "test_forged",
    "What a worker sends in one piece": "test_a_frame_too_long_is_not_sent",
    "Bytes of a run that are on their way from its worker": "test_a_generator_that_outruns_the_server_waits",
    "Pieces of printed text that are read at once": "test_a_worker_that_prints_without_end",
    "Lines of the log that wait to be written": "test_more_lines_than_may_wait",
    "The catalog's own file, `gradstream.yaml`": "test_a_file_over_one_mebibyte",
    "Lists and mappings within each other in YAML": "test_deeper_is_a_mistake",
    "A file of Python that is looked into without running it": "test_a_large_file_is_not_looked_into",
    "Such files that are kept after they were read": "test_the_last_small_modules_are_kept",
    "What `gradstream check` keeps of earlier checks": "test_more_than_a_cache_may_have",
}
"""The test that reaches each bound."""


def test_every_bound_is_reached() -> None:
    """Each row of the page has a test in which what is beyond it happens, and the test is there."""
    rows = [bound.key for _, bound in bounds()] + [row[0] for row in runpy.run_path(str(SCRIPT))["FIXED"]]
    assert sorted(REACHED) == sorted(rows)
    written = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    defined = set(re.findall(r"^(?:async )?def (test_\w+)", written, re.MULTILINE))
    assert set(REACHED.values()) - defined == set()


def test_every_fixed_bound_has_a_reason_that_counts() -> None:
    """A bound may be fixed for a reason that the decision names, and says what it is in its case."""
    script = runpy.run_path(str(SCRIPT))
    decision = (ROOT / "docs" / "decisions" / "0014-bounds.md").read_text(encoding="utf-8")
    named = re.findall(r"^  - `(\w+)`: ", decision, re.MULTILINE)
    assert sorted(named) == sorted(get_args(script["Why"]))
    for bounded, _, _, because, why in script["FIXED"]:
        assert because.strip(), bounded
        assert why in named, bounded
