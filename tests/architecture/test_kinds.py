"""A kind is one thing: facts about it are in its own file, and no other code asks which kind it is."""

from pathlib import Path

from gradstream.components.registry import INPUTS, OUTPUTS
from tests.architecture.kind_names import kind_names

ENGINE = Path(__file__).parents[2] / "engine" / "gradstream"

OTHER_MEANINGS = {
    # The one list of kinds.
    "components/registry.py": {*INPUTS, *OUTPUTS},
    # What a message expects: "text", and a file that is "a video".
    "components/inputs/text.py": {"text"},
    "components/inputs/video.py": {"video"},
    # A type of JSON Schema.
    "components": {"number"},
    "format/wording.py": {"number", "text"},
    "format/mistakes/validate.py": {"number"},
    # Keys that authors write for others, and a kind of input that is only planned.
    "format/mistakes/synonyms.py": {"audio", "image", "text", "table"},
    # The group of a regular expression.
    "format/units.py": {"number"},
    # Tracks and media types of files.
    "media": {"audio", "video"},
    "server/content/downloads.py": {"audio", "video"},
    # The type of a file that holds text.
    "media/signatures.py": {"text"},
    # Forms of reports and logs, the template that has the name of its kind, members of JSON objects.
    "cli/check.py": {"text", "json"},
    "cli/logs.py": {"text", "json"},
    "cli/run.py": {"text"},
    "cli/serve.py": {"text", "json"},
    "cli/new.py": {"text"},
    "report": {"code", "text"},
    "server/routes/docs.py": {"text"},
    # What a worker waits for: a change of its code.
    "engines/local/phase.py": {"code"},
}
"""Words that are the name of a kind and mean something else, by file or folder."""


def test_no_other_file_names_a_kind() -> None:
    """The engine writes the name of a kind in the registry alone; each other word has its reason above."""
    assert kind_names(ENGINE, {*INPUTS, *OUTPUTS}, other=OTHER_MEANINGS) == []


def test_names_are_found_wherever_they_are_written(tmp_path: Path) -> None:
    """Conditions, sets, mappings and patterns are found; longer texts and listed words are not."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.py").write_text(
        'GROWING = {"chat"}\n'
        "def f(kind):\n"
        '    """A chat."""\n'
        "    match kind:\n"
        '        case "table": return {"image": 1}\n'
        '    return kind == "text" or "a text"\n'
    )
    kinds = {"chat", "table", "image", "text"}
    assert kind_names(tmp_path, kinds, other={"inner": {"text"}}) == [
        "inner/a.py, line 1: `chat`",
        "inner/a.py, line 5: `table`",
        "inner/a.py, line 5: `image`",
    ]
    assert kind_names(tmp_path, {"text"}, other={"inner/a.py": {"text", "code"}}) == [
        "inner/a.py: `code` is not written there"
    ]
