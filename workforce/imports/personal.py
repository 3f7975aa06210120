"""What is personal in imports: who sent a file is a trace; files go when all is over, what was read in them after 90
days. Lists of people that wait are spoken of by technicians, who know how people are reached.
"""

from __future__ import annotations

from workforce.core.personal import not_personal, trace

trace("imports.ImportJob", "user", "who sent the file, as their work")
not_personal("headings of columns; removed when nobody chose them for a year", "imports.ImportMapping")
not_personal(
    "what became of a row, with no cell of a list of people in it; removed after 90 days",
    "imports.ImportRow",
    "imports.RowError",
)
