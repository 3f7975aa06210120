"""How endpoints are described in the OpenAPI schema."""

from drf_spectacular.openapi import AutoSchema


class PuenteSchema(AutoSchema):
    """Adds what every endpoint shares."""
