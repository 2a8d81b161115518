"""gradstream, as `gradstream serve` runs it: a run is one request whose answer is the feed (SSE)."""

import re
from pathlib import Path

import msgspec

from bench.exchange import FEED, READ_AT_ONCE, Exchange, decode, open_exchange, request, server_sent_events
from bench.types import Begun, Command, Delivery, Inputs, PictureSink, Step

ROOT = Path(__file__).parents[2]

RUN = re.compile(rb"^location: \S*?(/api/runs/[^/\s]+)", re.IGNORECASE | re.MULTILINE)
CODECS = ("flac", "opus", "aac")  # what Chromium plays, in the page's order
BLOB = re.compile(rb'"blob":\s*"([^"]+)"')


class _Change(msgspec.Struct):
    value: object = None
    text: str = ""


class _Segment(msgspec.Struct):
    start_s: float
    duration_s: float


class Gradstream:
    """This checkout."""

    name = "gradstream"
    run_button = "Run"
    send_button = "Send"
    text_output = ".body-text"
    answer = ".message.theirs"

    def command(self, demo: str, *, port: int, folder: Path, reload: bool = False) -> Command:
        """Serve the whole catalog; live reload is on by default on a loopback address."""
        program = ROOT / ".venv" / "bin" / "gradstream"
        return Command(argv=[str(program), "serve", str(folder), "--port", str(port)], cwd=folder, env={})

    def page(self, demo: str) -> str:
        """Return the path of a demo's page."""
        return f"/demos/{demo}"

    def first_request(self, demo: str) -> str:
        """Return the path of the demo, which the page's script asks for; it starts the demo's worker."""
        return f"/api/demos/{demo}?open=1"

    def source(self, demo: str, folder: Path) -> Path:
        """Return the demo's YAML."""
        return folder / "demos" / f"{demo}.yaml"

    def code(self, demo: str, folder: Path) -> Path:
        """Return the module beside the demo's YAML."""
        return folder / "demos" / f"{demo}.py"

    async def begin(self, demo: str, inputs: Inputs, *, port: int, sink: PictureSink | None = None) -> Begun:
        """Post the run and read its events from the same answer."""
        body = {"inputs": inputs, "accept": CODECS}
        path = f"/api/demos/{demo}/runs"
        content = request(
            "POST", path, body=body, accept="text/event-stream", encoding=READ_AT_ONCE if sink else FEED
        )
        feed = await open_exchange(port, content, None if sink is None else Blobs(sink))
        return Begun(feed.sent_ns, feed, 0)

    def steps(self, feed: Exchange) -> list[Step]:
        """Read `set` and `append` events."""
        found = []
        for at_ns, kind, data in server_sent_events(decode(feed)):
            if kind in {"set", "append"}:
                change = msgspec.json.decode(data, type=_Change)
                found.append(
                    Step(at_ns, "append" if kind == "append" else "set", change.text or str(change.value))
                )
            elif kind == "failed":
                raise RuntimeError(data.decode())
        return found

    def deliveries(self, feed: Exchange, *, chunk_s: float) -> list[Delivery]:
        """Count a segment as delivered by its event; a player may fetch it from then on."""
        found = []
        for at_ns, kind, data in server_sent_events(decode(feed)):
            if kind == "segment":
                segment = msgspec.json.decode(data, type=_Segment)
                found.append(Delivery(at_ns, segment.start_s, segment.duration_s))
            elif kind == "failed":
                raise RuntimeError(data.decode())
        return found


class Blobs:
    """Finds the pictures' digests in the bytes of a feed; an event may arrive in two parts."""

    def __init__(self, sink: PictureSink) -> None:
        self._sink = sink
        self._run = ""
        self._rest = b""

    def __call__(self, data: bytes) -> None:
        """Take the next bytes."""
        seen = self._rest + data
        if not self._run and (found := RUN.search(seen)):
            self._run = found[1].decode()
        whole, separator, self._rest = seen.rpartition(b"\n\n")
        for digest in BLOB.findall(whole + separator):
            self._sink(f"{self._run}/blobs/{digest.decode()}")
