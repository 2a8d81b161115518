"""Who is let in where: the one rule, asked by the guard before each handler, and for each run that is found.

    caller's sign-in or token + gate of the demo, or of the catalog --> let in, or why not

A gate is looked up in the current snapshot each time, so that what a save changes holds at once.
"""

import hmac
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from litestar.exceptions import NotAuthorizedException
from msgspec import Struct

from gradstream.catalog.store import CatalogChange, CatalogStore
from gradstream.catalog.types import CatalogSnapshot
from gradstream.format.gate import Gate, after_mistake, proof_of
from gradstream.format.rules.access import LONGEST_NAME
from gradstream.format.types import Demo
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.server.http.sign_ins import SignIns
from gradstream.server.http.tries import Tries

_NOBODY = proof_of("")
"""What an unknown name is compared with: it takes as long as a known one."""


class Refused(NotAuthorizedException):
    """The caller is not let in; `gate` says what would let it in."""

    def __init__(self, gate: Gate, *, wait_s: int = 0, is_wrong_token: bool = False) -> None:
        super().__init__("Not signed in")
        self.gate = gate
        self.wait_s = wait_s
        self.is_wrong_token = is_wrong_token


class Admission:
    """Knows from the current snapshot who is let in; nothing is remembered that a save could outdate."""

    def __init__(self, catalog: CatalogStore, limits: Limits) -> None:
        self._catalog = catalog
        self._most_removed = limits.removed_demos
        self.sign_ins = SignIns(limits)
        self.tries = Tries(limits)
        self._read = _Gates.of(catalog.snapshot)
        self._before = catalog.snapshot
        self._removed: OrderedDict[str, Gate] = OrderedDict()
        catalog.subscribe(self._note_change)

    def gate(self, address: str | None, demo: Demo | None = None) -> Gate:
        """Return the gate of a demo, or of the catalog; `demo` is one that may no longer be there."""
        gates = self._gates()
        if address is None:
            return gates.catalog
        if address not in gates.known:
            own = self._removed.get(address) or (None if demo is None else demo.gate)
            return own or gates.catalog
        return gates.own.get(address, gates.catalog)

    def admits(self, caller: Caller, demo: Demo) -> bool:
        """Return whether a caller may open a demo, and all that its runs have made."""
        return self.passes(caller, self.gate(demo.address, demo))

    def may_open(self, caller: Caller, address: str | None) -> bool:
        """Return whether a caller may open the demo with this address; without one, the catalog."""
        return self.passes(caller, self.gate(address))

    def may_open_anything(self, caller: Caller) -> bool:
        """Return whether a caller is let in anywhere."""
        return any(self.passes(caller, gate) for gate in self._gates().each)

    def hidden(self, caller: Caller) -> frozenset[str]:
        """Return the demos that a caller may not open, those that were removed as well."""
        gates = self._gates()
        others = gates.own if self.passes(caller, gates.catalog) else gates.known
        return frozenset(name for name in (*others, *self._removed) if not self.may_open(caller, name))

    def passes(self, caller: Caller, gate: Gate) -> bool:
        """Return whether a gate lets a caller in."""
        if gate.is_closed or gate.is_open:
            return gate.is_open
        return self._has_token(caller, gate) or self._is_signed_in(caller, gate)

    def user_of(self, key: str | None) -> str | None:
        """Return the name of who is signed in under a key, as long as it is let in anywhere."""
        found = None if key is None else self.sign_ins.find(key)
        if found is None or not any(_is_known(gate, found.name, found.proof) for gate in self._gates().each):
            return None
        return found.name

    def is_over(self, caller: Caller) -> bool:
        """Return whether who has opened a connection is signed out, or shut out, by now."""
        return self.user_of(caller.sign_in) != caller.user or not self.may_open_anything(caller)

    def sign_in(self, gate: Gate, name: str, password: str, *, address: str) -> str | int | None:
        """Return a cookie's value; None for a wrong name or password; the seconds to wait before a try."""
        name, counted = name.strip(), name.strip()[:LONGEST_NAME]
        wait_s = self.tries.wait_s(address, counted)
        if wait_s > 0:
            return wait_s
        proof = proof_of(password)
        if gate.is_closed or not _is_known(gate, name, proof):
            self.tries.note_wrong(address, counted)
            return None
        return self.sign_ins.start(name, proof)

    def watch(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` whenever somebody may have been shut out; the returned function ends that."""
        undo = ExitStack()
        undo.callback(self.sign_ins.watch(wake))
        undo.callback(self._catalog.subscribe(lambda _: wake()))
        return undo.close

    def refusal(self, caller: Caller, gates: Sequence[Gate]) -> "Refused | None":
        """Return why none of the gates lets a caller in; None if one does. Wrong tokens are counted."""
        tries_token = caller.token is not None and any(gate.token is not None for gate in gates)
        if tries_token and (wait_s := self.tries.wait_s(caller.address)) > 0:
            return Refused(gates[0], wait_s=wait_s)
        if any(self.passes(caller, gate) for gate in gates):
            return None
        if tries_token:
            self.tries.note_wrong(caller.address)
        return Refused(gates[0], is_wrong_token=caller.token is not None)

    def every_gate(self) -> Sequence[Gate]:
        """Return the gate of the catalog, and then those of demos that have others."""
        return self._gates().each

    def _has_token(self, caller: Caller, gate: Gate) -> bool:
        return (
            gate.token is not None
            and caller.token is not None
            and hmac.compare_digest(gate.token, caller.token)
        )

    def _is_signed_in(self, caller: Caller, gate: Gate) -> bool:
        found = None if caller.sign_in is None else self.sign_ins.find(caller.sign_in)
        return found is not None and _is_known(gate, found.name, found.proof)

    def _gates(self) -> "_Gates":
        if self._read.snapshot is not self._catalog.snapshot:
            self._read = _Gates.of(self._catalog.snapshot)
        return self._read

    def _note_change(self, change: CatalogChange) -> None:
        """Keep the gates of demos that are gone: their names, and runs, are still not for all."""
        before, self._before = self._before, self._catalog.snapshot
        for address in change.removed:
            demo = before.demos.get(address) or before.broken.get(address)
            if demo is not None and demo.gate is not None:
                self._removed[address] = demo.gate
        for address in change.demos:
            self._removed.pop(address, None)
        while len(self._removed) > self._most_removed:
            self._removed.popitem(last=False)


class _Gates(Struct, frozen=True, kw_only=True):
    """The gates of one snapshot: of the catalog, of demos that have their own, and all that differ."""

    snapshot: CatalogSnapshot
    catalog: Gate
    own: Mapping[str, Gate]
    known: frozenset[str]
    each: Sequence[Gate]

    @staticmethod
    def of(snapshot: CatalogSnapshot) -> "_Gates":
        """Return the gates of a snapshot."""
        gates = {name: demo.gate for name, demo in snapshot.demos.items()}
        gates |= {name: broken.gate for name, broken in snapshot.broken.items()}
        for name, stale in snapshot.stale.items():
            gates[name] = after_mistake(gates[name] or snapshot.options.gate, stale.gate)
        own = {name: gate for name, gate in gates.items() if gate is not None}
        each = [snapshot.options.gate]
        each += [gate for gate in own.values() if gate not in each]
        return _Gates(
            snapshot=snapshot, catalog=each[0], own=own, known=frozenset(gates), each=_distinct(each)
        )


def _distinct(gates: Sequence[Gate]) -> Sequence[Gate]:
    return list({(*sorted(each.users.items()), each.token, each.is_closed): each for each in gates}.values())


def _is_known(gate: Gate, name: str, proof: bytes) -> bool:
    """Return whether a gate has this name with this proof; an unknown name takes as long as a known one."""
    expected = gate.users.get(name, _NOBODY)
    return hmac.compare_digest(expected, proof) and name in gate.users
