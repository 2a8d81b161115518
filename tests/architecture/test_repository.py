"""The repository can be cloned anywhere: it names no registry, no machine, and locks what it declares."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]

# In parts, so that this file does not hold what it looks for.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
    )
)
HOME_FOLDERS = re.compile(rb"(?<![\w.~-])/(?:root|home|work)/")


def committed_files() -> list[Path]:
    """List what git tracks, or would on the next `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_registry() -> None:
    """Where packages come from is the business of each machine's own configuration."""
    hosts = tuple(host.encode() for host in REGISTRY_HOSTS)
    named = [
        f"{path.relative_to(ROOT)}: {host.decode()}"
        for path in committed_files()
        for host in hosts
        if host in path.read_bytes()
    ]
    assert named == []


def test_no_file_holds_a_path_of_a_machine() -> None:
    """No text in the repository works on one machine only."""
    held = [
        f"{path.relative_to(ROOT)}: {found.group().decode()}"
        for path in committed_files()
        if (found := HOME_FOLDERS.search(path.read_bytes()))
    ]
    assert held == []


def locked(lock: Path) -> dict[str, str]:
    """Return the pinned version of each package of a lock file, all of whose entries must have hashes."""
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"))
    pins = {}
    for entry in entries:
        if match := re.match(r"([a-z0-9.-]+)==(\S+)", entry):
            assert "--hash=sha256:" in entry, f"{match[1]} has no hash"
            pins[match[1]] = match[2]
    return pins


def declared() -> list[Requirement]:
    """List what pyproject.toml asks for, in all of its groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    build = project["build-system"]["requires"]
    extras = project["project"]["optional-dependencies"].values()
    texts = [*build, *project["project"]["dependencies"], *(text for extra in extras for text in extra)]
    return [requirement for text in texts if (requirement := Requirement(text)).name != "gradstream"]


def test_the_lock_has_what_is_declared() -> None:
    """Each declared dependency is locked in a version that it accepts; `scripts/lock` updates it."""
    pins = locked(ROOT / "requirements.txt")
    missing = [
        str(requirement)
        for requirement in declared()
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]
    assert missing == []


@pytest.mark.parametrize("lock", ["requirements.txt", "bench/requirements.txt"])
def test_a_lock_is_portable(lock: str) -> None:
    """A lock pins by version and hash alone, without an address or a path."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert len(locked(ROOT / lock)) > 0
    assert re.findall(r"^.*(?:://|--index|--extra-index|--find-links).*$", text, re.MULTILINE) == []
