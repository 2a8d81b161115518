"""The format's version, which the marker `gradstream:` carries: refuse later ones, warn about older ones."""

from gradstream.format.findings import Findings

FORMAT = 1


def check_version(findings: Findings) -> bool:
    """Note a marker of another version; False when the file cannot be read as this version at all."""
    written = findings.document.values.get("gradstream")
    if isinstance(written, bool) or not isinstance(written, int) or written == FORMAT or written < 0:
        return True
    if written > FORMAT:
        findings.add(
            ("gradstream",),
            "E-FORMAT-VERSION",
            f"the file is written in format {written}, and this gradstream reads format {FORMAT}",
            expected=f"`gradstream: {FORMAT}`",
            found=f"`gradstream: {written}`",
            repair="upgrade gradstream: pip install --upgrade gradstream",
        )
        return False
    findings.add(
        ("gradstream",),
        "W-FORMAT-VERSION",
        f"the file is written in format {written}, which the next major version will not read",
        severity="warning",
        expected=f"`gradstream: {FORMAT}`",
        found=f"`gradstream: {written}`",
        repair=f"write gradstream: {FORMAT} and see what `gradstream check` says",
    )
    findings.mark(("gradstream",))
    return True
