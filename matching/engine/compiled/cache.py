"""Where compiled code is kept: in a folder named after the source of all loops.

numba compiles a loop anew when its own file changes, but not when a file does that it calls into: after an update it
would go on running the old code. It also refuses to work where it can write nowhere; ours then compiles in memory.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numba

_HERE = Path(__file__).parent
_CONFIG: Any = numba.config  # its settings are made when it is imported


@cache
def folder() -> Path | None:
    """The first place that can be written to: NUMBA_CACHE_DIR, beside the source, the user's cache; or None."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    given = os.environ.get("NUMBA_CACHE_DIR")
    for place in ([Path(given)] if given else []) + [_HERE / "__pycache__", home / "puente"]:
        path = place / f"compiled-{_fingerprint()}"
        with contextlib.suppress(OSError):
            path.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=path).close()
            return path
    return None


@contextlib.contextmanager
def in_folder() -> Iterator[bool]:
    """Let numba keep what is declared inside in our folder, and nothing else; whether there is one."""
    path, before = folder(), _CONFIG.CACHE_DIR
    if path is None:
        yield False
        return
    _CONFIG.CACHE_DIR = str(path)
    try:
        yield True
    finally:
        _CONFIG.CACHE_DIR = before


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in [*sorted(_HERE.glob("*.py")), _HERE.parent / "constants.py", _HERE.parent / "score.py"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
