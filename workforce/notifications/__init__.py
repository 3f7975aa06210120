"""Telling people what happened: an inbox, and mail for those who want it."""
