"""Applications, answers and placements."""
