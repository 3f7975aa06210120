"""Management of what every app shares."""
