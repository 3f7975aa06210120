"""The process that opens a stranger's file: ``python -m workforce.technicians.cv.child < file > answer``.

It gives itself little memory and little time before it reads a byte, and answers with JSON: ``text``, or ``why`` not.
"""

from __future__ import annotations

import json
import resource
import sys

from workforce.technicians.cv.kinds import FileKind, kind_of
from workforce.technicians.cv.limits import CPU_SECONDS, MAX_BYTES, MEMORY, OUTPUT_BYTES
from workforce.technicians.cv.unreadable import Unreadable, Why


def limit_self() -> None:
    """Take away what reading a CV does not need."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: OUTPUT_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    if sys.platform == "darwin":  # its kernel refuses this one
        del limits[resource.RLIMIT_AS]
    for which, most in limits.items():
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))


def answer(data: bytes) -> dict[str, str]:
    """Return the text of a file, or why there is none."""
    try:
        if len(data) > MAX_BYTES:
            raise Unreadable(Why.TOO_LONG)
        if kind_of(data) == FileKind.PDF:
            from workforce.technicians.cv.pdf import read_pdf as read  # noqa: PLC0415  costly, and a DOCX needs none of it
        else:
            from workforce.technicians.cv.docx import read_docx as read  # noqa: PLC0415
        return {"text": read(data)}
    except Unreadable as refused:
        return {"why": refused.why.value}
    except (MemoryError, RecursionError):
        return {"why": Why.TOO_HEAVY.value}


def main() -> None:
    """Read the file from the standard input, and answer."""
    limit_self()
    told = answer(sys.stdin.buffer.read(MAX_BYTES + 1))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
