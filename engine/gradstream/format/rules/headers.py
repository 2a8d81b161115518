"""Headers that a function is given by `access: headers:`; a warning for those that prove who somebody is."""

from gradstream.format.draft import Draft
from gradstream.format.findings import Findings

PROOFS = ("authorization", "cookie", "proxy-authorization")
"""Headers with which a visitor could be impersonated."""


def check_headers(draft: Draft, findings: Findings) -> None:
    """Note the headers that prove who a visitor is, and that a function seldom needs."""
    for index, name in enumerate(draft.values.get("access", {}).get("headers", ())):
        if name in PROOFS:
            findings.add(
                ("access", "headers", index),
                "W-SECRET-HEADER",
                f"`{name}` proves who a visitor is, and the function could pretend to be them",
                severity="warning",
                expected="headers that say something of a visitor, such as x-forwarded-user",
                found=f"`{name}`",
                repair="list the header in which a proxy says who it is, or let the function keep it secret",
            )
