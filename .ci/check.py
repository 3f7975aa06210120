"""``make check`` and ``make fix``: every check that needs no test, each by name.

``python .ci/check.py [--fix] [NAME ...]`` runs all of them, or those named, and tells all that is wrong, not only the
first fault.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import catalogues
import repository

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = (sys.executable, "manage.py")
SCHEMA = Path("docs/openapi.yaml")
SPECTACULAR = (*MANAGE, "spectacular", "--lang", "en", "--validate", "--fail-on-warn")


def run(*command: str | Path) -> list[str]:
    """Run a command in the repository; return its output as one fault when it fails."""
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [(done.stdout + done.stderr).strip() or f"exit code {done.returncode}"]


def ruff() -> list[str]:
    """Lint and format of Python."""
    return run(BIN / "ruff", "check", ".") + run(BIN / "ruff", "format", "--check", ".")


def mypy() -> list[str]:
    """Types."""
    return run(BIN / "mypy")


def layers() -> list[str]:
    """The import contracts of docs/architecture.md."""
    return run(BIN / "lint-imports", "--no-cache")


def templates() -> list[str]:
    """Lint of templates, and tidy white space.

    djLint's own formatter is not used: it breaks runs of inline elements over lines, and so adds spaces that a reader
    sees, and it does not know our block tags.
    """
    return run(BIN / "djlint", "templates", "--lint", "--quiet") + repository.untidy(ROOT / "templates")


def django() -> list[str]:
    """Django's own checks, and no model without its migration."""
    return run(*MANAGE, "check") + run(*MANAGE, "makemigrations", "--check", "--dry-run")


def schema() -> list[str]:
    """The API's schema is valid, says no warning, and is the one that is committed."""
    fresh = subprocess.run(list(map(str, SPECTACULAR)), cwd=ROOT, capture_output=True, text=True, check=False)
    if fresh.returncode:
        return [fresh.stderr.strip()]
    committed = ROOT / SCHEMA
    if not committed.exists() or committed.read_text(encoding="utf-8") != fresh.stdout:
        return [f"{SCHEMA} is not what the code says: make fix, and look at the difference."]
    return []


def texts() -> list[str]:
    """Catalogues: nothing untranslated, nothing fuzzy, nothing out of date."""
    return catalogues.faults(ROOT)


def taxonomy() -> list[str]:
    """Our own taxonomy hangs together and is proofread."""
    return run(*MANAGE, "check_taxonomy")


CHECKS: dict[str, Callable[[], list[str]]] = {
    "ruff": ruff,
    "layers": layers,
    "templates": templates,
    "django": django,
    "schema": schema,
    "texts": texts,
    "taxonomy": taxonomy,
    "locks": lambda: repository.lock_faults(ROOT),
    "files": lambda: repository.file_faults(ROOT),
    "dependencies": lambda: repository.undocumented_dependencies(ROOT),
    "mypy": mypy,
}
FIXES: dict[str, tuple[tuple[str | Path, ...], ...]] = {
    "ruff": ((BIN / "ruff", "check", "--fix", "."), (BIN / "ruff", "format", ".")),
    "schema": ((*SPECTACULAR, "--file", SCHEMA),),
}


def fix(names: list[str]) -> None:
    """Repair what a machine can repair."""
    for name in names:
        for command in FIXES.get(name, ()):
            # The checks afterwards say what is left.
            subprocess.run(list(map(str, command)), cwd=ROOT, check=False)
    if "templates" in names:
        repository.tidy(ROOT / "templates")
    if "texts" in names:
        catalogues.rewrite(ROOT)


def main(arguments: list[str]) -> int:
    """Run the checks; return 1 when one found a fault."""
    os.environ.setdefault("PUENTE_ENV", "dev")
    names = [name for name in arguments if name != "--fix"] or list(CHECKS)
    if unknown := set(names) - set(CHECKS):
        print(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    if "--fix" in arguments:
        fix(names)
    bad = []
    for name in names:
        started = time.monotonic()
        faults = CHECKS[name]()
        print(f"{'FAIL' if faults else 'ok  '} {name} ({time.monotonic() - started:.1f} s)", flush=True)
        for fault in faults:
            print(fault, flush=True)
        if faults:
            bad.append(name)
    print(f"check: {len(names) - len(bad)} of {len(names)} passed" + (f"; failed: {', '.join(bad)}" if bad else ""))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
