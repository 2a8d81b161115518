"""A value as YAML in block style: as docs write it, and editors show it."""

import yaml


def as_block(value: object) -> str:
    """Return lines of YAML for plain values, lists and mappings, keys in their order."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, default_flow_style=False)
