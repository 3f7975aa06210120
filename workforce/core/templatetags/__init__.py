"""Template tags of Puente's look."""
