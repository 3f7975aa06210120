"""Ways to bring a file in, used by every app."""
