"""Only the server says where a file of a history is."""

from gradstream.components.types import Upload
from gradstream.runs.attachments import located


def find(key: str) -> Upload | None:
    """Find one file."""
    return Upload(path="/runs/r/d", name="d", mime="image/png", size=1) if key == "r/d" else None


def test_a_file_of_an_earlier_run_gets_its_path() -> None:
    """It is found by its run and its digest, alone or among other parts; one that is gone has no path."""
    file = {"blob": "d", "mime": "image/png", "run": "r"}
    found = {**file, "path": "/runs/r/d"}
    assert located({"role": "user", "content": file}, find)["content"] == found
    gone = {**file, "run": "other"}
    assert located({"role": "user", "content": ["see", file, gone]}, find)["content"] == ["see", found, gone]


def test_a_file_that_no_run_has_shown_is_found_by_its_upload() -> None:
    """A question that was canceled before its turn stays in the conversation, with its files."""
    file = {"file": "r/d", "name": "a.png"}
    assert located({"role": "user", "content": [file]}, find)["content"] == [{**file, "path": "/runs/r/d"}]


def test_a_visitor_names_no_file_of_this_machine() -> None:
    """A path, or a mapping that has one, is removed from what the visitor has sent."""
    named = [{"path": "/etc/passwd"}, {"file": {"path": "/etc/passwd"}, "type": "file"}, {"text": "hi"}]
    message = located({"role": "user", "content": named}, find)
    assert message["content"] == [{}, {"type": "file"}, {"text": "hi"}]
