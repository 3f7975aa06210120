"""What people say for a certificate, where that is shorter than its name."""

from __future__ import annotations

CREDENTIALS: dict[str, tuple[str, ...]] = {
    "cdl-class-a": ("CDL",),
    "federal-driver-licence": ("licencia federal", "lic federal"),
    "six-sigma-yellow": ("Yellow Belt", "cinta amarilla"),
    "six-sigma-green": ("Green Belt", "cinta verde"),
    "six-sigma-black": ("Black Belt", "cinta negra"),
    "aws-cwi": ("CWI",),
    "cswa": ("CSWA",),
    "asq-cqe": ("CQE",),
    "toeic": ("TOEIC",),
    "toefl-itp": ("TOEFL",),
}
