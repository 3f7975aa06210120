"""What is personal in imports: who sent a file is a trace; files go when all is over, remarks after 90 days."""

from __future__ import annotations

from workforce.core.personal import not_personal, trace

trace("imports.ImportJob", "user", "who sent the file, as their work")
not_personal("a file on its way in, of an organization; removed when the import is over", "imports.ImportJob")
not_personal("headings of columns", "imports.ImportMapping")
not_personal(
    "what became of a row, with no cell of a list of people in it; removed after 90 days",
    "imports.ImportRow",
    "imports.RowError",
)
