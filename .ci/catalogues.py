"""Are the gettext catalogues complete, and are they what the code says?

The compiled files are committed, so that nobody needs gettext to run Puente; the check needs it.
"""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = ("es", "en")
COMPLETE = "es"  # msgids are English
SOURCES = ("workforce", "matching", "templates", "locale", "manage.py")
MAKE = ("makemessages", "-l", "es", "-l", "en", "--no-location", "--no-obsolete", "--verbosity", "0")
MAKE_IGNORES = ("--ignore", ".venv/*", "--ignore", "var/*", "--ignore", "tests/*", "--ignore", "benchmarks/*")


def faults(root: Path) -> list[str]:
    """Return what is wrong with ``locale/`` under ``root``; without gettext, only a fault in CI."""
    if not shutil.which("msgfmt"):
        if os.environ.get("CI"):
            return ["gettext is missing: the catalogues cannot be checked."]
        print("     (no gettext on this machine: the catalogues are checked by CI only)")
        return []
    found = [fault for fault in (_incomplete(root, "--untranslated"), _incomplete(root, "--only-fuzzy")) if fault]
    found += _lacking_plurals(root)
    with tempfile.TemporaryDirectory(prefix="puente-texts-") as folder:
        copy = Path(folder)
        _copy_sources(root, copy)
        found += _make(copy)
        for language in LANGUAGES:
            found += _differences(root, copy, language)
    return found


def rewrite(root: Path) -> None:
    """Run makemessages and compilemessages in place, where gettext is there."""
    if shutil.which("msgfmt"):
        for fault in _make(root):
            print(fault)
    else:
        print("No gettext on this machine: the catalogues are left as they are.")


def _copy_sources(root: Path, copy: Path) -> None:
    for name in SOURCES:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, copy / name)
    (copy / "static").mkdir()


def _make(folder: Path) -> list[str]:
    environment = {**os.environ, "PUENTE_ENV": "dev"}
    for arguments in ((*MAKE, *MAKE_IGNORES), ("compilemessages", "--ignore", ".venv/*", "--verbosity", "0")):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            return [(done.stdout + done.stderr).strip()]
    return []


def _incomplete(root: Path, which: str) -> str | None:
    catalogue = root / "locale" / COMPLETE / "LC_MESSAGES" / "django.po"
    command = ["msgattrib", which, "--no-obsolete", "--no-wrap", str(catalogue)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    texts = [text for text in re.findall(r'^msgid "(.*)"$', done.stdout, re.MULTILINE) if text]
    if not texts:
        return None
    return f"{len(texts)} texts {which} in {catalogue.relative_to(root)}:\n  " + "\n  ".join(texts)


def _lacking_plurals(root: Path) -> list[str]:
    """Spanish has three forms (one for millions); where one is missing gettext shows English and is silent."""
    catalogue = root / "locale" / COMPLETE / "LC_MESSAGES" / "django.po"
    text = catalogue.read_text(encoding="utf-8")
    forms = int(re.search(r"nplurals=(\d)", text)[1])  # type: ignore[index]
    entries = [entry for entry in text.split("\n\n") if re.search(r"^msgid_plural", entry, re.MULTILINE)]
    lacking = [entry for entry in entries if len(re.findall(r"^msgstr\[\d\]", entry, re.MULTILINE)) != forms]
    return [f"{catalogue.relative_to(root)}: not {forms} plural forms in\n{entry}" for entry in lacking]


def _differences(root: Path, fresh: Path, language: str) -> list[str]:
    folder = Path("locale") / language / "LC_MESSAGES"
    if _entries(root / folder / "django.po") != _entries(fresh / folder / "django.po"):
        return [f"{folder}/django.po is not what the code says: make fix, and translate what is new."]
    if _compiled(root / folder / "django.mo") != _compiled(fresh / folder / "django.mo"):
        return [f"{folder}/django.mo is older than its .po: make fix."]
    return []


def _entries(path: Path) -> list[str]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith('"POT-Creation-Date')]


def _compiled(path: Path) -> dict[object, str] | None:
    if not path.exists():
        return None
    with path.open("rb") as file:
        texts = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    texts.pop("", None)  # the header carries dates
    return texts
