"""Template tags of employers."""
