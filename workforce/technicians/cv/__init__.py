"""Reads CVs: from a file of a stranger to lines of text, and from lines to what may belong in a profile.

Nothing here knows the database. What opens the file (``child``, ``pdf``, ``docx``) runs in a process of its own with
little memory and little time, and knows neither Django nor any secret of ours.
"""
