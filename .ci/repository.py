"""Checks of the repository itself: locks, what a tracked file must not say, dependencies without a reason."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
# Somebody's own folders, and the names of package indexes: a clone must work elsewhere. Does not find itself.
FORBIDDEN = re.compile(
    r"(?<![\w.*:/~-])/(?:work|root|home|Users)/[\w.]"
    + "|"
    + "|".join(re.escape(".".join(words)) for words in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")))
)
# Other people's files come as they are.
VENDORED = re.compile(r"(^|/)(vendor|node_modules)/")


def lock_faults(root: Path) -> list[str]:
    """Return where the locks do not follow pyproject.toml, lack a hash or name an index. Asks no network."""
    wanted = _requirements(root)
    run, dev = (_locked(root / name) for name in ("requirements.lock", "requirements-dev.lock"))
    found = _not_satisfied(wanted["run"], run, "requirements.lock")
    found += _not_satisfied(wanted["run"] + wanted["dev"], dev, "requirements-dev.lock")
    found += [
        f"{name} differs between the locks: {version} and {dev.get(name)}"
        for name, version in run.items()
        if dev.get(name) != version
    ]
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (root / name).read_text(encoding="utf-8")
        if "://" in text:
            found.append(f"{name} names an address")
        blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
        found += [
            f"{name}: no hash for {block.split()[0]}"
            for block in blocks
            if LOCKED.match(block) and "--hash=sha256:" not in block
        ]
    return found


def file_faults(root: Path) -> list[str]:
    """Return the lines of tracked files that name a folder of somebody's machine or a package index."""
    found = []
    for path in _tracked(root):
        if VENDORED.search(path):
            continue
        try:
            text = (root / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if FORBIDDEN.search(line):
                found.append(f"{path}:{number}: {line.strip()[:120]}")
    return found


def undocumented_dependencies(root: Path) -> list[str]:
    """Return the dependencies that docs/dependencies.md gives no reason for, and those that it names for nothing."""
    page = root / "docs" / "dependencies.md"
    told = {
        canonicalize_name(name) for name in re.findall(r"^\| `([^`]+)`", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    wanted = _requirements(root)
    needed = {canonicalize_name(requirement.name) for requirement in wanted["run"] + wanted["dev"]}
    return [f"docs/dependencies.md does not say why: {name}" for name in sorted(needed - told)] + [
        f"docs/dependencies.md names what is no longer a dependency: {name}" for name in sorted(told - needed)
    ]


def untidy(folder: Path) -> list[str]:
    """Return the templates with tabs or with spaces at the end of a line."""
    return [f"{path}: white space: make fix" for path in sorted(folder.rglob("*.html")) if _tidied(path) != _text(path)]


def tidy(folder: Path) -> None:
    """Repair what ``untidy`` finds."""
    for path in folder.rglob("*.html"):
        if _tidied(path) != _text(path):
            path.write_text(_tidied(path), encoding="utf-8")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _tidied(path: Path) -> str:
    # A fragment that ends without a new line does so for a reason: it is set between words.
    lines = [line.expandtabs(2).rstrip() for line in _text(path).split("\n")]
    return "\n".join(lines)


def _requirements(root: Path) -> dict[str, list[Requirement]]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "run": [Requirement(text) for text in project["dependencies"]],
        "dev": [Requirement(text) for text in project["optional-dependencies"]["dev"]],
    }


def _locked(path: Path) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in LOCKED.findall(path.read_text(encoding="utf-8"))}


def _not_satisfied(wanted: list[Requirement], locked: dict[str, str], lock: str) -> list[str]:
    found = []
    for requirement in wanted:
        version = locked.get(canonicalize_name(requirement.name))
        if version is None:
            found.append(f"{lock} lacks {requirement.name}: make lock")
        elif not requirement.specifier.contains(version, prereleases=True):
            found.append(f"{lock} has {requirement.name} {version}, not {requirement.specifier}: make lock")
    return found


def _tracked(root: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    return [name for name in listed.stdout.split("\0") if name]
