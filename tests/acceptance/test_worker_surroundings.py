"""What a run has beside its yields: state, a conversation, progress and lines, a folder, uploaded files."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from gradstream.components.types import Upload
from gradstream.events.types import Log, Patch, Progress, Set
from tests.acceptance.worker_lab import Lab, open_lab


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


async def test_state_is_handed_over_and_committed(lab: Lab) -> None:
    """State goes in by name and comes back by name or after the outputs; only success commits it."""
    yaml = "inputs: {}\noutputs:\n  out: {type: json}\nstate: {total: 1, names: []}\n"
    demo = lab.write(
        "remembers",
        yaml,
        """
        def run(total, names):
            names.append("x")
            yield total
            yield {"total": total + 1}
            yield "done", total + 2, names
        """,
    )
    run = lab.start(demo, state={"total": 5})
    ending = await run.end()
    assert (ending.fault, ending.state) == (None, {"total": 7, "names": ["x"]})
    assert run.outputs == {"out": "done"}
    failing = lab.write("forgets", yaml, "def run(total):\n    yield {'total': 9}\n    1 / 0\n")
    assert (await lab.start(failing).end()).state is None


async def test_a_state_that_cannot_be_kept_is_the_developers_fault(lab: Lab) -> None:
    """What cannot outlive the process is refused by name."""
    demo = lab.write(
        "unkept",
        "inputs: {}\noutputs:\n  out: {type: json}\nstate: {lock: 0}\n",
        "import threading\ndef run(lock):\n    yield 1, threading.Lock()\n",
    )
    ending = await lab.start(demo).end()
    assert ending.fault == "developer"
    assert ending.message.startswith("state `lock`: a value of type _thread.lock cannot be said in JSON")


CHAT = """
inputs:
  message: text
outputs:
  chat: {type: chat, yields: %s}
"""


async def test_a_chat_reply_grows_behind_what_was_said(lab: Lab) -> None:
    """The first event has the visitor's message, the history does not, and each word is a small event."""
    demo = lab.write(
        "replies",
        CHAT % "reply",
        """
        def run(message, history):
            history.append("mine to change")
            yield f"{len(history)}"
            yield f"{len(history)} words"
            yield [{"role": "assistant", "content": "x", "metadata": {"title": "Thinking"}}, "and done"]
        """,
    )
    earlier = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    run = await lab.run(demo, message="hello", history=earlier)
    said = [*earlier, {"role": "user", "content": "hello"}]
    assert run.events[0] == Set(output="chat", value=said)
    edits = [edit for patch in run.of(Patch) for edit in patch.edits]
    assert edits[1] == ("append", [3, "content"], " words")
    assert run.outputs["chat"] == [
        *said,
        {"role": "assistant", "content": "x", "metadata": {"title": "Thinking"}},
        {"role": "assistant", "content": "and done"},
    ]


async def test_a_chat_conversation_is_yielded_whole(lab: Lab) -> None:
    """With `yields: conversation` the history has the new message, and messages and pairs are understood."""
    demo = lab.write(
        "converses",
        CHAT % "conversation",
        """
        from gradstream import Message
        def run(message, history):
            yield [*history, Message("hm")]
            yield [["hello", "you said"], ["and", None]]
        """,
    )
    run = await lab.run(demo, message="hello")
    assert run.events[0] == Set(output="chat", value=[{"role": "user", "content": "hello"}])
    assert run.of(Patch)[0].edits == [("insert", [1], {"role": "assistant", "content": "hm"})]
    assert run.outputs["chat"] == [
        {"role": "user", "content": "hello"},
        {"role": "assistant", "content": "you said"},
        {"role": "user", "content": "and"},
    ]


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_progress_and_log_lines(lab: Lab, kind: str) -> None:
    """`progress` and `log` find their run, in threads and in tasks, with shares and with counts."""
    demo = lab.write(
        "tells",
        "inputs: {}\noutputs:\n  out: {type: json}\n",
        f"""
        from gradstream import log, progress
        {kind} run():
            progress(0.25, "a quarter")
            progress(3, total=4)
            progress(None, "no idea")
            log("careful", "warning")
            yield 1
        """,
    )
    run = await lab.run(demo)
    assert run.events[:4] == [
        Progress(fraction=0.25, description="a quarter"),
        Progress(fraction=0.75, index=3, total=4),
        Progress(description="no idea"),
        Log(level="warning", text="careful"),
    ]


async def test_bars_of_tqdm_are_progress(lab: Lab) -> None:
    """`progress: tqdm` turns bars into events, and the last state of a bar always comes."""
    demo = lab.write(
        "bars",
        "progress: tqdm\ninputs: {}\noutputs:\n  out: {type: json}\n",
        """
        from tqdm import tqdm
        def run():
            for i in tqdm(range(1000), desc="Work", unit="step"):
                pass
            yield "done"
        """,
    )
    run = await lab.run(demo)
    last = run.of(Progress)[-1]
    assert last == Progress(fraction=1.0, index=1000, total=1000, unit="step", description="Work")
    assert len(run.of(Progress)) < 100


async def test_each_run_has_its_own_current_folder(lab: Lab) -> None:
    """Fixed file names of two runs at the same time do not collide."""
    demo = lab.write(
        "folders",
        "inputs:\n  name: text\noutputs:\n  out: {type: json}\n",
        """
        from pathlib import Path
        from gradstream.authoring import folder
        def run(name):
            Path("same.txt").write_text(name)
            yield "written"
            yield [Path("same.txt").read_text(), str(folder()), str(Path.cwd())]
        """,
    )
    first, second = lab.start(demo, name="first"), lab.start(demo, name="second")
    for run, name, number in ((first, "first", 1), (second, "second", 2)):
        assert (await run.end()).fault is None
        text, own, current = run.outputs["out"]
        assert text == name
        assert own == current == str(lab.folder / "runs" / str(number))


async def test_each_asynchronous_run_has_its_own_current_folder(lab: Lab) -> None:
    """In its tasks, in its threads, after each `await`, wherever it goes: other runs and imports stay."""
    demo = lab.write(
        "folders",
        "inputs:\n  name: text\noutputs:\n  out: {type: json}\n",
        """
        import asyncio, concurrent.futures, os, subprocess, sys, threading
        from pathlib import Path
        POOL = concurrent.futures.ThreadPoolExecutor(2)
        HOME = os.getcwd()
        MET = asyncio.Barrier(2)
        ALL = asyncio.Barrier(4)

        async def written(file, name):
            await asyncio.sleep(0)
            Path(file).write_text(name)
            await ALL.wait()
            # What libraries ask of the coroutine of a task.
            assert asyncio.current_task().get_coro().cr_running
            return Path(file).read_text()

        def in_thread():
            found = []
            thread = threading.Thread(target=lambda: found.append(os.getcwd()))
            thread.start()
            thread.join()
            return found[0]

        async def run(name):
            begun = os.getcwd()
            yield await asyncio.gather(written("same.txt", name), written("task.txt", name))
            os.mkdir("deeper")
            os.chdir("deeper")
            await MET.wait()
            loop = asyncio.get_running_loop()
            echo = await asyncio.create_subprocess_exec(
                sys.executable, "-c", "import os; print(os.getcwd())", stdout=subprocess.PIPE
            )
            places = [
                os.getcwd(),
                in_thread(),
                await asyncio.to_thread(os.getcwd),
                await loop.run_in_executor(POOL, os.getcwd),
                await asyncio.wait_for(asyncio.sleep(0, os.getcwd()), 60),
                (await echo.communicate())[0].decode().strip(),
            ]
            await MET.wait()
            yield [begun, HOME, sorted(set(places))]
        """,
    )
    homes = set()
    for turn in (1, 2):
        runs = [lab.start(demo, name=name) for name in ("first", "second")]
        for at, (run, name) in enumerate(zip(runs, ("first", "second"), strict=True)):
            assert (await run.end()).fault is None
            own = str(lab.folder / "runs" / str(2 * turn - 1 + at))
            texts, (begun, home, places) = [event.value for event in run.of(Set)]
            homes.add(home)
            assert texts == [name, name]
            assert (begun, places) == (own, [f"{own}/deeper"])
    assert homes == {str(Path.cwd())}


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_a_demo_of_one_run_at_a_time_has_its_process_to_itself(lab: Lab, kind: str) -> None:
    """With `concurrency: 1` every generator is in its run's folder."""
    demo = lab.write(
        "alone",
        "inputs: {}\noutputs:\n  out: {type: json}\nlimits: {concurrency: 1}\n",
        f"import os\n{kind} run():\n    yield os.getcwd()\n",
    )
    for number in (1, 2):
        run = await lab.run(demo)
        assert run.outputs == {"out": str(lab.folder / "runs" / str(number))}


async def test_a_file_that_is_missed_beside_the_code_is_explained(lab: Lab) -> None:
    """The developer learns that a run has a folder of its own; the visitor reads no path."""
    lost = lab.write(
        "lost", "inputs: {}\noutputs:\n  out: text\n", "def run():\n    return open('lost.yaml').read()\n"
    )
    ending = await lab.start(lost).end()
    assert ending.message == "FileNotFoundError: No such file or directory: lost.yaml"
    assert "A run has its own current folder. lost.yaml is beside the YAML file" in str(ending.detail)


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_an_uploaded_picture_reaches_the_generator(lab: Lab, kind: str) -> None:
    """The generator gets an array; a damaged file is reported to the visitor."""
    path = lab.folder / "upload"
    Image.new("RGB", (5, 4), (1, 2, 3)).save(path, "PNG")
    lab.uploads = {
        "good": Upload(path=str(path), name="it.png", mime="image/png", size=9),
        "bad": Upload(path=__file__, name="it.png", mime="image/png", size=9),
    }
    yaml = "inputs:\n  photo: image\noutputs:\n  out: {type: json}\n"
    demo = lab.write("sees", yaml, f"{kind} run(photo):\n    yield [photo.shape, photo[0, 0]]\n")
    run = await lab.run(demo, photo={"file": "good"})
    assert run.outputs == {"out": [[4, 5, 3], [1, 2, 3]]}
    ending = await lab.start(demo, photo={"file": "bad"}).end()
    assert (ending.fault, ending.message) == (
        "visitor",
        "Photo cannot be read as a picture: save it again in another program, or choose another file",
    )


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_a_generator_may_log_more_than_its_credit(lab: Lab, kind: str) -> None:
    """Lines are events like any other: none is lost, however long they are."""
    demo = lab.write(
        "logs",
        "inputs: {}\noutputs:\n  out: {type: json}\n",
        f"""
        from gradstream import log
        {kind} run():
            for i in range(100):
                log(str(i) + "x" * 50_000)
            yield 1
        """,
    )
    run = await lab.run(demo)
    assert [event.text[:4].rstrip("x") for event in run.of(Log)] == [str(i) for i in range(100)]


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_a_flood_is_thinned_and_told(lab: Lab, kind: str) -> None:
    """Of 20,000 lines and as much progress there are the first, the last, and how many lines are left out."""
    demo = lab.write(
        "flood",
        "inputs: {}\noutputs:\n  out: {type: json}\n",
        f"""
        from gradstream import log, progress
        {kind} run():
            for i in range(20_000):
                log(i)
                progress(i, total=20_000)
            yield 1
        """,
    )
    run = await lab.run(demo)
    texts = [event.text for event in run.of(Log)]
    counted = sum(int(text.split()[0].replace(",", "")) for text in texts if "left out" in text)
    lines = [text for text in texts if "left out" not in text]
    assert (lines[0], lines[-1], len(lines) + counted) == ("0", "19999", 20_000)
    done = [event.index for event in run.of(Progress)]
    assert (done[0], done[-1]) == (0, 19_999)
    assert counted > 0
    assert len(done) < 20_000


FOLDERLESS = """
from pathlib import Path
{a}def run():
    Path("made.txt").write_text("here")
    yield str(Path.cwd())
"""


@pytest.mark.parametrize("asynchronous", ["", "async "])
async def test_a_folder_that_was_removed_while_the_run_starts(lab: Lab, asynchronous: str) -> None:
    """It is made again, for this user alone; where that fails, the fault is the server's, and it says why."""
    demo = lab.write("folderless", "outputs: {it: text}\n", FOLDERLESS.format(a=asynchronous))
    folder = lab.folder / "runs"
    run = lab.start(demo)
    shutil.rmtree(folder)
    assert (await run.end()).fault is None
    assert run.outputs["it"] == str(folder / "1")
    assert (folder / "1" / "made.txt").read_text() == "here"
    assert folder.stat().st_mode & 0o777 == 0o700
    # Another demo, whose worker has not been started: nothing happens before this test waits.
    run = lab.start(lab.write("homeless", "outputs: {it: text}\n", FOLDERLESS.format(a=asynchronous)))
    shutil.rmtree(folder)
    folder.write_text("a file where a folder has to be")
    ending = await run.end()
    assert (ending.fault, ending.message) == ("server", "The run's folder could not be made: File exists")
