"""Keys of other tools for which the format has none, and what to do about each."""

from collections.abc import Mapping

HELD_BACK = "remove it: what visitors do not change is a constant below `with`"
DEMANDED = "remove it, and write `validator:` with a function that says what is missing"
_CONDITION = "write `show_if:` and below it an input and its value, or remove it"
_NAME = "remove it: the name before the colon is what the function is given"
_ENVIRONMENT = "set variables before starting, and write `with:` and below it a name with `${VARIABLE}`"
_NOTHING = "remove it: there is nothing like it here"
_LAYOUT = "remove it: where things are on the page, `layout` says"
_LOOK = "remove it: colours and letters are the page's own"
_EVENT = "remove it: a change runs the function with `live: true` at the top, or an action with `runs_on`"
_BOUND = "write `maximum:` with the largest number"
_ROLE = "remove it: a chat's answers have one name; `avatars` of the output gives them a picture"

WITHOUT: Mapping[str, str] = {
    **dict.fromkeys(("disabled", "readonly", "read_only", "interactive", "locked", "hidden"), HELD_BACK),
    **dict.fromkeys(("visible", "visible_if", "when", "if", "depends_on"), _CONDITION),
    **dict.fromkeys(
        (
            *("width", "scale", "min_width", "column", "row", "position", "container", "tab"),
            *(
                "horizontal",
                "inline",
                "use_container_width",
                "equal_height",
                "col",
                "cols",
                "colspan",
                "align",
            ),
            *("order_index", "grid", "columns_count", "full_width", "alignment", "orientation"),
        ),
        _LAYOUT,
    ),
    **dict.fromkeys(
        (
            *("css", "style", "class", "elem_id", "elem_classes", "color_scheme", "theme_color"),
            *(
                "class_name",
                "styles",
                "font",
                "font_size",
                "background_color",
                "text_color",
                "border",
                "padding",
            ),
            *("margin", "variant", "size", "rounded", "primary_color"),
        ),
        _LOOK,
    ),
    **dict.fromkeys(
        (
            *("on_change", "onchange", "on_input", "on_select", "on_blur", "trigger", "triggers", "event"),
            *("events", "debounce", "trigger_mode"),
        ),
        _EVENT,
    ),
    **dict.fromkeys(("max_digits", "digits"), _BOUND),
    **dict.fromkeys(("avatar", "assistant_name", "bot_name"), _ROLE),
    **dict.fromkeys(("id", "key", "alias", "dest", "field_name", "param_name", "variable_name"), _NAME),
    **dict.fromkeys(("env", "environment", "env_file", "secrets"), _ENVIRONMENT),
    **dict.fromkeys(("ports", "port", "host", "expose"), "write it below `server` in gradstream.yaml"),
    **dict.fromkeys(
        (
            *("allow_flagging", "flagging_mode", "flagging_options", "cache_examples", "batch", "share"),
            *("restart", "icon", "in", "tabindex", "autofocus", "elem", "schema", "api_name", "analytics"),
            *("show_label", "show_progress", "render", "every_n", "version", "label_visibility"),
            *("clear_on_submit", "spellcheck", "autocomplete", "strict", "default_factory", "frozen"),
            *("validate_default", "deprecated", "discriminator", "title_case", "uppercase", "lowercase"),
            *("show_copy_button", "show_download_button", "show_share_button", "show_fullscreen_button"),
            *("preserved_by_key", "hide_index", "num_rows", "log_every", "wait", "animate", "slots"),
        ),
        _NOTHING,
    ),
    **dict.fromkeys(
        ("requirements", "dependencies", "packages", "pip", "install"),
        "install them where gradstream is installed, or in a Python of the demo's own: `worker: python:`",
    ),
    **dict.fromkeys(
        ("auth", "password_protect", "login", "users"),
        "write `access:` in gradstream.yaml: it says who may see the catalog",
    ),
    **dict.fromkeys(
        ("system_prompt", "temperature", "max_new_tokens", "api_key", "model_name"),
        "move it below `with`, if the function takes it",
    ),
    **dict.fromkeys(("gpu", "gpus", "num_gpus", "device"), "move it below `with`, if the function takes it"),
    **dict.fromkeys(
        ("tabs", "rows", "columns", "sections"), "write `layout:`, and below it where inputs and outputs are"
    ),
    **dict.fromkeys(
        ("buttons", "handlers", "listeners"),
        "write `actions:`, and below it for each button a name with `generator:`",
    ),
    **dict.fromkeys(("messages", "initial_messages"), "remove it: what a chat shows comes from its function"),
    **dict.fromkeys(
        (
            "emoji",
            "color_from",
            "color_to",
            "pinned",
            "sdk",
            "sdk_version",
            "app_file",
            "app_port",
            "preload",
        ),
        _NOTHING,
    ),
    **dict.fromkeys(
        (
            "hf_oauth",
            "suggested_hardware",
            "models",
            "datasets",
            "python_version",
            "header",
            "disable_embedding",
        ),
        "remove it, or begin its name with x- to keep it as a note: it is about a page of Hugging Face",
    ),
    **dict.fromkeys(
        ("mem_limit", "deploy", "memory_limit"),
        "write `worker:`, and below it `memory:` with a size such as 2GB",
    ),
    **dict.fromkeys(
        ("timeout_minutes", "timeout_seconds", "timeout_ms"),
        "write `limits:`, and below it `timeout:` with a unit, such as `5min`",
    ),
    **dict.fromkeys(
        ("max_threads", "max_workers", "workers", "replicas", "parallelism", "default_concurrency_limit"),
        "write `limits:`, and below it `concurrency:` with the number of runs at once",
    ),
    **dict.fromkeys(
        ("additional_inputs", "extra_inputs", "request_body"),
        "move what is below it to `inputs`, each by its name",
    ),
    **dict.fromkeys(("responses", "returns_schema"), "write `outputs:`, and below it a name with its kind"),
    **dict.fromkeys(
        ("backend", "entry", "entrypoint_function", "main"),
        "write `generator:` with the path to the function, such as `module.function`",
    ),
    **dict.fromkeys(
        (
            *(
                "services",
                "jobs",
                "steps",
                "runs",
                "on",
                "needs",
                "volumes",
                "networks",
                "build",
                "healthcheck",
            ),
            *("stages", "before_script", "after_script", "pipeline", "branding"),
        ),
        "remove it: how it is started is for other files; a demo says what its page has",
    ),
    **dict.fromkeys(
        ("required_if", "required_when", "required_unless", "mandatory_if"),
        DEMANDED,
    ),
    "chat": "write an output with `type: chat` and a text input",
    "concurrency_limit": "write `limits:`, and below it `concurrency:` with the number",
    "model": "move it below `with`, if the function takes it",
    "sidebar": "move what is below it to `inputs`",
    "starters": "write `examples:`, and below it a dash and an input with its value",
    "chatbot": "write an output with `type: chat` and a text input",
    "nullable": "write `required: false`, or remove it: an input need not be filled in",
}
"""What to do about words of other tools for which the format has no key, or none with the same value."""
