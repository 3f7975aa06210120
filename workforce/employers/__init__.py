"""Plants and the roles they offer."""
