"""`gradstream import`: apps in the styles found in the wild, each with the files and the report expected."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import yaml

from gradstream.cli.main import main
from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles
from tests.acceptance.wire_client import client_of
from tests.conftest import ROOT, Serve
from tests.exact import Exact
from tests.forked_command import run_command

APPS = sorted((ROOT / "tests" / "examples" / "import").glob("*.py"))
PARTLY = "untranslatable"
"""The app of what cannot be translated, whose demo needs a package that is not there."""

CATALOG = "gradstream: 1\ndefaults: {worker: {shared: one}}\n"


def imported(app: Path, folder: Path) -> AppFiles:
    """Translate an app for the demos of a catalog."""
    return import_app(app, name=app.stem, folder=folder / "demos", root=folder)


def report(found: AppFiles) -> str:
    """Return the remarks as the command prints them."""
    return "\n".join(f"{each.line}: {each.text}" for each in found.remarks)


def catalog(folder: Path) -> dict[str, str]:
    """Return the files of a catalog of all apps that can be translated."""
    files = {"gradstream.yaml": CATALOG}
    for app in APPS:
        if app.stem != PARTLY:
            for name, text in imported(app, folder).files.items():
                files[f"demos/{name}"] = f"gradstream: 1\n{text}" if name.endswith(".yaml") else text
    return files


def test_there_are_thirty_apps() -> None:
    """Interfaces, chats and Blocks; each shows a habit that is found in the wild."""
    assert len(APPS) > 30


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.stem)
def test_an_app_becomes_what_is_expected(app: Path, tmp_path: Path, exact: Exact) -> None:
    """The YAML, the module and the report are those in the folder of the app's name."""
    found = imported(app, tmp_path)
    expected = app.with_suffix("")
    expected.mkdir(exist_ok=True)
    for name, text in found.files.items():
        exact.report(expected / name, text.rstrip("\n"))
    exact.report(expected / "report", report(found))
    assert {each.name for each in expected.iterdir()} <= {*found.files, "report"}


def test_what_is_written_is_good(tmp_path: Path) -> None:
    """Nothing is to be corrected in what is written for an app that can be translated."""
    for name, text in catalog(tmp_path).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    checked = run_command(["check", "--strict"], folder=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")


async def test_what_is_written_runs(serve: Serve, tmp_path: Path) -> None:
    """Each action of each demo succeeds, with the values of the first example, and on its first event."""
    files = catalog(tmp_path)
    async with client_of(serve(files)) as client:
        for name, text in files.items():
            if not name.startswith("demos/") or not name.endswith(".yaml"):
                continue
            demo: dict[str, Any] = yaml.decode(text.encode())
            address = Path(name).stem
            for action in demo.get("actions", {"run": demo}):
                body = {"action": action, "inputs": _example(demo, action), **_event(demo, action)}
                answer = await client.post(f"/api/demos/{address}/runs", json=body)
                assert answer.status_code == 201, (name, action, answer.text)
                *_, last = await client.events(answer.json()["run"])
                assert last["type"] == "succeeded", (name, action, last)


def _example(demo: dict[str, Any], action: str) -> dict[str, Any]:
    """Return the values of the first example that an action takes."""
    first = demo.get("examples", [{}])[0]
    taken = demo.get("actions", {}).get(action, {}).get("inputs", first)
    return {name: value for name, value in first.items() if name in taken}


def _event(demo: dict[str, Any], action: str) -> dict[str, Any]:
    """Return what is done to the first component that an action runs on, or the like that it is given."""
    outputs: dict[str, Any] = demo["outputs"]
    if any(isinstance(each, dict) and each.get("like") == action for each in outputs.values()):
        said = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
        return {"inputs": {"index": 1, "liked": True, "history": said}}
    runs_on: dict[str, list[str]] = demo.get("actions", {}).get(action, demo).get("runs_on", {})
    for kind, (name, *_) in runs_on.items():
        shown = outputs.get(name, {})
        place = {"row": 1, "column": "age" if "columns" in shown else 2} if kind == "select" else {}
        return {"event": {"component": name, "type": kind, "index": 1, "value": "x", **place}}
    return {}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """Write an app with one thing that cannot be translated, in a folder of its own."""
    file = tmp_path / "app.py"
    file.write_text(
        "import gradio as gr\n"
        "def shout(text):\n    return text.upper()\n"
        'gr.Interface(shout, "text", "text", batch=True).launch()\n'
    )
    return file


class Command:
    """Runs `gradstream import` in a folder, in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Return the exit code, and what was printed on both ways out."""
        code = main(["import", *arguments])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err


@pytest.fixture
def command(app: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return what runs the command in the folder of the app."""
    monkeypatch.chdir(app.parent)
    return Command(capsys)


def test_the_command_writes_and_reports(command: Command) -> None:
    """The files are named, what is missing is said with its line, and the exit code is 1."""
    wrote = "wrote demos/app.yaml\nwrote demos/app.py\n"
    assert command("app.py") == (1, wrote, "app.py:4: `batch` of `Interface` is not translated\n")


def test_pictures_of_an_app_are_named_where_they_are(tmp_path: Path) -> None:
    """Avatars are paths from the demo's file on; one that is not there is told of."""
    app = tmp_path / "old" / "talk.py"
    app.parent.mkdir()
    (app.parent / "robot.svg").write_text("<svg/>", encoding="utf-8")
    chat = 'gr.ChatInterface(reply, chatbot=gr.Chatbot(avatar_images=({}, "robot.svg")))'
    start = "import gradio as gr\n\ndef reply(message, history):\n    return message\n\n"
    for user, remarks in (("None", []), ('"gone.png"', ["the picture of an avatar is not there: gone.png"])):
        app.write_text(start + chat.format(user) + ".launch()\n", encoding="utf-8")
        found = imported(app, tmp_path)
        assert "      assistant: ../old/robot.svg\n" in found.files["talk.yaml"]
        assert "user:" not in found.files["talk.yaml"]
        assert [each.text for each in found.remarks] == remarks


def test_nothing_is_overwritten_unless_it_is_asked(app: Path, command: Command) -> None:
    """A file that exists is named and stays; `--force` replaces it, `--diff` shows what would change."""
    command("app.py")
    module = app.parent / "demos" / "app.py"
    module.write_text("MINE = 1\n")
    code, _, said = command("app.py")
    assert (code, "demos/app.yaml exists already" in said) == (2, True)
    assert "-MINE = 1" in command("app.py", "--diff")[1]
    assert module.read_text() == "MINE = 1\n"
    command("app.py", "--force")
    assert "def shout" in module.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.py"], "nowhere.py"),
        (["plain.py"], "plain.py cannot be imported: it has no Interface, ChatInterface or Blocks"),
        (["broken.py"], "broken.py cannot be imported: it cannot be read as Python"),
        (["app.py", "--to", "."], "the module would take the place of the app: write --name app_demo"),
    ],
)
def test_what_cannot_be_imported_is_refused(
    arguments: list[str], said: str, app: Path, command: Command
) -> None:
    """One line says why, nothing is written, and the exit code is 2."""
    (app.parent / "plain.py").write_text("print(1)\n")
    (app.parent / "broken.py").write_text("def (\n")
    code, printed, reason = command(*arguments)
    assert (code, printed) == (2, "")
    assert said in reason
    assert not (app.parent / "demos").exists()
