"""The validated, frozen demo: users of these types need not check anything again.

    Document --schema, rules, resolve--> Demo | diagnostics

Times are seconds, sizes are bytes: units are read once, in `load`. Options of a component kind are plain
values under the keys of its schema file; the component (floor F3) converts them to a struct of its own.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from gradstream.diagnostics import Span
from gradstream.format.gate import OPEN, Gate
from gradstream.format.layout_blocks import LayoutBlock
from gradstream.format.theme.types import Theme
from gradstream.limits import Limits

Updates = Literal["replace", "append"]
ProgressSource = Literal["tqdm"]
OnDisconnect = float | Literal["keep", "stop"]
"""How long a run goes on without a reader, in seconds; the type of `on_lost` too."""
"""Seconds that a run goes on without a reader; `keep` for ever, `stop` at once."""


Condition = Mapping[str, Any]
"""When something is shown: names of inputs, with what is asked of their values (see `conditions`)."""


class Choice(Struct, frozen=True, kw_only=True):
    """One member of a set that a visitor picks from; `label` is shown, `value` is handed over."""

    value: str | int | float | bool
    label: str
    description: str | None = None


class Rule(Struct, frozen=True, kw_only=True):
    """What a value must satisfy (see `value_rules`); `message` is what a visitor reads where it does not."""

    min_length: int | None = None
    max_length: int | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    pattern: str | None = None
    message: str | None = None


class Input(Struct, frozen=True, kw_only=True):
    """One field of the form, and one value for the generator.

    `options` has the kind's own keys (`minimum`, `lines`, …) with `choices` as a list of
    {value, label, description}, sizes in bytes and times in seconds. It is shown while all of `show_if` hold.
    `as_output` is how a file is encoded that an action yields into it; None where values are not files.
    """

    name: str
    kind: str
    label: str
    description: str | None = None
    default: Any = None
    required: bool = False
    section: str | None = None
    show_if: tuple[Condition, ...] = ()
    rules: tuple[Rule, ...] = ()
    options: Mapping[str, Any] = {}
    as_output: "Output | None" = None


class Output(Struct, frozen=True, kw_only=True):
    """One thing that a generator yields into, and a visitor looks at while all of `show_if` hold.

    `as_input` is what takes the shown value where an action's inputs name the output, and where a visitor
    changes it; None where neither is possible. `editable`: a visitor can.
    """

    name: str
    kind: str
    label: str
    description: str | None = None
    streaming: bool = True
    updates: Updates = "replace"
    show_if: tuple[Condition, ...] = ()
    editable: bool = False
    options: Mapping[str, Any] = {}
    as_input: Input | None = None


class GeneratorPath(Struct, frozen=True, kw_only=True):
    """The dotted path as written, and the place to point at when something about it is wrong.

    `roots` are absolute folders to look in, in order, before installed packages: the demo's, the catalog's.
    """

    text: str
    span: Span
    roots: tuple[str, ...]


class Validator(Struct, frozen=True, kw_only=True):
    """A function that checks inputs before a run; what it says without a name is about `input`, if given."""

    path: GeneratorPath
    input: str | None = None


class Live(Struct, frozen=True, kw_only=True):
    """Re-run at each change of `inputs` (all of the action's, when empty), `after_s` after the last key."""

    after_s: float = 0.0
    inputs: tuple[str, ...] = ()


class PageEvent(Struct, frozen=True, kw_only=True):
    """What a visitor did to a component: `type` is a key of `runs_on`.

    Of what was selected: `index` counts choices, rows, parts and pictures from 0, `value` is what is there,
    `row` and `column` say where in a table (the column's name) or in a picture (pixels). `value` of a change
    is the new value.
    """

    component: str
    type: str
    index: int | None = None
    value: Any = None
    row: int | None = None
    column: str | int | None = None


class Then(Struct, frozen=True, kw_only=True):
    """The actions that follow one, by how it ended; `ended` follow in any case, also after a stop."""

    succeeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()

    def after(self, status: str) -> tuple[str, ...]:
        """Return the actions that follow a run that ended with this status."""
        own = {"succeeded": self.succeeded, "failed": self.failed}.get(status, ())
        return (*own, *self.ended)


class Action(Struct, frozen=True, kw_only=True):
    """One button: a generator, what it is given and what it fills. The top-level `generator` is named `run`.

    `inputs` and `outputs` are names in the order of arguments and of yields; an input may be the name of an
    output, and an output that of an input (see `format.both_ways`). `constants` come from `with`.
    `inputs_given` and `outputs_given` say whether the YAML names them: left out, the inputs are those that
    the parameters name, or all, as soon as the signature is known (see `binding`).
    Without `has_button` a visitor starts it by what `runs_on` has: components by what is done to them.
    `returns` has outputs and values of the state in the order in which they are returned; empty: the outputs,
    then the state. Starting it stops the runs of `stops`; `then` follow its end.
    """

    name: str
    generator: GeneratorPath
    button: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    inputs_given: bool = False
    outputs_given: bool = False
    returns: tuple[str, ...] = ()
    constants: Mapping[str, Any] = {}
    live: Live | None = None
    every_s: float | None = None
    on_open: bool = False
    runs_on: Mapping[str, tuple[str, ...]] = {}
    has_button: bool = True
    then: Then = Then()
    stops: tuple[str, ...] = ()


class Chat(Struct, frozen=True, kw_only=True):
    """Which output is the conversation, which input is the message, and what a yield means.

    `action` answers the message, and `button` has its words where the YAML gives them. All three are None
    where nobody writes: such a conversation is begun by a button or by itself. `history` is `before` where
    function adds the new message to the conversation itself. `like` is the action that gets which message
    a visitor likes or dislikes.
    """

    output: str
    message: str | None = None
    action: str | None = None
    button: str | None = None
    yields: Literal["reply", "conversation"] = "reply"
    history: Literal["whole", "before"] = "whole"
    like: str | None = None

    @property
    def hands_over_whole(self) -> bool:
        """Whether `history` includes the new message, which needs no parameter of its own then."""
        return self.yields == "conversation" and self.history == "whole"


class Example(Struct, frozen=True, kw_only=True):
    """A full set of inputs that a visitor can choose at a click; missing ones took their default."""

    label: str
    inputs: Mapping[str, Any]


class Interpreter(Struct, frozen=True, kw_only=True):
    """Another Python for a worker: its absolute `path`, and where and how it is written."""

    path: str
    text: str
    span: Span


class WorkerOptions(Struct, frozen=True, kw_only=True):
    """Where and how the generator's process lives. `shared` names a process that several demos use.

    It ends after `idle_unload_s` without a run; None: when the server thinks so. It may take `memory_bytes`,
    and runs with `python`, or with the server's own.
    """

    warm: bool = False
    shared: str | None = None
    idle_unload_s: float | None = None
    memory_bytes: int | None = None
    python: Interpreter | None = None


class RunLimits(Struct, frozen=True, kw_only=True):
    """Bounds of one demo. Over `queue` a visitor is turned away; over `timeout_s` a run fails."""

    concurrency: int = 8
    queue: int = 100
    timeout_s: float | None = None
    grace_s: float = 5.0
    pixels: int = 50_000_000
    """Of a visitor's picture that is decoded for the generator."""
    media_s: float = 3600.0
    """Of a visitor's sound or video that is decoded or converted for the generator."""


DECODING_OPTIONS = {"max_pixels": "pixels", "max_seconds": "media_s"}
"""Options that inputs of files get from the demo's limits: what a worker may decode."""


class Demo(Struct, frozen=True, kw_only=True):
    """One YAML file, good: everything that the page, the runs and the worker need to know.

    `file` is relative to the catalog's root, with forward slashes; `folder` is absolute. `source` is the text
    as written (never with substituted secrets). `revision` is a hash that changes whenever the page must.
    `watch` has files and globs that start at `folder` (see `watching`). `secrets` are values from the
    environment that no message, log or answer may contain. `pictures` are those that the texts name, with a
    version of each (see `prose.files`). `headers` are those of a request that `session` has.
    `shows_errors`: visitors read the text of an exception; `hides_source`: they do not read the file.
    `embed_origins` are the sites whose pages may show the demo in a frame, None for all. Demos of one `group`
    share a number of runs.
    """

    address: str
    file: str
    folder: str
    root: str
    source: str
    revision: str
    title: str
    description: str | None = None
    tags: tuple[str, ...] = ()
    author: str | None = None
    license: str | None = None
    thumbnail: str | None = None
    thumbnail_dark: str | None = None
    pictures: Mapping[str, str] = {}
    headers: tuple[str, ...] = ()
    order: float = 0.0
    draft: bool = False
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...]
    actions: tuple[Action, ...]
    examples: tuple[Example, ...] = ()
    chat: Chat | None = None
    layout: tuple[LayoutBlock, ...] = ()
    state: Mapping[str, Any] = {}
    validators: tuple[Validator, ...] = ()
    progress: ProgressSource | None = None
    watch: tuple[str, ...] = ()
    worker: WorkerOptions = WorkerOptions()
    limits: RunLimits = RunLimits()
    shows_errors: bool = False
    hides_source: bool = False
    embed_origins: tuple[str, ...] | None = None
    group: str | None = None
    on_disconnect: OnDisconnect = 30.0
    on_lost: OnDisconnect = 600.0
    secrets: tuple[str, ...] = ()
    cache: bool = False
    """Whether recordings stand for its examples: their values alone decide the result."""
    gate: Gate | None = None
    """Who may open it; None: who may open the catalog."""

    @property
    def paths(self) -> tuple[GeneratorPath, ...]:
        """The paths of all functions that the demo names: of actions, then of validators."""
        return (*(each.generator for each in self.actions), *(each.path for each in self.validators))


class CatalogOptions(Struct, frozen=True, kw_only=True):
    """What `gradstream.yaml` says, with defaults for all that it leaves out.

    `defaults` are plain values laid below every demo's own keys before validation. `spans` has the places of
    the keys that the server as a whole reads, such as `server.port`. `groups` says how many runs the demos of
    each group share. `pictures` are those that the
    description names, with a version of each.
    """

    title: str
    description: str | None = None
    pictures: Mapping[str, str] = {}
    demos: tuple[str, ...] = ("demos/**/*.yaml", "demos/**/*.yml")
    defaults: Mapping[str, Any] = {}
    host: str | None = None
    port: int | None = None
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    groups: Mapping[str, int] = {}
    root_path: str = ""
    limits: Limits = Limits()
    heartbeat_s: float = 15.0
    history_s: float | None = None
    """How long recordings of finished runs are kept; None: none are made."""
    theme: Theme = Theme()
    spans: Mapping[str, Span] = {}
    gate: Gate = OPEN
    """Who may open the catalog, and its demos that say nothing else."""
    secrets: tuple[str, ...] = ()
    """Values from the environment that only the catalog's own keys have."""
