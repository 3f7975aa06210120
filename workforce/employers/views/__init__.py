"""Pages of employers: the public ones, and those of an organization's members."""
