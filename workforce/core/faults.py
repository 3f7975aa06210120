"""What a log may say of an error when its message may hold somebody's data, and logs outlive that data."""

from __future__ import annotations

import traceback


def told(error: BaseException) -> str:
    """Return the class of an error and the line that raised it, never its message: servers and databases quote rows."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} ({frames[-1].filename}:{frames[-1].lineno})" if frames else type(error).__name__
