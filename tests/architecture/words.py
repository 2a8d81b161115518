r"""Finds strained English in prose: comments and strings of Python, Markdown, other text files.

    words.yaml --patterns--\
    file --prose_of--> text +--> findings: file, line, words, what to write instead

`python -m tests.architecture.words` checks the clean parts of the tree, and given paths checks those.
It exits with 1 if there are findings.
"""

import re
import sys
import tokenize
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from msgspec import Struct, yaml

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_suffix(".yaml")
MADE = {".venv", "__pycache__", "node_modules", "page", "results"}
"""Folders that a command makes; git ignores them."""

JOINT = r"""(?:[\s#]|[rfb]*["'])+"""
"""What may separate two words: also a line break in a comment, and between adjacent strings."""

CODE = "\x1f"
"""Stands for what is not prose; no pattern matches across it."""

PROSE_TOKENS = {
    tokenize.COMMENT,
    tokenize.STRING,
    # From Python 3.12 on, the text of an f-string is a token of its own.
    getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING),
}
MARKDOWN_CODE = re.compile(r"^ *```.*?^ *```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


class Pattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A regular expression, what to write instead of its match, and a text that it matches."""

    pattern: str
    write: str
    example: str


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """All of words.yaml."""

    covers: list[str]
    clean: list[str]
    patterns: list[Pattern]


class Finding(Struct, frozen=True):
    """Strained words in a file."""

    file: str
    line: int
    words: str
    write: str

    def __str__(self) -> str:
        """Return the finding as a linter prints it."""
        return f"{self.file}:{self.line}: {self.words!r}; write: {self.write}"


def read_words() -> Words:
    """Return the list."""
    return yaml.decode(FILE.read_bytes(), type=Words)


def files_below(path: Path) -> list[Path]:
    """Return a file, or the text files of a folder that belong to the source."""
    if path.is_file():
        return [path]
    kinds = {".py", ".md", ".yaml", ".yml", ".sh", ""}
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and file.suffix in kinds
        and file.name != FILE.name
        and not MADE & set(file.relative_to(path).parts)
    )


def findings(path: Path, patterns: Sequence[Pattern], root: Path = ROOT) -> Iterator[Finding]:
    """Yield what the patterns find in a file or in all files of a folder."""
    compiled = [(re.compile(each.pattern.replace(" ", JOINT), re.IGNORECASE), each) for each in patterns]
    for file in files_below(path):
        prose = prose_of(file)
        for expression, each in compiled:
            for found in expression.finditer(prose):
                if not found.groupdict().get("fine"):
                    yield Finding(
                        file=file.relative_to(root).as_posix(),
                        line=prose.count("\n", 0, found.start()) + 1,
                        words=" ".join(re.split(JOINT, found[0])),
                        write=each.write,
                    )


def prose_of(file: Path) -> str:
    """Return a file's prose on the lines where it is; code between it is replaced by `CODE`."""
    text = file.read_text(encoding="utf-8")
    match file.suffix:
        case ".py":
            return _prose_of_python(text)
        case ".md":
            return MARKDOWN_CODE.sub(lambda code: CODE + "\n" * code[0].count("\n"), text)
        case _:
            return text


def _prose_of_python(text: str) -> str:
    prose = ""
    line = 1
    for token in tokenize.generate_tokens(StringIO(text).readline):
        if token.type in PROSE_TOKENS:
            prose += "\n" * (token.start[0] - line) + token.string
            line = token.end[0]
        elif token.string.strip():
            prose += CODE
    return prose


def main(arguments: Sequence[str]) -> int:
    """Print the findings of some paths, or of the clean parts; return the exit code."""
    words = read_words()
    paths = [Path(each).resolve() for each in arguments] or [ROOT / each for each in words.clean]
    found = [each for path in paths for each in findings(path, words.patterns)]
    for each in found:
        sys.stdout.write(f"{each}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
