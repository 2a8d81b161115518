"""Variables in texts are replaced by the environment's values."""

import pytest

from gradstream.document.variables import substitute

ENVIRON = {"NAME": "Ada", "EMPTY": "", "NESTED": "${NAME}"}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Hello ${NAME}", "Hello Ada"),
        ("${NAME}${NAME}", "AdaAda"),
        ("${NOBODY:-somebody}", "somebody"),
        ("${EMPTY:-default}", "default"),
        ("${EMPTY}", ""),
        ("${NOBODY:-}", ""),
        ("$${NAME}", "${NAME}"),
        ("${NESTED}", "${NAME}"),
        ("$NAME and ${} and ${1X} and ${A-B}", "$NAME and ${} and ${1X} and ${A-B}"),
    ],
)
def test_replacement(written: str, text: str) -> None:
    """Values, defaults and escapes come out as in a shell; nothing is replaced twice."""
    assert substitute(written, ENVIRON).text == text


def test_missing_variables_are_named() -> None:
    """A variable without value and default is reported, with those that were found."""
    result = substitute("${NAME} ${NOBODY}", ENVIRON)
    assert result.missing == ("NOBODY",)
    assert result.names == ("NAME", "NOBODY")
