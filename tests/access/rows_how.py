"""How matching works: for anybody."""

from tests.access.table import EVERYBODY, Row

ROWS = (Row("how-matching-works", GET=EVERYBODY),)
