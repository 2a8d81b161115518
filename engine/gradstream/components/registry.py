"""All kinds of input and output, by name."""

from collections.abc import Mapping

from gradstream.components.inputs.audio import AudioInput
from gradstream.components.inputs.checkbox import CheckboxInput
from gradstream.components.inputs.checkboxes import CheckboxesInput
from gradstream.components.inputs.choice import ChoiceInput
from gradstream.components.inputs.code import CodeInput
from gradstream.components.inputs.color import ColorInput
from gradstream.components.inputs.file import AnyFileInput
from gradstream.components.inputs.gallery import GalleryInput
from gradstream.components.inputs.image import ImageInput
from gradstream.components.inputs.json import JsonInput
from gradstream.components.inputs.kind import InputKind
from gradstream.components.inputs.location import LocationInput
from gradstream.components.inputs.message import MessageInput
from gradstream.components.inputs.model3d import Model3dInput
from gradstream.components.inputs.moment import DateInput, DatetimeInput, TimeInput
from gradstream.components.inputs.number import NumberInput
from gradstream.components.inputs.slider import SliderInput
from gradstream.components.inputs.table import TableInput
from gradstream.components.inputs.text import TextInput
from gradstream.components.inputs.toggle import ToggleInput
from gradstream.components.inputs.video import VideoInput
from gradstream.components.outputs.annotated_image import AnnotatedImageOutput
from gradstream.components.outputs.audio import AudioOutput
from gradstream.components.outputs.chart import ChartOutput
from gradstream.components.outputs.chat import ChatOutput
from gradstream.components.outputs.file import FileOutput
from gradstream.components.outputs.gallery import GalleryOutput
from gradstream.components.outputs.highlighted_text import HighlightedTextOutput
from gradstream.components.outputs.html import HtmlOutput
from gradstream.components.outputs.image import ImageOutput
from gradstream.components.outputs.image_compare import ImageCompareOutput
from gradstream.components.outputs.json import JsonOutput
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.log import LogOutput
from gradstream.components.outputs.metric import MetricOutput
from gradstream.components.outputs.model3d import Model3dOutput
from gradstream.components.outputs.number import NumberOutput
from gradstream.components.outputs.plot import PlotOutput
from gradstream.components.outputs.progress import ProgressOutput
from gradstream.components.outputs.scores import ScoresOutput
from gradstream.components.outputs.table import TableOutput
from gradstream.components.outputs.text import TextOutput
from gradstream.components.outputs.video import VideoOutput
from gradstream.format.kinds import Kinds

INPUTS: Mapping[str, InputKind] = {
    "text": TextInput(),
    "number": NumberInput(),
    "slider": SliderInput(),
    "checkbox": CheckboxInput(),
    "checkboxes": CheckboxesInput(),
    "toggle": ToggleInput(),
    "radio": ChoiceInput(),
    "dropdown": ChoiceInput(),
    "color": ColorInput(),
    "date": DateInput(),
    "time": TimeInput(),
    "datetime": DatetimeInput(),
    "code": CodeInput(),
    "json": JsonInput(),
    "message": MessageInput(),
    "table": TableInput(),
    "file": AnyFileInput(),
    "image": ImageInput(),
    "gallery": GalleryInput(),
    "location": LocationInput(),
    "audio": AudioInput(),
    "video": VideoInput(),
    "model3d": Model3dInput(),
}

OUTPUTS: Mapping[str, OutputKind] = {
    "text": TextOutput(),
    "markdown": TextOutput(),
    "code": TextOutput(),
    "json": JsonOutput(),
    "number": NumberOutput(),
    "metric": MetricOutput(),
    "scores": ScoresOutput(),
    "progress": ProgressOutput(),
    "log": LogOutput(),
    "highlighted_text": HighlightedTextOutput(),
    "html": HtmlOutput(),
    "image": ImageOutput(),
    "gallery": GalleryOutput(),
    "image_compare": ImageCompareOutput(),
    "annotated_image": AnnotatedImageOutput(),
    "file": FileOutput(),
    "table": TableOutput(),
    "chart": ChartOutput(),
    "plot": PlotOutput(),
    "chat": ChatOutput(),
    "audio": AudioOutput(),
    "video": VideoOutput(),
    "model3d": Model3dOutput(),
}

HANDED: Mapping[str, str] = {
    "text": "text",
    "markdown": "text",
    "code": "code",
    "json": "json",
    "number": "number",
    "table": "table",
    "image": "image",
    "gallery": "gallery",
    "file": "file",
    "audio": "audio",
    "video": "video",
    "model3d": "model3d",
}
"""The kind of input that takes what a kind of output shows; the others cannot be given to a function."""

KINDS = Kinds(inputs=INPUTS, outputs=OUTPUTS, handed=HANDED)
"""What loading a demo is given."""


def input_kind(kind: str) -> InputKind:
    """Return the input kind of this name; KeyError when there is none, which the schema rules out."""
    return INPUTS[kind]


def output_kind(kind: str) -> OutputKind:
    """Return the output kind of this name; KeyError when there is none, which the schema rules out."""
    return OUTPUTS[kind]
