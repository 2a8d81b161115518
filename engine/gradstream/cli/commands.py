"""The commands, and the modules that they are."""

import keyword
from importlib import import_module

from gradstream.cli.parser import Parser

COMMANDS = {
    "serve": "serve a folder of demos",
    "run": "run a demo in the terminal, without a server",
    "check": "find mistakes without serving anything",
    "fmt": "write YAML files in one style, with nothing changed in meaning",
    "lsp": "help an editor: mistakes, repairs and completion as one types",
    "new": "begin a demo that runs as it is",
    "import": "translate an app of Gradio into YAML and a module, without running it",
    "schema": "print the format as one JSON Schema",
    "completion": "print a script that completes commands, options and demos in a shell",
}
"""Each is a module of this package with `add_options(parser)`, which sets the parser's `command`; the name of
the module ends with an underscore where the command's is a word of Python's own."""


def add_options(name: str, parser: Parser) -> None:
    """Declare the options of a command, whose module is imported for it."""
    module = f"{name}_" if keyword.iskeyword(name) else name
    import_module(f"gradstream.cli.{module}").add_options(parser)
