"""Who may read, and who may end, what somebody is told."""

from tests.access.table import LOGGED_IN, LOGGED_IN_API, Row, who
from workforce.notifications.unsubscribing import unsubscribe_address

MINE = who("technician", anonymous="login")
MINE_API = who("technician", anonymous="401")


def _mine(w):
    return {"pk": w.notification.pk}


def _link(w):
    address = unsubscribe_address(w.users["technician"].pk, "applications")
    return {"token": address.rstrip("/").rsplit("/", 1)[1]}


ROWS = (
    Row("inbox", GET=LOGGED_IN),
    Row("inbox-read", POST=LOGGED_IN, body=lambda w: {"up_to": w.notification.pk}),
    Row("notification-open", _mine, GET=MINE, POST=MINE),
    Row("notification-preferences", GET=LOGGED_IN, POST=LOGGED_IN),
    # Whoever holds the link, without a log-in; not somebody who is logged in as another person.
    Row(
        "unsubscribe",
        _link,
        GET=who("anonymous", "technician", others="403"),
        POST=who("anonymous", "technician", others="403"),
    ),
    Row("unsubscribe", lambda w: {"token": "forged"}, GET=who(), POST=who()),
    Row("api-my-notifications", GET=LOGGED_IN_API),
    Row("api-my-notifications-read", POST=LOGGED_IN_API, body=lambda w: {"up_to": w.notification.pk}),
    Row("api-my-notification-read", _mine, POST=MINE_API),
)
