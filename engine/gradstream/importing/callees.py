"""The function of an event: how it is called, what it takes, and whether its inputs fit as they are.

Interface(fn=greet) --callee_of--> Callee("greet", its def)      fits: `generator: app.greet`
                                                                  else: a function around it, see `wrappers`
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradstream.format.generator.binding import TOOL_FILLED
from gradstream.format.generator.infer import FunctionNode
from gradstream.importing.casting import parameters_of
from gradstream.importing.event_data import EventData, data_of
from gradstream.importing.memory import CACHE, MEMORY
from gradstream.importing.requests import MADE, SESSION, takes_request
from gradstream.importing.source import AppSource

LOGINS = frozenset({"OAuthProfile", "OAuthToken"})

PROGRESS = "progress"
FILLED = {"Progress": PROGRESS, CACHE: MEMORY}
"""What the other tool fills where it is the default of a parameter."""


@dataclass(kw_only=True, eq=False)
class Callee:
    """What an event calls: an expression, and its definition where the app has it."""

    text: str
    expression: ast.expr | None
    node: FunctionNode | ast.Lambda | None

    @property
    def is_generator(self) -> bool:
        """Whether it is seen to yield."""
        return any(isinstance(each, ast.Yield | ast.YieldFrom) for each in self._own())

    @property
    def is_async(self) -> bool:
        """Whether it is defined with `async`."""
        return isinstance(self.node, ast.AsyncFunctionDef)

    @property
    def returns_value(self) -> bool:
        """Whether it may return something; unknown functions may."""
        if isinstance(self.node, ast.Lambda):
            return not (isinstance(self.node.body, ast.Constant) and self.node.body.value is None)
        if not isinstance(self.node, FunctionNode):
            return True
        return any(isinstance(each, ast.Return) and each.value is not None for each in self._own())

    def _own(self) -> Iterator[ast.AST]:
        yield from () if self.node is None else own_nodes(self.node)

    def parameters(self) -> list[str]:
        """Return the parameters that take inputs by position."""
        return parameters_of(self.node)

    def has_default(self, name: str) -> bool:
        """Return whether a parameter may be left out."""
        if self.node is None:
            return False
        by_position = parameters_of(self.node)
        first = len(by_position) - len(self.node.args.defaults)
        return name in by_position[first:]

    def requests(self, source: AppSource) -> list[str]:
        """Return the parameters that take the request of a visitor."""
        return [name for name, value in self.given_by_page(source).items() if value == MADE]

    def tool_parameters(self, source: AppSource) -> list[str]:
        """Return the parameters that a function around this one needs for what the page gives itself."""
        values = self.given_by_page(source).values()
        tools = [name for name, value in ((PROGRESS, PROGRESS), (SESSION, MADE)) if value in values]
        of_events = (name for data in self.event_data(source).values() for name in data.parameters)
        return [*dict.fromkeys([*tools, *of_events])]

    def event_data(self, source: AppSource) -> dict[str, EventData]:
        """Return the parameters that take the data of an event, with what is made for each."""
        arguments = self.node.args if self.node is not None else None
        given = [] if arguments is None else [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        found = {each.arg: data_of(each.annotation, source) for each in given if each.annotation is not None}
        return {name: data for name, data in found.items() if data is not None}

    def given_by_page(self, source: AppSource) -> dict[str, str]:
        """Return the parameters that the other tool fills itself; a login is None."""
        filled: dict[str, str] = {}
        arguments = self.node.args if self.node is not None else None
        if arguments is None:
            return filled
        by_position = [*arguments.posonlyargs, *arguments.args]
        absent = [None] * (len(by_position) - len(arguments.defaults))
        pairs = [
            *zip(by_position, [*absent, *arguments.defaults], strict=True),
            *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        ]
        for argument, default in pairs:
            made = source.word(default.func) if isinstance(default, ast.Call) else ""
            if made in FILLED:
                filled[argument.arg] = FILLED[made]
            elif argument.annotation is not None and takes_request(argument.annotation, source):
                filled[argument.arg] = MADE
            elif argument.annotation is not None and _is_login(argument.annotation, source):
                filled[argument.arg] = "None"
        return filled | {name: data.made for name, data in self.event_data(source).items()}


def _is_login(annotation: ast.expr, source: AppSource) -> bool:
    return any(source.word(each) in LOGINS for each in ast.walk(annotation))


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function, but not those of functions within it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, FunctionNode | ast.Lambda | ast.ClassDef):
            yield from own_nodes(child)


def arranged(callee: Callee, values: Sequence[str], source: AppSource) -> list[str]:
    """Return the arguments of a call: the values by position, and between them what the page gives itself."""
    own = callee.given_by_page(source)
    waiting = list(values)
    arguments: list[str] = []
    for name in callee.parameters():
        if name in own and waiting:
            arguments.append(own.pop(name))
        elif waiting:
            arguments.append(waiting.pop(0))
    return [*arguments, *waiting, *(f"{name}={value}" for name, value in own.items())]


def fits(callee: Callee, inputs: Sequence[str], state: Sequence[str], all_state: Sequence[str]) -> bool:
    """Return whether a function gets the right values as it is: by names alone, or by position alone.

    `inputs` are the names in the order in which the other tool hands them over, those of the state too.
    """
    node = callee.node
    if node is None or node.args.vararg or node.args.kwarg or node.args.posonlyargs:
        return False
    if any(default is None for default in node.args.kw_defaults):
        return False
    parameters = callee.parameters()
    wanted = dict(zip(parameters, inputs, strict=False))
    rest = parameters[len(inputs) :]
    if len(inputs) > len(parameters) or not all(callee.has_default(each) for each in rest):
        return False
    claimed = {name: name for name in (*inputs, *all_state) if name in parameters}
    claimed |= {name: name for name in TOOL_FILLED if name in parameters and name not in claimed}
    of_inputs = [name for name in inputs if name not in state and name not in claimed.values()]
    if of_inputs and len(of_inputs) < len([name for name in inputs if name not in state]):
        return False
    waiting = [*of_inputs, *(name for name in all_state if name not in claimed.values())]
    free = [name for name in parameters if name not in claimed]
    claimed |= dict(zip(free, waiting, strict=False))
    return {name: by for name, by in claimed.items() if by not in TOOL_FILLED or by in inputs} == wanted
