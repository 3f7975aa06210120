"""The REST API of technicians: one's own profile, skills and certificates."""
