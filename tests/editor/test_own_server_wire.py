"""`gradstream lsp` message by message: incremental changes, UTF-16, unsaved files, odd and last messages."""

from tests.editor.wire import Wire, span
from tests.patience import PATIENCE_S

TEXT = "gradstream: 1\ntitle: 🧀🧀 x\ngenerator: cards.write\ninputs:\n  place: txt\noutputs:\n  card: text\n"
METHOD_NOT_FOUND = -32601


def test_a_file_that_was_never_saved_is_changed_in_parts(wire: Wire) -> None:
    """Columns count what UTF-16 counts, two for an emoji; several changes of one message come one by one."""
    capabilities = wire.begin_session()
    assert (capabilities["positionEncoding"], capabilities["textDocumentSync"]["change"]) == ("utf-16", 2)
    wire.open(TEXT)
    assert wire.findings() == [("E-UNKNOWN-KIND", span(4, 9, 12))]
    changes = [
        {"range": span(4, 9, 12), "text": "text"},
        {"range": span(1, 11, 13), "text": " y: z"},
    ]
    wire.change(changes)
    assert wire.findings() == [("E-YAML", span(1, 7, 16))]
    actions = wire.ask(
        "textDocument/codeAction",
        textDocument={"uri": wire.uri},
        range=span(1, 7, 7),
        context={"diagnostics": []},
    )["result"]
    (edit,) = actions[0]["edit"]["changes"][wire.uri]
    assert (edit["range"], edit["newText"]) == (span(1, 7, 16), '"🧀🧀 y: z"')


def test_each_request_is_answered(wire: Wire) -> None:
    """Whatever the place is: completion, hover, definition, formatting; an unknown one with an error."""
    wire.begin_session()
    wire.open(TEXT)
    wire.findings()
    for line, character in ((0, 0), (1, 9), (4, 12), (6, 99), (99, 0)):
        for method in ("completion", "hover", "definition"):
            assert "result" in wire.ask(f"textDocument/{method}", **wire.at(line, character))
    options = {"tabSize": 2, "insertSpaces": True}
    assert "result" in wire.ask("textDocument/formatting", textDocument={"uri": wire.uri}, options=options)
    assert wire.ask("textDocument/nothing")["error"]["code"] == METHOD_NOT_FOUND


def test_odd_messages_end_nothing(wire: Wire) -> None:
    """Broken JSON, a canceled request, an answer to nothing: the next request is answered as ever."""
    wire.begin_session()
    wire.open(TEXT)
    wire.send(b'{"jsonrpc": "2.0", "id":')
    wire.send(b'{"jsonrpc": "2.0", "id": 99, "result": null}')
    number = wire.begin("textDocument/hover", **wire.at(3, 2))
    wire.note("$/cancelRequest", id=number)
    assert "result" in wire.ask("textDocument/hover", **wire.at(3, 2))


def test_a_closed_file_has_no_findings(wire: Wire) -> None:
    """They are taken back, also from a file that is on no disk."""
    wire.begin_session()
    wire.open(TEXT)
    assert wire.findings()
    wire.note("textDocument/didClose", textDocument={"uri": wire.uri})
    assert wire.findings() == []


def test_the_end_is_in_order(wire: Wire) -> None:
    """After `shutdown`, `exit` ends the process with 0."""
    wire.begin_session()
    assert wire.ask("shutdown")["result"] is None
    wire.note("exit")
    assert wire.process.wait(PATIENCE_S) == 0


def test_an_end_without_shutdown_is_a_failure(wire: Wire) -> None:
    """As the protocol asks for."""
    wire.begin_session()
    wire.note("exit")
    assert wire.process.wait(PATIENCE_S) == 1
