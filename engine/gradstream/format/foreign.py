"""Documents of other tools in place of a demo: reported once, by what they are, instead of key by key.

openapi:, paths:  -> a description of OpenAPI    apiVersion:, kind:  -> an object of Kubernetes
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple


class Foreign(NamedTuple):
    """A kind of document: its name, and keys of which all, with one of `any_of`, are at its top."""

    name: str
    all_of: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()


def _foreign(name: str, *all_of: str, any_of: tuple[str, ...] = ()) -> Foreign:
    return Foreign(name, frozenset(all_of), frozenset(any_of))


DOCUMENTS = (
    _foreign("a description of OpenAPI", any_of=("openapi", "swagger", "asyncapi")),
    _foreign("an object of Kubernetes", "apiVersion", "kind"),
    _foreign("a file of Docker Compose", "services"),
    _foreign("a workflow of GitHub", "jobs"),
    _foreign("a pipeline of GitLab", any_of=("stages", "before_script", "after_script")),
    _foreign("a settings file of pre-commit", "repos"),
    _foreign("a settings file of Home Assistant", any_of=("automation", "homeassistant", "sensor")),
    _foreign("a settings file of MkDocs", "site_name"),
    _foreign("an environment of Conda", "dependencies", any_of=("channels", "name")),
    _foreign("a file of Cog", "build", "predict"),
    _foreign("a template of CloudFormation", "Resources"),
    _foreign("a JSON Schema", any_of=("$schema", "$defs", "definitions")),
    _foreign("a settings file of Chainlit", any_of=("chainlit",)),
    _foreign("a notebook of Jupyter", any_of=("nbformat",)),
    _foreign("a package of npm", any_of=("devDependencies", "scripts")),
    _foreign("a settings file of promptfoo", "prompts", "providers"),
    _foreign("a list of models for LiteLLM", any_of=("model_list",)),
    _foreign("a report of an error in Python", any_of=("Traceback (most recent call last)",)),
    _foreign("a card of Hugging Face", any_of=("sdk", "app_file", "sdk_version")),
)
"""The documents that lie beside demos, or are taken for them."""

PLAYBOOK = frozenset({"hosts", "tasks", "trigger", "triggers", "action", "actions", "alias"})
TEXTS = (
    (re.compile(r"\s*<(?:\?xml|[A-Za-z][\w:.-]*[\s/>]|!--)"), "XML or HTML"),
    (re.compile(r"\s*(?:\[[\w.\"-]+\]\s*)?[\w.-]+\s*=\s*\S"), "a file of TOML or of settings"),
    (re.compile(r"\s*\{\\rtf"), "a document of a word processor"),
    (re.compile(r"\s*#!"), "a program of a shell"),
)


def foreign_document(values: Any, source: str) -> str | None:
    """Return what a document without the marker is; None for what nobody knows, and for a demo."""
    if isinstance(values, Mapping):
        keys = frozenset(str(key) for key in values)
        if "gradstream" in keys or {"generator", "outputs"} <= keys:
            return None
        return next(
            (
                each.name
                for each in DOCUMENTS
                if each.all_of <= keys and (not each.any_of or each.any_of & keys)
            ),
            None,
        )
    if isinstance(values, list):
        first = values[0] if values else None
        is_playbook = isinstance(first, Mapping) and len(PLAYBOOK & set(first)) > 1
        return "a list of Ansible or Home Assistant" if is_playbook else None
    return next((name for pattern, name in TEXTS if pattern.match(source)), None)
