"""Errors as problem details (RFC 9457)."""

from rest_framework.views import exception_handler as problem_handler

__all__ = ["problem_handler"]
