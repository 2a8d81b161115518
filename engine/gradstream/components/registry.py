"""The one place that knows which kinds there are."""

from collections.abc import Mapping

from gradstream.components.inputs.audio import AudioInput
from gradstream.components.inputs.checkbox import CheckboxInput
from gradstream.components.inputs.choice import ChoiceInput
from gradstream.components.inputs.image import ImageInput
from gradstream.components.inputs.number import NumberInput
from gradstream.components.inputs.text import TextInput
from gradstream.components.inputs.video import VideoInput
from gradstream.components.outputs.chat import ChatOutput
from gradstream.components.outputs.image import ImageOutput
from gradstream.components.outputs.json import JsonOutput
from gradstream.components.outputs.media import MediaOutput, Sound, Video
from gradstream.components.outputs.number import NumberOutput
from gradstream.components.outputs.scores import ScoresOutput
from gradstream.components.outputs.table import TableOutput
from gradstream.components.outputs.text import TextOutput
from gradstream.components.types import InputComponent, OutputComponent

INPUTS: Mapping[str, InputComponent] = {
    "text": TextInput(),
    "number": NumberInput(),
    "slider": NumberInput(),
    "checkbox": CheckboxInput(),
    "radio": ChoiceInput(),
    "dropdown": ChoiceInput(),
    "image": ImageInput(),
    "audio": AudioInput(),
    "video": VideoInput(),
}

OUTPUTS: Mapping[str, OutputComponent] = {
    "text": TextOutput(),
    "markdown": TextOutput(),
    "code": TextOutput(),
    "json": JsonOutput(),
    "number": NumberOutput(),
    "scores": ScoresOutput(),
    "image": ImageOutput(),
    "table": TableOutput(),
    "chat": ChatOutput(),
    "audio": MediaOutput(Sound()),
    "video": MediaOutput(Video()),
}


def input_component(kind: str) -> InputComponent:
    """Return the input kind of this name; KeyError when there is none, which the schema rules out."""
    return INPUTS[kind]


def output_component(kind: str) -> OutputComponent:
    """Return the output kind of this name; KeyError when there is none, which the schema rules out."""
    return OUTPUTS[kind]
