"""Who logs in, and for which organization."""
