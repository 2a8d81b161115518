"""An environment that holds a wheel and what it declares to need, taken from the environment of the tests.

    wheel --pip--> empty environment --Requires-Dist, and theirs--> links to the same distributions, as locked

It holds what `pip install` of the wheel would bring and nothing that only the tests need. Nothing is fetched.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command to its end and return what it printed; its output is the message when it fails."""
    done = subprocess.run(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def install(wheel: Path, environment: Path) -> Path:
    """Install a wheel with its dependencies into a folder that becomes an environment; return its Python."""
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=environment)
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=environment)
    site = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=environment).strip()
    )
    (installed,) = Distribution.discover(path=[str(site)])
    for each in {each.name: each for each in _needed(installed)}.values():
        _link(each, site)
    run(*pip, "check", cwd=environment)
    return python


def _needed(installed: Distribution) -> Iterator[Distribution]:
    """Yield all distributions that one requires, directly or not."""
    seen: set[str] = set()
    waiting = list(_requirements(installed, extras=()))
    while waiting:
        requirement = waiting.pop()
        found = distribution(requirement.name)
        waiting += (
            _requirements(found, extras=sorted(requirement.extras)) if str(requirement) not in seen else ()
        )
        seen.add(str(requirement))
        yield found


def _requirements(of: Distribution, *, extras: Sequence[str]) -> Iterator[Requirement]:
    for each in map(Requirement, of.requires or ()):
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield each


def _link(each: Distribution, site: Path) -> None:
    """Link what a distribution has brought to the tests' own environment, except its commands."""
    for name in {file.parts[0] for file in each.files or ()} - {"..", "__pycache__"}:
        (site / name).symlink_to(Path(str(each.locate_file(name))))
