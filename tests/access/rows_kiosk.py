"""Kiosk mode. Outside of it, as here, its pages lead home; tests/workforce/accounts/test_kiosk.py tries it inside."""

from tests.access.table import EVERYBODY, LOGGED_IN, Row, who

MEMBERS = who("recruiter", "viewer", "other_employer", "institute", "other_institute", anonymous="login")

ROWS = (
    Row("kiosk", GET=EVERYBODY),
    Row("kiosk-start", GET=MEMBERS, POST=MEMBERS, body=lambda world: {"organization": world.employer.slug}),
    Row("kiosk-done", POST=EVERYBODY),
    Row("kiosk-over", GET=EVERYBODY),
    Row("kiosk-stay", POST=EVERYBODY),
    Row("kiosk-stop", GET=LOGGED_IN, POST=LOGGED_IN),
)
