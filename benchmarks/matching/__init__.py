"""The matching engine measured, beside its peers: see ``__main__``."""
