"""Turns domain events into refresh requests."""
