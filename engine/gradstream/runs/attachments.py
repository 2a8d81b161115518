"""Files in the messages of a history: where they are on this machine, which only the server may say.

{"blob", "run", …} --find_upload--> {"blob", "run", …, "path"}      {"path": …} of a visitor --> {}
{"file": id, …}    --find_upload--> {"file": id, …, "path"}         of a question that no run has shown
"""

from collections.abc import Mapping
from typing import Any

from gradstream.components.form import FindUpload


def located(message: Mapping[str, Any], find_upload: FindUpload) -> dict[str, Any]:
    """Return a message of a visitor's history with the paths of the files that the visitor may read."""
    content = message["content"]
    if isinstance(content, list):
        return {**message, "content": [_located(part, find_upload) for part in content]}
    return {**message, "content": _located(content, find_upload)}


def _located(part: Any, find_upload: FindUpload) -> Any:
    if not isinstance(part, dict):
        return part
    own = {key: value for key, value in part.items() if not _leads_to_file(key, value)}
    key = _upload_key(own)
    upload = None if key is None else find_upload(key)
    return own if upload is None else {**own, "path": upload.path}


def _leads_to_file(key: str, value: Any) -> bool:
    """Whether a worker would find a file of this machine by it: a visitor's own is removed."""
    return key == "path" or (key == "file" and not isinstance(value, str))


def _upload_key(part: Mapping[str, Any]) -> str | None:
    file, run, blob = part.get("file"), part.get("run"), part.get("blob")
    if isinstance(file, str):
        return file
    return f"{run}/{blob}" if isinstance(run, str) and isinstance(blob, str) else None
