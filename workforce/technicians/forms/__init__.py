"""Forms of technicians."""
