"""Arguments of the other tool's components: which come by place, and which say how things look there."""

from collections.abc import Mapping

POSITIONS: Mapping[str, tuple[str, ...]] = {
    "Slider": ("minimum", "maximum", "value", "step"),
    "Dropdown": ("choices", "value"),
    "Radio": ("choices", "value"),
    "CheckboxGroup": ("choices", "value"),
    "Code": ("value", "language"),
    "LinePlot": ("value", "x", "y"),
    "BarPlot": ("value", "x", "y"),
    "ScatterPlot": ("value", "x", "y"),
    "ClearButton": ("components", "value"),
    "UploadButton": ("label", "value"),
    "DownloadButton": ("label", "value"),
    "Accordion": ("label",),
    "Tab": ("label",),
    "TabItem": ("label",),
    "Examples": ("examples", "inputs", "outputs", "fn"),
    "Interface": ("fn", "inputs", "outputs", "examples"),
    "ChatInterface": ("fn",),
    "TabbedInterface": ("interface_list", "tab_names"),
}
"""Arguments that are given by position; of all others it is the value."""

LOOKS = frozenset(
    [
        "autofocus",
        "autoscroll",
        "brush",
        "brush_color",
        "brush_radius",
        "bubble_full_width",
        "buttons",
        "container",
        "elem_classes",
        "elem_id",
        "equal_height",
        "eraser",
        "feedback_messages",
        "fill_height",
        "height",
        "icon",
        "interactive",
        "key",
        "layers",
        "layout",
        "likeable",
        "line_breaks",
        "mask_opacity",
        "max_height",
        "max_lines",
        "min_height",
        "min_width",
        "object_fit",
        "preserved_by_key",
        "render",
        "resizable",
        "rtl",
        "scale",
        "show_copy_all_button",
        "show_copy_button",
        "show_download_button",
        "show_fullscreen_button",
        "show_label",
        "show_progress",
        "show_row_numbers",
        "show_search",
        "show_share_button",
        "size",
        "style",
        "sanitize_html",
        "text_align",
        "variant",
        "visible",
        "waveform_options",
        "webcam_options",
        "width",
        "wrap",
    ]
)
"""What concerns looks alone, or is read elsewhere; it is left out without a remark."""

LOOKS_OF_RESULTS = frozenset({"columns", "lines", "placeholder", "rows"})
"""What concerns looks where no visitor writes."""

LOOKS_OF: Mapping[str, frozenset[str]] = {
    "AnnotatedImage": frozenset({"color_map"}),
    "Dataframe": frozenset({"column_widths", "max_chars"}),
    "DataFrame": frozenset({"column_widths", "max_chars"}),
    "Gallery": frozenset({"allow_preview", "columns", "object_fit", "preview", "rows"}),
    "HighlightedText": frozenset({"color_map"}),
}
"""What concerns looks alone in some components, where a kind here has no key of that name."""

SAME: Mapping[str, tuple[object, ...]] = {"editable": ("user",), "render_markdown": (True,)}
"""Arguments with the values that say what is so here anyway."""

OWN_CODE = frozenset({"css", "css_paths", "head", "head_paths", "js"})
"""Styles and scripts of the app's own."""
