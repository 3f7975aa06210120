"""Matches by API: the same stored lists and explanations as the pages."""
