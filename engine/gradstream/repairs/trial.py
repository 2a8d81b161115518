"""Repairs are tried before they are said: made in memory, and the text checked again.

findings + judge --each fix--> the finding goes and no other comes: said as a promise
                           --> another comes, with a fix of its own: both are said, tried together
                           --> else: the words explain, and promise nothing
         a finding that another's repair removes is an echo, and is not said
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic, Fix, TextEdit
from gradstream.document.line_index import index_lines
from gradstream.repairs.edits import Changed, apply, edits_between, stretch_of

MOST_TRIALS = 24
"""For one text: a check of a usual demo takes 2 ms, and it is checked on each save."""

MOST_CHARACTERS = 100_000
"""For one text, all trials together: a large file takes longer to check, and gets fewer of them."""

LONGEST_CHAIN = 3
"""How many repairs are said in one sentence."""

WHOLE = frozenset({"E-NOTATION"})
"""Codes of mistakes because of which nothing of a text is checked."""

HIDING = frozenset({"E-YAML", "E-PASTED", "E-SHAPE", "E-INDENTATION", "E-VARIABLE-IN-BRACES", "E-NOTATION"})
"""Codes of mistakes because of which other parts of a text are not checked: what comes to light there after a
repair was there before."""

NAMED_FILES = frozenset({"W-LINK", "W-PICTURE"})
"""Codes about files that a text names: a repair of how it is written does not put them there."""

Key = tuple[str, str, int]
"""A finding's code, its file, and its place there."""


class Verdict(Struct, frozen=True, kw_only=True):
    """What a check of a text gave.

    `late` are codes that are looked for only where there is no error, by comparing `bound` with the Python.
    """

    diagnostics: Sequence[Diagnostic]
    bound: Hashable = None
    late: Collection[str] = ()


Judge = Callable[[str], Verdict]
"""Checks a text as if it were the file's."""


class Trial(Struct, frozen=True, kw_only=True):
    """What became of the findings after a fix: which are new, and which have gone beside its own."""

    changed: Changed
    after: Verdict
    is_gone: bool
    new: tuple[Diagnostic, ...]
    gone: frozenset[int]


def settle(
    text: str, verdict: Verdict, judge: Judge, *, guesses: Sequence[Diagnostic] = ()
) -> tuple[Diagnostic, ...]:
    """Return the findings without echoes, each with the fixes that work, and words that promise no others.

    `guesses` are no findings of the judge's: one is reported where its fix removes findings.
    """
    found = (*guesses, *verdict.diagnostics)
    if not any(each.fixes for each in found):
        return tuple(verdict.diagnostics)
    trials = _Trials(text, replace(verdict, diagnostics=found), judge)
    settled = [trials.settle(index, is_guess=index < len(guesses)) for index in range(len(found))]
    wrong = {index for index in range(len(guesses)) if not (settled[index].fixes and trials.gone[index])}
    echoes = wrong | _echoes(
        [frozenset() if index in wrong else gone for index, gone in enumerate(trials.gone)]
    )
    return tuple(each for index, each in enumerate(settled) if index not in echoes)


def _echoes(gone: Sequence[frozenset[int]]) -> set[int]:
    """Return the findings to leave out: what removes most is said first."""
    echoes: set[int] = set()
    for index in sorted(range(len(gone)), key=lambda each: (-len(gone[each]), each)):
        if index not in echoes:
            echoes |= gone[index]
    return echoes


class _Trials:
    """The trials of one text."""

    def __init__(self, text: str, verdict: Verdict, judge: Judge) -> None:
        self._text = text
        self._verdict = verdict
        self._judge = judge
        self._left = min(MOST_TRIALS, MOST_CHARACTERS // max(len(text), 1))
        self.gone: list[frozenset[int]] = []

    def settle(self, index: int, *, is_guess: bool) -> Diagnostic:
        """Return a finding with those of its fixes that work; `gone` gets what else they remove."""
        found = self._verdict.diagnostics[index]
        works: list[Fix] = []
        unset: list[Fix] = []
        gone: list[frozenset[int]] = []
        failed: Trial | None = None
        words = found.repair
        for fix in found.fixes:
            trial = self._try(self._text, fix, found, self._verdict)
            if trial is None or (is_guess and _is_unreadable(trial.after)):
                continue
            is_chain = trial.new and len(found.fixes) == 1 and not is_guess
            chained = self._chain(trial, found) if is_chain else None
            if chained is not None:
                edits, words = chained
                works.append(replace(fix, edits=edits))
                gone.append(trial.gone)
            elif trial.is_gone and not trial.new:
                works.append(fix)
                gone.append(trial.gone)
            else:
                failed = trial
                unset += [fix] if _only_unset(trial) else []
        if works and unset:
            # The other way is no certain one because of a variable that is set later.
            works = [fix for fix in found.fixes if fix in works or fix in unset]
        self.gone.append(frozenset.intersection(*gone) if gone else frozenset())
        repair = _words(found, works, failed, words=words)
        return replace(found, fixes=tuple(works), otherwise="", repair=repair)

    def _chain(self, trial: Trial, found: Diagnostic) -> tuple[tuple[TextEdit, ...], str] | None:
        """Return a fix together with those of the findings that come by it; None if they do not end."""
        seen, said, pending = {self._text}, [found.repair], trial.new
        while pending:
            text, before, next_found = trial.changed.text, trial.after, pending[0]
            if text in seen or len(said) == LONGEST_CHAIN or len(next_found.fixes) != 1:
                return None
            seen.add(text)
            next_trial = self._try(text, next_found.fixes[0], next_found, before)
            if next_trial is None or not next_trial.is_gone:
                return None
            said.append(f"as {next_found.message}, {next_found.repair}")
            left = _still_there(pending[1:], text, next_trial, found.span.file)
            trial, pending = next_trial, (*next_trial.new, *left)
        edits = edits_between(self._text, trial.changed.text, file=found.span.file)
        return (edits, "; then, ".join(said)) if edits else None

    def _try(self, text: str, fix: Fix, found: Diagnostic, before: Verdict) -> Trial | None:
        """Make a fix and check; None if it cannot be made, or if enough has been tried."""
        file = found.span.file
        changed = apply(text, fix.edits) if _is_within(fix, file) else None
        if changed is None or self._left <= 0:
            return None
        if found.code in HIDING and any("\n" in edit.text for edit in fix.edits):
            # By lines: what a rewritten block has in common with the old one has not been changed.
            changed = apply(text, edits_between(text, changed.text, file=file)) or changed
        self._left -= 1
        return _compare(text, changed, self._judge(changed.text), found=found, before=before)


def _compare(text: str, changed: Changed, after: Verdict, *, found: Diagnostic, before: Verdict) -> Trial:
    old, new = _Places(text, found.span.file), _Places(changed.text, found.span.file)
    moved = [old.moved(each, changed) for each in before.diagnostics]
    own = old.moved(found, changed)
    there = [new.key(each) for each in after.diagnostics]
    expected = Counter(moved)
    expected[own] -= 1
    arisen = []
    for each, key in zip(after.diagnostics, there, strict=True):
        if expected[key] > 0:
            expected[key] -= 1
            continue
        is_late = after.bound == before.bound and each.code in after.late
        is_here = found.code in HIDING and each.span.file == found.span.file
        was_hidden = is_here and (found.code in WHOLE or new.is_untouched(each, changed))
        if each.code not in NAMED_FILES and not is_late and not was_hidden:
            arisen.append(each)
    return Trial(
        changed=changed,
        after=after,
        is_gone=all(new.key(each) != own for each in arisen),
        new=tuple(arisen),
        gone=frozenset(index for index, key in enumerate(moved) if key != own and key not in there),
    )


def _is_unreadable(verdict: Verdict) -> bool:
    """Return whether a text is not YAML: a guess about one that is has made it worse then."""
    return any(each.code == "E-YAML" for each in verdict.diagnostics)


def _still_there(pending: Sequence[Diagnostic], text: str, trial: Trial, file: str) -> list[Diagnostic]:
    """Return the findings of these that the trial's check has given again."""
    old, new = _Places(text, file), _Places(trial.changed.text, file)
    keys = {old.moved(each, trial.changed) for each in pending}
    return [each for each in trial.after.diagnostics if new.key(each) in keys]


class _Places:
    """Where findings are in one text of a file."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = index_lines(text)
        self._file = file

    def key(self, diagnostic: Diagnostic) -> Key:
        """Return what a finding is recognised by; in another file, a number stands for the place."""
        span = diagnostic.span
        is_here = span.file == self._file
        place = stretch_of(span, self._lines).start if is_here else span.line * 10_000 + span.column
        return diagnostic.code, span.file, place

    def moved(self, diagnostic: Diagnostic, changed: Changed) -> Key:
        """Return the same of where the place is after changes."""
        code, file, place = self.key(diagnostic)
        return code, file, changed.moved(place) if file == self._file else place

    def is_untouched(self, diagnostic: Diagnostic, changed: Changed) -> bool:
        """Return whether a finding in the changed text is about a part that was there before."""
        stretch = stretch_of(diagnostic.span, self._lines)
        return not changed.touches(stretch.start, stretch.end)


def _only_unset(trial: Trial) -> bool:
    """Return whether a variable that a repair writes is all that is left: it is set outside of the file."""
    return trial.is_gone and all(each.code == "E-VARIABLE-MISSING" for each in trial.new)


def _is_within(fix: Fix, file: str) -> bool:
    return bool(fix.edits) and all(edit.span.file == file for edit in fix.edits)


def _words(found: Diagnostic, works: Sequence[Fix], failed: Trial | None, *, words: str) -> str:
    """Return what to do: the repair as it was meant, those of its ways that work, or why it is not enough."""
    if len(works) == len(found.fixes):
        return words
    if works:
        return ", or ".join(fix.title for fix in works)
    if found.otherwise:
        return found.otherwise
    if failed is not None and failed.new and _only_unset(failed):
        return f"{found.repair}, and set the variable before starting"
    if failed is not None and failed.is_gone:
        return f"{found.repair}; that alone is not enough: {failed.new[0].message}"
    return f"see the example on the page of {found.code}"
