"""Management commands of employers."""
