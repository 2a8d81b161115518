"""Passwords that stand as plain text in a YAML file are shown nowhere."""

import pytest

from gradstream.redaction.written import hide_written, words_written

BLOCK = """\
access:
  users:
    ada: sesame street  # of Ada
    bob: ${BOB}
    eve: "${EVE:-opensesame}"
  token: 'open sesame'
  headers: [x-role]
inputs:
  token: text
"""


@pytest.mark.parametrize(
    "text",
    [
        BLOCK,
        BLOCK.replace("access", '"access"'),
        "access: {users: {ada: sesame, bob: '${BOB}'}, token: sesame}\n",
        "access:\n  users: {ada: sesame,\n    bob: sesame}\n",
        "access:\n  token: >\n    open\n    sesame\n",
        "access:\n  users:\n  - [ada, sesame]\n",
        "defaults:\n  access:\n    users:\n      ada: {password: sesame}\n",
        "access:\n  password: sesame\n",
        "access:\n  users: {ada: 'sesame\n",
    ],
)
def test_what_is_written_is_masked(text: str) -> None:
    """No password is left, variables are, and each character keeps its place."""
    shown = hide_written(text)
    assert "sesame" not in shown
    assert len(shown) == len(text)
    assert ("${BOB}" in shown) is ("${BOB}" in text)
    assert shown.splitlines()[-1:] == text.splitlines()[-1:] or "•" in shown.splitlines()[-1]


def test_only_what_guards_is_masked() -> None:
    """A token that is an input's name or a constant is none of `access`."""
    text = "title: access\ninputs:\n  token: text\nwith:\n  users: all\n"
    assert hide_written(text) == text
    assert "token: text" in hide_written(BLOCK)
    assert '"${EVE:-' in hide_written(BLOCK)
    assert "headers: [x-role]" in hide_written(BLOCK)


def test_the_words_that_messages_do_not_quote() -> None:
    """They are those of the lines that a finding is about."""
    assert words_written(BLOCK, first=6, last=6) == ["'open", "sesame'"]
    assert words_written(BLOCK, first=7, last=9) == []
