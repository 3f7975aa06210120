"""Management commands of what every app shares."""
