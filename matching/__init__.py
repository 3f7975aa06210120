"""Who fits which role, and why."""
