"""The way in by phone, and one's own account."""

from tests.access.table import EVERYBODY, LOGGED_IN, Row, who

NOBODY = who()
PHONE = {"phone": "656 123 4567", "country": "MX"}

ROWS = (
    Row("phone-start", GET=EVERYBODY, POST=EVERYBODY, body=lambda world: PHONE),
    # Without a number proved in the session these lead back to the start.
    Row("phone-code", GET=EVERYBODY, POST=EVERYBODY),
    Row("phone-again", POST=EVERYBODY),
    Row("phone-who", GET=EVERYBODY, POST=EVERYBODY),
    Row("phone-secret", GET=EVERYBODY, POST=EVERYBODY),
    Row("phone-register", GET=EVERYBODY, POST=EVERYBODY),
    Row("phone-forgot", GET=EVERYBODY, POST=EVERYBODY),
    Row("phone-new-pin", GET=EVERYBODY, POST=EVERYBODY),
    Row("phone-help", GET=EVERYBODY, POST=EVERYBODY),
    # A link that nobody was sent.
    Row("pin-link", lambda world: {"token": "1-abc"}, GET=NOBODY, POST=NOBODY),
    Row("my-account", GET=LOGGED_IN),
    Row("account-confirm", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("account-phone", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("account-pin", GET=LOGGED_IN, POST=LOGGED_IN),
    Row("account-end-sessions", POST=LOGGED_IN),
)
