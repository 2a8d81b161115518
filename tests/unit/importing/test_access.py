"""Who may open an app of Gradio may open its demo."""

from pathlib import Path

import pytest
from msgspec import yaml

from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles

APP = """\
import gradio as gr

USERS = [("ada", "sesame street"), ("bob b", "open}it")]


def greet(name):
    return name


demo = gr.Interface(greet, "text", "text")

if __name__ == "__main__":
    demo.launch(auth={auth})
"""


def imported(folder: Path, auth: str) -> AppFiles:
    """Translate the app, launched with this."""
    app = folder / "app.py"
    app.write_text(APP.replace("{auth}", auth), encoding="utf-8")
    return import_app(app, name="greet", folder=folder / "demos", root=folder)


@pytest.mark.parametrize(
    ("auth", "users"),
    [
        ('("ada", "sesame street")', {"ada": "${ADA_PASSWORD:-sesame street}"}),
        ("USERS", {"ada": "${ADA_PASSWORD:-sesame street}", "bob b": "open}it"}),
        ('[("7", "a${B}")]', {"7": "a$${B}"}),
    ],
)
def test_names_and_passwords(tmp_path: Path, auth: str, users: dict[str, str]) -> None:
    """The demo asks for the same as the app, and each password that is in the file is a remark."""
    found = imported(tmp_path, auth)
    assert yaml.decode(found.files["greet.yaml"])["access"] == {"users": users}
    assert len(found.remarks) == len(users)
    assert all("is in the YAML" in remark.text for remark in found.remarks)


@pytest.mark.parametrize("auth", ["check", "lambda name, password: True", '("ada", "")', "[]", "SECRETS"])
def test_what_is_not_translated_is_said(tmp_path: Path, auth: str) -> None:
    """A function that decides is not here: then the demo is open, and the line is named."""
    found = imported(tmp_path, auth)
    assert "access" not in found.files["greet.yaml"]
    assert [(each.line, "everybody may open the demo" in each.text) for each in found.remarks] == [(13, True)]


def test_an_open_app(tmp_path: Path) -> None:
    """There is nothing to say of an app that asks nobody."""
    assert imported(tmp_path, "None").remarks == []
