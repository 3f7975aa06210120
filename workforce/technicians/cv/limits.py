"""How much of a CV is read, and what reading one may cost."""

from __future__ import annotations

MAX_BYTES = 5_000_000  # of the file
MAX_PAGES = 30
MAX_CHARS = 100_000  # of text: about 35 full pages
MIN_LETTERS = 40  # fewer are no CV: a scan, or a picture in a frame
MAX_PARTS = 2_000  # of the archive that a DOCX is
MAX_XML = 20_000_000  # bytes of its text once unpacked
MAX_ELEMENTS = 600_000
MAX_DEPTH = 120

MEMORY = 400_000_000  # bytes of address space
CPU_SECONDS = 20
WALL_SECONDS = 45.0
OUTPUT_BYTES = 1_000_000
