"""Gradio 6.31.0, spoken to as its own page does: join the queue, then read the session's messages (SSE).

POST /gradio_api/queue/join {data, fn_index, session_hash} -> {event_id}
GET  /gradio_api/queue/data?session_hash=…  -> data: {"msg": "process_generating", "output": {"data": …}}
The first yield arrives whole, later ones as edits `[op, path, value]` against the one before.
"""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.exchange import (
    FEED,
    READ_AT_ONCE,
    Exchange,
    decode,
    fetch,
    open_exchange,
    request,
    server_sent_events,
)
from bench.types import Begun, Command, Delivery, Inputs, PictureSink, Step

ROOT = Path(__file__).parents[2]
API = "/gradio_api"

FILE = re.compile(rb"/gradio_api/file=[^\"]+")


class _Output(msgspec.Struct):
    data: list[object] = []


class _Message(msgspec.Struct):
    msg: str
    output: _Output = msgspec.field(default_factory=_Output)
    success: bool = True


class _Dependency(msgspec.Struct):
    id: int
    api_name: object = None


class _Config(msgspec.Struct):
    dependencies: list[_Dependency]


class Gradio:
    """The peer."""

    name = "Gradio"
    run_button = "Submit"
    send_button = "Submit"
    text_output = "[data-testid=textbox]:disabled"
    answer = ".latestbot"

    def __init__(self) -> None:
        self._functions: dict[int, int] = {}  # port -> the function's number on that server

    def command(self, demo: str, *, port: int, folder: Path, reload: bool = False) -> Command:
        """Run the app of one demo; live reload is what its `gradio` program adds."""
        programs = ROOT / "bench" / ".venv" / "bin"
        app = str(folder / "gradio_app.py")
        return Command(
            argv=[str(programs / "gradio"), app] if reload else [str(programs / "python"), app],
            cwd=folder,
            env={
                "BENCH_DEMO": demo,
                "GRADIO_ANALYTICS_ENABLED": "False",
                "GRADIO_SERVER_PORT": str(port),
                "GRADIO_TEMP_DIR": str(folder / "gradio_files"),
            },
        )

    def page(self, demo: str) -> str:
        """Return the path of the app's only page."""
        return "/"

    def first_request(self, demo: str) -> str:
        """Return the path of the app's description, which the page asks for."""
        return "/config"

    def source(self, demo: str, folder: Path) -> Path:
        """Return the app's Python file."""
        return folder / "gradio_app.py"

    def code(self, demo: str, folder: Path) -> Path:
        """Return the app's Python file, which has everything."""
        return self.source(demo, folder)

    async def begin(self, demo: str, inputs: Inputs, *, port: int, sink: PictureSink | None = None) -> Begun:
        """Join the queue and open the session's messages."""
        if port not in self._functions:
            self._functions[port] = await self._function(port)
        session = secrets.token_hex(6)
        body = {"data": list(inputs.values()), "fn_index": self._functions[port], "session_hash": session}
        join = await open_exchange(port, request("POST", f"{API}/queue/join", body=body))
        await join.ended
        answer = decode(join)
        if answer.status != 200:
            raise ConnectionError(f"queue/join answered {answer.status}: {answer.body.decode()}")
        path = f"{API}/queue/data?session_hash={session}"
        content = request("GET", path, accept="text/event-stream", encoding=READ_AT_ONCE if sink else FEED)
        feed = await open_exchange(port, content, None if sink is None else Files(sink))
        return Begun(join.sent_ns, feed, join.wire_bytes)

    def steps(self, feed: Exchange) -> list[Step]:
        """Read what was generated for the last output."""
        return [step for at_ns, output in _generated(feed) for step in _steps(at_ns, output.data[-1])]

    def deliveries(self, feed: Exchange, *, chunk_s: float) -> list[Delivery]:
        """Count a chunk as delivered by its yield's message: its segment is in the playlist by then."""
        return [
            Delivery(at_ns, index * chunk_s, chunk_s) for index, (at_ns, _) in enumerate(_generated(feed))
        ]

    async def _function(self, port: int) -> int:
        config = msgspec.json.decode((await fetch(port, request("GET", "/config"))).body, type=_Config)
        return next(dependency.id for dependency in config.dependencies if dependency.api_name == "run")


def _generated(feed: Exchange) -> Iterator[tuple[int, _Output]]:
    """Yield each step's arrival and outputs; the message of completion repeats the last one."""
    for at_ns, _, data in server_sent_events(decode(feed)):
        message = msgspec.json.decode(data, type=_Message)
        if not message.success:
            raise RuntimeError(data.decode())
        if message.msg == "process_generating":
            yield at_ns, message.output


def _steps(at_ns: int, value: object) -> list[Step]:
    if isinstance(value, str):
        return [Step(at_ns, "set", value)]
    edits = msgspec.convert(value, type=list[tuple[str, list[object], str]])
    return [Step(at_ns, "append" if op == "append" else "set", text) for op, _, text in edits]


class Files:
    """Finds the pictures' addresses in the bytes of a feed; a message may arrive in two parts."""

    def __init__(self, sink: PictureSink) -> None:
        self._sink = sink
        self._rest = b""

    def __call__(self, data: bytes) -> None:
        """Take the next bytes."""
        whole, separator, self._rest = (self._rest + data).rpartition(b"\n\n")
        for path in FILE.findall(whole + separator):
            self._sink(path.decode())
