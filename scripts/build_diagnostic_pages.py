"""Write docs/authoring/diagnostics/*.md, a page for each code: `python scripts/build_diagnostic_pages.py`.

    codes.yaml --example--> the engine's own report --> CODE.md, and README.md with all of them
               --> engine/gradstream/report/rules.json, the texts of rules in SARIF

Reports are never written by hand: the engine produces them from the example. A test compares the pages with
the output of this script, and the codes with those in the source.
"""

import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, yaml

from gradstream.catalog.check_steps import check_paths
from gradstream.components.form import check_form
from gradstream.components.types import Upload
from gradstream.report import terminal

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "authoring" / "diagnostics"
CASES = ROOT / "tests" / "examples"
ENGINE = ROOT / "engine" / "gradstream"
RULES = ENGINE / "report" / "rules.json"
LIMIT_S = 60
"""For one import."""

QUOTED_CODE = re.compile(r'"([EW]-[A-Z]+(?:-[A-Z]+)*)"')
INTRODUCTION = """\
Each finding of `gradstream check` has a code that stays the same from version to version. A demo with a
mistake (`E-`) is not served; a demo with a warning (`W-`) is."""

LANGUAGES = {".py": "python", ".yaml": "yaml", ".yml": "yaml"}
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f]")


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of codes.yaml, whose first lines explain each field."""

    title: str
    means: str
    visitor: bool = False
    case: str | None = None
    files: dict[str, str] = {}
    imports: bool = False
    encoding: str = "utf-8"
    given: dict[str, Any] | None = None
    upload: dict[str, Any] | None = None
    repaired: list[tuple[str, str]] = []
    repair: str | None = None

    @property
    def sources(self) -> Mapping[str, str]:
        """Return the example's files by name, the one with the mistake first."""
        if self.case is None:
            return self.files
        return {f"{self.case}.yaml": _case(self.case).read_text(encoding="utf-8")}

    @property
    def repaired_text(self) -> str | None:
        """Return the repaired first file; None where the repair is not a change to it."""
        if not self.repaired:
            return None
        text = next(iter(self.sources.values()))
        for old, new in self.repaired:
            if text.count(old) != 1:
                raise ValueError(f"the example must contain {old!r} exactly once")
            text = text.replace(old, new)
        return text


def read_codes() -> dict[str, Code]:
    """Return all entries by code."""
    return yaml.decode((PAGES / "codes.yaml").read_bytes(), type=dict[str, Code])


def codes_in_source() -> set[str]:
    """Return the codes that occur in the engine's source."""
    return {code for path in ENGINE.rglob("*.py") for code in QUOTED_CODE.findall(path.read_text("utf-8"))}


def pages() -> dict[str, str]:
    """Return all pages by file name."""
    codes = read_codes()
    return {
        "README.md": _overview(codes),
        **{f"{code}.md": _page(code, entry) for code, entry in codes.items()},
    }


def rules() -> str:
    """Return what reports for other programs say about each code, as JSON."""
    texts = {
        code: {"title": entry.title, "means": entry.means.strip(), "help": _help(entry)}
        for code, entry in read_codes().items()
        if not entry.visitor
    }
    return json.dumps(texts, indent=1, ensure_ascii=False) + "\n"


def _help(entry: Code) -> str:
    parts = [entry.means.strip(), *([entry.repair.strip()] if entry.repair else [])]
    if entry.repaired_text is not None and entry.sources:
        text = next(iter(entry.sources.values()))
        parts += ["Wrong:", f"```yaml\n{INVISIBLE.sub('�', text).strip()}\n```"]
        parts += ["Right:", f"```yaml\n{entry.repaired_text.strip()}\n```"]
    return "\n\n".join(parts)


def left_over(entry: Code) -> str:
    """Return the report on a repaired example; "" when nothing is left to repair."""
    if entry.repaired_text is None:
        return ""
    with _catalog(entry) as folder:
        name = next(iter(entry.sources))
        (folder / name).write_text(entry.repaired_text, encoding="utf-8")
        if entry.given is not None:
            return _report_to_visitor(entry)
        return terminal.render(check_paths([Path(name)], environ={}).diagnostics, root=Path())


def _page(code: str, entry: Code) -> str:
    parts = [f"# {code}", f"**{_sentence(entry.title)}**", entry.means.strip()]
    if entry.sources:
        parts.append("## Example")
        parts += _shown(entry)
        parts.append(f"```text\n{_report(code, entry)}\n```")
    parts.append("## Repair")
    if entry.repair:
        parts.append(entry.repair.strip())
    if entry.repaired_text is not None:
        parts.append(f"```yaml\n{entry.repaired_text.strip()}\n```")
    parts.append("[All codes](README.md)")
    return "\n\n".join(parts) + "\n"


def _shown(entry: Code) -> Iterator[str]:
    for name, text in entry.sources.items():
        language = LANGUAGES.get(Path(name).suffix, "text")
        yield f"`{name}`:"
        yield f"```{language}\n{INVISIBLE.sub('�', text).strip()}\n```"
    if entry.given is not None:
        yield f"A visitor sends `{json.dumps(entry.given)}`, and gets:"


def _overview(codes: Mapping[str, Code]) -> str:
    groups = {
        "## Mistakes": [code for code in codes if code.startswith("E-") and not codes[code].visitor],
        "## Warnings": [code for code in codes if code.startswith("W-")],
        "## What a visitor reads": [code for code in codes if codes[code].visitor],
    }
    parts = ["# Codes", INTRODUCTION]
    for title, group in groups.items():
        rows = "\n".join(f"| [{code}]({code}.md) | {codes[code].title} |" for code in group)
        parts.append(f"{title}\n\n| code | meaning |\n|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _report(code: str, entry: Code) -> str:
    if entry.case is not None:
        findings = _case(entry.case).with_suffix(".report").read_text(encoding="utf-8").strip().split("\n\n")
        return _only(code, findings)
    with _catalog(entry):
        if entry.given is not None:
            return _report_to_visitor(entry)
        if entry.imports:
            return _only(code, _imported().split("\n\n"))
        found = check_paths([Path()], environ={}).diagnostics
        return _only(code, [terminal.render([each], root=Path()) for each in found])


def _only(code: str, findings: list[str]) -> str:
    own = [INVISIBLE.sub("�", each) for each in findings if f" {code}: " in each]
    if not own:
        raise ValueError(f"the example of {code} does not report {code}")
    return own[0]


def _report_to_visitor(entry: Code) -> str:
    (demo,) = check_paths([Path(next(iter(entry.files)))], environ={}).demos
    given = entry.given or {}
    upload = Upload(path="", **entry.upload) if entry.upload else None
    checked = check_form(demo.inputs, given, find_upload=lambda _id: upload)
    return "\n".join(
        f"{each.problem.message}\n  expected: {each.problem.expected}\n"
        f"  found:    {each.problem.found}\n  repair:   {each.problem.repair}"
        for each in checked.findings
    )


def _imported() -> str:
    command = [sys.executable, "-m", "gradstream.cli.main", "check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    return done.stdout.strip()


@contextlib.contextmanager
def _catalog(entry: Code) -> Iterator[Path]:
    """Write the example's files to a folder, and change into it."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        for file, text in entry.sources.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, encoding=entry.encoding)
        if entry.case is not None:
            (folder / "studio.py").write_text((CASES / "studio.py").read_text(encoding="utf-8"))
        yield folder


def _case(name: str) -> Path:
    folders = (CASES / "invalid", CASES / "valid")
    return next(folder / f"{name}.yaml" for folder in folders if (folder / f"{name}.report").exists())


def main() -> None:
    """Write all pages, and remove those of codes that no longer exist."""
    written = pages()
    for old in PAGES.glob("*.md"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (PAGES / name).write_text(text, encoding="utf-8")
    RULES.write_text(rules(), encoding="utf-8")


if __name__ == "__main__":
    main()
