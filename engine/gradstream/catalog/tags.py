"""Finds tags that are spelled in several ways in one catalog, such as `Chat` and `chat`.

The spelling that most demos use counts as correct; of equally frequent ones, the first.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gradstream.diagnostics import Diagnostic
from gradstream.document.read import read_text
from gradstream.format.types import Demo


def odd_tags(demos: Sequence[Demo], *, environ: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a warning for each tag that most demos spell differently."""
    counts = Counter(tag for demo in demos for tag in dict.fromkeys(demo.tags))
    usual: dict[str, str] = {}
    for tag, count in counts.items():
        known = usual.get(tag.casefold())
        if known is None or count > counts[known]:
            usual[tag.casefold()] = tag
    for demo in demos:
        for index, tag in enumerate(demo.tags):
            if usual[tag.casefold()] != tag and usual[tag.casefold()] not in demo.tags:
                yield _odd(demo, index, usual[tag.casefold()], environ=environ)


def _odd(demo: Demo, index: int, usual: str, *, environ: Mapping[str, str]) -> Diagnostic:
    # Demos do not keep the positions of their tags: this is rare, so the source is parsed again.
    document = read_text(demo.source, file=demo.file, environ=environ).document
    tag = demo.tags[index]
    if document is None:
        raise ValueError(f"{demo.file} was read before, and cannot be read again")
    return Diagnostic(
        span=document.span(("tags", index)),
        code="W-TAG-SPELLING",
        severity="warning",
        message=f"the tag `{tag}` is written in another way elsewhere",
        expected=f"`{usual}`, as in other demos of the catalog",
        found=f"`{tag}`",
        repair=f"write {usual}",
    )
