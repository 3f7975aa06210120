"""Has a file read by a process of its own, and never waits for it longer than stated."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from workforce.technicians.cv import limits
from workforce.technicians.cv.text import tidy
from workforce.technicians.cv.unreadable import Unreadable, Why

ROOT = Path(__file__).parents[3]
CHILD = "workforce.technicians.cv.child"


def read_text(data: bytes) -> str:
    """Return the tidy text of a PDF or DOCX; raise ``Unreadable`` within ``WALL_SECONDS``, whatever the file is."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        # No variable of ours goes along: the child knows no key and no database.
        path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        command = [sys.executable, "-m", CHILD]
        process = subprocess.Popen(  # noqa: S603  nothing in the command comes from outside
            command,
            cwd=ROOT,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
        )
        try:
            process.wait(timeout=limits.WALL_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(Why.TOO_HEAVY) from error
        finally:
            process.kill()
            process.wait()
        answer.seek(0)
        return _understand(answer.read(limits.OUTPUT_BYTES))


def _understand(answer: bytes) -> str:
    """Read what the process said. One that says nothing was ended by its limits."""
    try:
        told = json.loads(answer)
    except ValueError as error:
        raise Unreadable(Why.TOO_HEAVY) from error
    if "text" not in told:
        raise Unreadable(Why(told["why"]))
    text = tidy(told["text"])
    if sum(map(str.isalpha, text)) < limits.MIN_LETTERS:
        raise Unreadable(Why.NO_TEXT)
    return text
