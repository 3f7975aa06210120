"""Job seekers and what they can do."""
