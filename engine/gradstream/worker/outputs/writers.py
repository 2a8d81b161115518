"""Makes the writer that an output's kind asks for.

OutputKind.delivery --match--> ReplaceWriter | ItemsWriter | AppendTextWriter | AppendEditsWriter
| EncodedWriter | StreamWriter
"""

from collections.abc import Sequence
from typing import assert_never

from gradstream.components.filling import filled
from gradstream.components.outputs.delivery import (
    AppendEdits,
    AppendText,
    Encode,
    Replace,
    ReplaceItems,
    StreamChunks,
)
from gradstream.components.registry import output_kind
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.worker.outputs.concealed import conceal
from gradstream.worker.outputs.conversation import Conversation
from gradstream.worker.outputs.encoded_writer import EncodedWriter
from gradstream.worker.outputs.items_writer import ItemsWriter
from gradstream.worker.outputs.properties import Properties
from gradstream.worker.outputs.sender import OutputSender
from gradstream.worker.outputs.stream_writer import make_stream_writer
from gradstream.worker.outputs.value_writers import (
    AppendEditsWriter,
    AppendTextWriter,
    HeldTextWriter,
    HeldWriter,
    ReplaceWriter,
)
from gradstream.worker.outputs.writer import Writer, WriterContext


def make_writer(output: Output, context: WriterContext) -> Writer:
    """Return the writer for an output's kind, `updates` and `streaming`."""
    store = context.store
    writer: ReplaceWriter | ItemsWriter | AppendEditsWriter | EncodedWriter
    match output_kind(output.kind).delivery(output):
        case StreamChunks(streamer):
            # What is not streamed is gathered by the stream itself, as fragments.
            return make_stream_writer(output, streamer=streamer, context=context)
        case Replace(encode, levels):
            writer = ReplaceWriter(
                _sender(output, context, levels=levels), encode=lambda value: encode(value, output, store)
            )
        case ReplaceItems() as delivery:
            writer = _items_writer(output, context, delivery=delivery)
        case AppendText(encode_text):
            make = AppendTextWriter if output.streaming else HeldTextWriter
            return make(_sender(output, context), encode=lambda value: encode_text(value, output, store))
        case AppendEdits(join):
            writer = AppendEditsWriter(
                _sender(output, context), join=lambda shown, added: join(shown, added, output, store)
            )
        case Encode(encoder):
            writer = EncodedWriter(output, encoder=encoder, context=context)
        case unknown:
            assert_never(unknown)
    return writer if output.streaming else HeldWriter(writer, keeps_all=output.updates == "append")


def make_field_writer(name: str, context: WriterContext, *, properties: Properties) -> Writer:
    """Return the writer of an input: each step becomes its value on the page."""
    return ReplaceWriter(
        OutputSender(name, steps=context.steps, mask=context.mask),
        encode=lambda value: filled(value, properties.field(name), context.store),
    )


def make_chat_writer(output: Output, context: WriterContext, *, conversation: Conversation) -> Writer:
    """Return the writer of a conversation, and send it as it is before the generator adds anything."""
    delivery = output_kind(output.kind).delivery(output)
    if not isinstance(delivery, ReplaceItems):
        raise TypeError(f"the kind {output.kind} holds no conversation")
    said = [] if conversation.said is None else [delivery.encode(conversation.said, context.store)]
    opening = [*conversation.earlier, *said]
    before = opening if conversation.is_reply else []
    writer = _items_writer(output, context, delivery=delivery, before=before)
    writer.open(opening[len(before) :])
    return writer if output.streaming else HeldWriter(writer, keeps_all=False)


def _items_writer(
    output: Output, context: WriterContext, *, delivery: ReplaceItems, before: Sequence[Plain] = ()
) -> ItemsWriter:
    return ItemsWriter(
        _sender(output, context),
        take_apart=lambda value: delivery.take_apart(value, output),
        # Masked before items are compared, as an edit may have a part of a secret only.
        encode=lambda item: conceal(delivery.encode(item, context.store), context.mask),
        before=before,
        remark=lambda items: _remark(items, output, delivery=delivery, context=context),
    )


def _remark(
    items: Sequence[Plain], output: Output, *, delivery: ReplaceItems, context: WriterContext
) -> None:
    for remark in () if delivery.remark is None else delivery.remark(items):
        context.store.warn(f"output `{output.name}`: {remark}")


def _sender(output: Output, context: WriterContext, *, levels: int = 1) -> OutputSender:
    return OutputSender(output.name, steps=context.steps, mask=context.mask, levels=levels)
