"""The one place that knows which kinds there are."""

from collections.abc import Mapping

from gradstream.components.audio_input import AudioInput
from gradstream.components.chat_output import ChatOutput
from gradstream.components.checkbox_input import CheckboxInput
from gradstream.components.choice_input import ChoiceInput
from gradstream.components.image_input import ImageInput
from gradstream.components.image_output import ImageOutput
from gradstream.components.json_output import JsonOutput
from gradstream.components.media_output import MediaOutput, Sound, Video
from gradstream.components.number_input import NumberInput
from gradstream.components.number_output import NumberOutput
from gradstream.components.scores_output import ScoresOutput
from gradstream.components.table_output import TableOutput
from gradstream.components.text_input import TextInput
from gradstream.components.text_output import TextOutput
from gradstream.components.types import InputComponent, OutputComponent
from gradstream.components.video_input import VideoInput

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
