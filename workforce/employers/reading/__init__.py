"""Reads vacancies as plants write them: headings, and cells of free text, in either language."""
