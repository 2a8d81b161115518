"""A kind is one thing: facts about it are in its own file, and no other code asks which kind it is."""

import re
from pathlib import Path

from gradstream.components.inputs.kind import InputKind
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.registry import INPUTS, OUTPUTS
from tests.architecture.kind_names import kind_names

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "engine" / "gradstream"

PLAIN = "scores"
NAMED = re.compile(r"(?<!under)scores", re.IGNORECASE)

DEMO = (f"{PLAIN}.yaml", f"{PLAIN}_demo.py")

MOST_FILES = 7

NOT_REQUIRED = {
    # A snippet that editors offer where nothing is typed yet.
    "schemas/demo.schema.json",
}

OTHER_MEANINGS = {
    # What a message expects: "text", and a file that is "a video".
    "components/inputs/text.py": {"text"},
    "components/inputs/video.py": {"video"},
    # The keys of a message's value, and of a part of its content; a path in a visitor's history.
    "components/inputs/message.py": {"text"},
    "components/outputs/chat_content.py": {"text"},
    # The media that a browser plays.
    "components/outputs/chat_files.py": {"audio", "image", "video"},
    "runs/attachments.py": {"file"},
    # The input that is written into when nothing else is said, and what it is called elsewhere.
    "format/build.py": {"message", "time"},
    # What a rule says to a visitor.
    "format/rules/value_rules.py": {"message"},
    # What a record of a log, a report, an answer and an exit contain.
    "cli/logs.py": {"json", "message", "text", "time"},
    "report": {"code", "file", "markdown", "message", "text"},
    "server/routes/runs.py": {"message"},
    "worker/loading/exit_reason.py": {"message"},
    # The column whose values have a colour each.
    "components/outputs/chart.py": {"color"},
    # What an item has.
    "components/outputs/gallery.py": {"image"},
    "components/outputs/annotated_image.py": {"image"},
    "components/inputs/image.py": {"image"},
    # What a message has.
    "components/outputs/chat.py": {"log"},
    # What a line has.
    "components/outputs/log.py": {"message", "text", "time"},
    # What a part of a text has.
    "components/outputs/highlighted_text.py": {"text"},
    # Fields of the head of a response.
    "document/pasted/frames.py": {"date", "location"},
    # Words of argparse, param, Shiny and Taipy, which hints lead to kinds; types of HTML and of JSON Schema.
    "format/shapes/declarations.py": {
        *("checkbox", "color", "date", "datetime", "dropdown", "file", "number", "radio", "slider", "text"),
    },
    "format/shapes/html_fields.py": {"checkbox", "radio", "text"},
    "format/shapes/json_schemas.py": {"number"},
    # The fonts of a theme.
    "format/theme": {"text", "code"},
    "server/routes/theme.py": {"text", "code"},
    "server/content/theme_css.py": {"text", "code"},
    # Events of a run, what a generator imports, and a parameter of this name.
    "__init__.py": {"log", "progress"},
    "events": {"log", "progress"},
    "runs/lifecycle.py": {"log", "progress"},
    "format/generator/binding.py": {"progress"},
    "format/load.py": {"progress"},
    # A type of JSON Schema; the key of a reference to an upload.
    "components": {"number", "file"},
    # How a file is handed over.
    "components/inputs/file.py": {"text"},
    # What a file is that is not a model.
    "components/model_file.py": {"text"},
    # What a cell holds.
    "components/table_cells.py": {"checkbox", "date", "number", "text"},
    "components/inputs/table.py": {"text"},
    # The parts of a moment, and the format of JSON Schema.
    "components/inputs/moment.py": {"date", "time"},
    "format/wording.py": {"number", "text"},
    "format/mistakes/value_repairs.py": {"number"},
    # The types of files.
    "format/mistakes/endings.py": {"audio", "image", "markdown", "text", "video"},
    # Keys that authors write for others.
    "format/mistakes/synonyms.py": {
        *("audio", "chart", "checkbox", "datetime", "file", "image", "number", "text", "time"),
    },
    "format/mistakes/foreign_keys.py": {"chat"},
    # Groups of regular expressions, and keys that other tools write in choices.
    "document/pasted": {"number", "text"},
    "format/shapes/choices.py": {"code", "text"},
    # A block of a layout, with Markdown, and what other tools call it.
    "format/layout.py": {"text"},
    "format/shapes/layouts.py": {"html", "markdown", "text"},
    "format/layout_blocks.py": {"text"},
    "format/rules/layout.py": {"text"},
    "format/edits.py": {"text"},
    # The group of a regular expression, and what a text with a unit measures.
    "format/units.py": {"number", "time"},
    "format/catalog_file.py": {"time"},
    "limits": {"time"},
    # A parameter, a link to a file, a file beside folders.
    "catalog/checked_file.py": {"file"},
    "cli/input_args.py": {"file"},
    "format/shapes/generators.py": {"file"},
    "server/routes/uploads.py": {"file"},
    "server/http/form_file.py": {"file"},
    # The key of a reference to a file.
    "format/rules/shipped_files.py": {"file"},
    # Tracks and media types of files.
    "media": {"audio", "video"},
    "server/content/downloads.py": {"audio", "video"},
    # The type of a file that holds text.
    "media/signatures.py": {"text"},
    # Forms of reports and logs, the template that has the name of its kind, members of JSON objects.
    "cli/check.py": {"text", "file"},
    "cli/check_report.py": {"text", "json"},
    "cli/serve.py": {"text", "json"},
    "cli/new.py": {"text"},
    # What a cell of Gradio holds, a variable, a block of a layout, what a generator imports or takes.
    "importing/components.py": {"checkbox", "date", "number", "text"},
    "importing/interfaces.py": {"chat", "message"},
    "importing/arrangement.py": {"text"},
    "importing/rewriting.py": {"log", "message"},
    "importing": {"progress", "text"},
    "server/routes/docs.py": {"text"},
    # What a worker waits for: a change of its code.
    "engines/local/phase.py": {"code"},
}
"""Words that are the name of a kind and mean something else, by file or folder."""


def own_names() -> dict[str, set[str]]:
    """Return the kinds of each file that has some."""
    own: dict[str, set[str]] = {}
    for name, kind in (*INPUTS.items(), *OUTPUTS.items()):
        file = type(kind).__module__.removeprefix("gradstream.").replace(".", "/") + ".py"
        own.setdefault(file, set()).add(name)
    return own


def test_no_other_file_names_a_kind() -> None:
    """The engine writes the name of a kind in its own file alone; each other word has its reason above."""
    meanings = own_names()
    for file, words in OTHER_MEANINGS.items():
        meanings[file] = meanings.get(file, set()) | words
    assert kind_names(ENGINE, {*INPUTS, *OUTPUTS}, other=meanings) == []


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


def test_the_page_lists_the_files_of_a_plain_kind() -> None:
    """`adding-a-kind.md` lists the files that name a plain kind, and no other file has to."""
    page = (ROOT / "docs" / "architecture" / "adding-a-kind.md").read_text(encoding="utf-8")
    table = page.partition("| file | what it has |\n")[2].partition("\n\n")[0]
    listed = set(re.findall(r"^\| `(\S+)` \|", table, re.MULTILINE))
    assert len(listed) == MOST_FILES
    naming = {
        file.relative_to(ROOT).as_posix()
        for folder, pattern in (("engine", "*.py"), ("schemas", "*.json"), ("web/src", "*.ts"))
        for file in (ROOT / folder).rglob(pattern)
        if NAMED.search(file.read_text(encoding="utf-8"))
    }
    page_and_demo = {f"docs/authoring/components/{PLAIN}.md", *(f"demos/components/{each}" for each in DEMO)}
    assert page_and_demo <= listed
    assert naming - NOT_REQUIRED == listed - page_and_demo
    assert all((ROOT / file).is_file() for file in listed)


def test_every_member_of_a_kind_is_explained() -> None:
    """`adding-a-kind.md` explains what a kind of input or output can define in the engine."""
    page = (ROOT / "docs" / "architecture" / "adding-a-kind.md").read_text(encoding="utf-8")
    for kind, final in ((InputKind, {"check", "check_shipped", "json_schema"}), (OutputKind, set())):
        members = {name for name in vars(kind) if not name.startswith("_")} - final
        noun = "input" if kind is InputKind else "output"
        table = page.partition(f"| member of an {noun} |")[2].partition("\n\n")[0]
        assert (
            set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", table, re.MULTILINE)))) == members
        )
