"""Roles and plants by API."""
