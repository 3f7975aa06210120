"""Habits of the REST API that every endpoint shares."""
