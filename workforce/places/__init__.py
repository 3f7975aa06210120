"""Zones of the region and how long it takes between them."""
