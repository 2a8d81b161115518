r"""`gradstream completion SHELL`: a script that completes commands, options and the addresses of demos.

the shell --"gradstream completion words -- run co"--> candidates, one a line; none: files, as ever in it
"""

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gradstream.catalog.checked_file import read_context
from gradstream.catalog.discovery import find_demos
from gradstream.cli import exit_codes
from gradstream.cli.commands import COMMANDS
from gradstream.cli.commands import add_options as add_options_of
from gradstream.cli.parser import Parser

SCRIPTS: Mapping[str, str] = {
    "bash": """\
_gradstream() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(gradstream completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" \\
    -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _gradstream gradstream
""",
    "zsh": """\
#compdef gradstream
_gradstream() {
  local -a found
  found=(${(f)"$(gradstream completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( $#found )); then compadd -- $found; else _files; fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _gradstream "$@"; else compdef _gradstream gradstream; fi
""",
    "fish": """\
function __gradstream_words
  set -l words (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token)
  set -l found (gradstream completion words -- $words[2..] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline --current-token)
  end
end
complete --command gradstream --no-files --arguments '(__gradstream_words)'
""",
}
WORDS = "words"
"""What the scripts ask for; not for people."""

EPILOG = """\
in bash:  source <(gradstream completion bash)
in zsh:   source <(gradstream completion zsh)
in fish:  gradstream completion fish | source"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EPILOG
    parser.add_argument("shell", choices=(*SCRIPTS, WORDS), metavar="SHELL", help="bash, zsh or fish")
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    parser.set_defaults(command=completion)


def completion(options: argparse.Namespace) -> int:
    """Print the script of a shell, or what the last word may become."""
    if options.shell in SCRIPTS:
        print(SCRIPTS[options.shell], end="")
    else:
        words = options.words[options.words[:1] == ["--"] :] or [""]
        found = sorted(each for each in candidates(words) if each.startswith(words[-1]))
        print("".join(f"{each}\n" for each in found), end="")
    return exit_codes.SUCCEEDED


def candidates(words: Sequence[str]) -> Iterator[str]:
    """Yield what the last word may become; nothing where it is a file, or free."""
    command, *others = words
    if not others:
        yield from (*COMMANDS, "--help", "--version")
    elif command in COMMANDS:
        parser = Parser(prog=command)
        add_options_of(command, parser)
        yield from _of_command(parser, others)


def _of_command(parser: Parser, words: Sequence[str]) -> Iterator[str]:
    *before, last = words
    actions = parser._actions  # noqa: SLF001 (argparse has no other list of what it parses)
    option = next((each for each in actions if before and before[-1] in each.option_strings), None)
    if option is not None and option.nargs != 0:
        yield from option.choices or ()
    elif last.startswith("-"):
        yield from (name for each in actions for name in each.option_strings if name.startswith("--"))
    else:
        positional = next((each for each in actions if not each.option_strings), None)
        yield from _of_positional(positional)


def _of_positional(action: argparse.Action | None) -> Iterator[str]:
    if action is not None and action.dest == "demo":
        yield from _addresses(Path.cwd())
    elif action is not None and action.choices is not None:
        yield from (each for each in action.choices if each != WORDS)


def _addresses(root: Path) -> Iterator[str]:
    """Yield the addresses of the catalog's demos, broken ones too: only the catalog's own file is read."""
    context = read_context(root, environ=os.environ)
    yield from (each.address for each in find_demos(root, context.catalog.options.demos))
