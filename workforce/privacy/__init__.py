"""Consents, grants, who looked, export, pause and erasure: what each person can do about their own data."""
