"""A Python file is understood as far as that is possible without running it."""

import inspect

import pytest

from gradstream.format.generator.modules import (
    KEPT_MODULES,
    MAX_KEPT_BYTES,
    Module,
    SyntaxMistake,
    read_module,
)


def module_of(source: str) -> Module:
    """Read a sound module."""
    module = read_module(source.encode())
    assert isinstance(module, Module)
    return module


def test_names_and_what_they_are() -> None:
    """Top-level names are functions, classes, constants, or something that only importing tells."""
    names = module_of(
        "import os.path as path, json\n"
        "from typing import Any as anything\n"
        "SIZE = 3\n"
        "LIMIT: int = 5\n"
        "made = make()\n"
        "def f(): pass\n"
        "async def g(): pass\n"
        "class K: pass\n"
        "@dataclass\nclass D: pass\n"
        "if json:\n    def h(): pass\n"
        "for each in (): pass\n"
        "with open('x') as stream: pass\n"
    ).names
    assert names["f"] == names["g"] == "function"
    assert names["K"] == "class"
    assert names["SIZE"] == names["LIMIT"] == "constant"
    unknown = {"path", "json", "anything", "made", "D", "h", "each", "stream"}
    assert {name for name, kind in names.items() if kind == "unknown"} == unknown


def test_the_last_definition_counts() -> None:
    """A function that is replaced further down is not taken for what it was."""
    module = module_of("def f(a): pass\nf = wrap(f)\n")
    assert module.names["f"] == "unknown"
    assert module.function("f") is None


def test_signatures() -> None:
    """A signature has every parameter with its kind and whether it has a default."""
    function = module_of("def f(a, b=1, /, c=2, *d, e, g=3, **h): pass\n").function("f")
    assert function is not None

    def same(a: int, b: int = 1, /, c: int = 2, *d: int, e: int, g: int = 3, **h: int) -> None:
        """Have every kind of parameter."""

    expected = inspect.signature(same)
    assert function.signature is not None
    read = [
        (each.name, each.kind, each.default is each.empty) for each in function.signature.parameters.values()
    ]
    assert read == [
        (each.name, each.kind, each.default is each.empty) for each in expected.parameters.values()
    ]


def test_a_decorated_function_has_no_known_signature() -> None:
    """A decorator may change anything."""
    function = module_of("@wrap\ndef f(a): yield a\n").function("f")
    assert function is not None
    assert function.signature is None


@pytest.mark.parametrize(
    ("body", "is_generator", "returns_value"),
    [
        ("yield 1", True, False),
        ("yield from x", True, False),
        ("yield 1\n    return 2", True, True),
        ("yield 1\n    return", True, False),
        ("yield 1\n    return None", True, False),
        ("return 2", False, False),
        ("def inner():\n        yield 1\n    return inner", False, False),
        ("g = lambda: (yield)", False, False),
        ("if a:\n        for x in a:\n            yield x", True, False),
    ],
)
def test_generators(body: str, *, is_generator: bool, returns_value: bool) -> None:
    """A function is a generator by its own yields, not by those of functions within it."""
    function = module_of(f"def f(a):\n    {body}\n").function("f")
    assert function is not None
    assert (function.is_generator, function.returns_value) == (is_generator, returns_value)


@pytest.mark.parametrize(
    "source",
    [
        "from x import *\n",
        "def __getattr__(name): pass\n",
        "globals().update({})\n",
        "def f():\n    global late\n    late = 1\n",
        "exec('x = 1')\n",
    ],
)
def test_open_modules(source: str) -> None:
    """A module that makes names in ways that cannot be seen is said to be open."""
    assert module_of(source).is_open()
    assert not module_of("def f(): pass\n").is_open()


@pytest.mark.parametrize(
    ("source", "line"), [(b"x = 1\ndef (\n", 2), (b"x = '\xff'\n", 1), (b"\x00", 0), (b"(" * 10_000, 1)]
)
def test_files_that_are_no_python(source: bytes, line: int) -> None:
    """A file that Python cannot read gives a line where Python knows one, and never an exception."""
    mistake = read_module(source)
    assert isinstance(mistake, SyntaxMistake)
    assert mistake.line in {line, 0, 1}
    assert mistake.message


def test_warnings_of_the_compiler_are_not_ours() -> None:
    """An invalid escape in a developer's file is their own business."""
    assert isinstance(read_module(b"x = '\\d'\n"), Module)


def test_the_last_small_modules_are_kept() -> None:
    """What was just read is not parsed again; of many files the last are kept, and no large one is."""
    first = module_of("first = 1\n")
    assert module_of("first = 1\n") is first
    for number in range(KEPT_MODULES):
        module_of(f"number = {number}\n")
    assert module_of("first = 1\n") is not first
    large = f"text = {'x' * MAX_KEPT_BYTES!r}\n"
    assert module_of(large) is not module_of(large)
