"""A value as YAML in block style, for the docs and for editors."""

import yaml


def as_block(value: object) -> str:
    """Return the YAML of plain values, lists and mappings, with keys in their order."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, default_flow_style=False)
