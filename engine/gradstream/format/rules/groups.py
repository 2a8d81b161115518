"""The demo's `group`, against those that the catalog lists: a name that is not there is likely misspelt."""

from collections.abc import Collection

from gradstream.format import edits
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.wording import guess, one_of


def check_group(draft: Draft, groups: Collection[str], findings: Findings) -> None:
    """Note a group that is not listed where others are: it has the size that nobody gave it."""
    name = draft.values.get("group")
    if not groups or name is None or name in groups:
        return
    near = guess(name, groups)
    findings.add(
        ("group",),
        "W-UNKNOWN-GROUP",
        f"`{name}` is not among the groups of gradstream.yaml, and has one run at once",
        severity="warning",
        expected=one_of(groups),
        found=f"`{name}`",
        repair=f"write {near}" if near else f"add `{name}` below `groups` in gradstream.yaml",
        fixes=edits.replace_value(findings.document, ("group",), near) if near else (),
    )
