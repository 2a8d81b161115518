"""Groups of the other tool that functions show and hide: here their components are shown and hidden.

flip.click(turn, card, [back, answers])      answers: a Column with `back` and `note`
-> def on_turn(card):
       back, answers = turn(card)
       return {"back": shown_with(answers, value=back), "note": shown_with(answers)}
"""

from collections.abc import Iterator, Mapping, Sequence

from gradstream.importing.arrangement import WRITTEN
from gradstream.importing.casting import Cast
from gradstream.importing.types import AppEvent, Group, Remarks

SHOWN = '''\
def shown_with(update, **values):
    """Return what shows or hides a component, as an update of the group around it does."""
    changes = getattr(update, "changes", {})
    visible = {"visible": changes["visible"]} if "visible" in changes else {}
    return gradstream.update(**visible, **values)
'''

BUTTONS = frozenset({"Button", "ClearButton", "UploadButton", "DownloadButton"})


def parts_of(group: Group, cast: Cast) -> list[str]:
    """Return the names of the components in a group that are shown here."""
    names = [cast.names[each] for each in group.components() if each in cast.names]
    return [each for each in names if each not in cast.state]


def note_staying(group: Group, cast: Cast, remarks: Remarks) -> None:
    """Say what in a group is shown whatever becomes of the group."""
    others = [each for each in group.components() if each not in cast.names]
    kinds = {"buttons": BUTTONS, "texts": WRITTEN}
    staying = [said for said, words in kinds.items() if any(each.word in words for each in others)]
    if staying:
        said = f"the {' and '.join(staying)} in this `{group.word}` are always shown"
        remarks.add(group.line, f"{said}: a `section` of the layout has `show_if` to hide them by a field")


def filled(event: AppEvent, cast: Cast) -> list[str]:
    """Return the names of all that an event fills, what is in its groups included; the state is not."""
    names = [cast.names[each] for each in event.outputs if each is not None]
    names += [name for group in event.groups.values() for name in parts_of(group, cast)]
    return [each for each in dict.fromkeys(names) if each not in cast.state]


def with_groups(
    event: AppEvent, results: Sequence[str | None], cast: Cast
) -> tuple[list[str | None], Mapping[str, str]]:
    """Return the variables for what a function returns, and the expressions of what is filled with them."""
    variables = list(results)
    values = {each: each for each in results if each is not None}
    for place, group in event.groups.items():
        variable = _variable(group, {*variables, *cast.names.values()})
        variables[place] = variable
        values |= {name: _shown(name, variable, results) for name in parts_of(group, cast)}
    return variables, values


def _shown(name: str, variable: str, results: Sequence[str | None]) -> str:
    return f"shown_with({variable}, value={name})" if name in results else f"shown_with({variable})"


def _variable(group: Group, taken: set[str | None]) -> str:
    wish = group.variable or group.word.lower()
    return next(each for each in _names(wish) if each not in taken)


def _names(wish: str) -> Iterator[str]:
    yield wish
    number = 2
    while True:
        yield f"{wish}_{number}"
        number += 1
