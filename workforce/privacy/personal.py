"""What is personal in requests: who asked, and the words."""

from workforce.core.personal import LATE, declare

declare(
    "privacy.DataRequest",
    user="user",
    technician="technician",
    order=LATE + 5,  # before the account, whose end empties ``user``
    change={"user": None, "technician": None, "text": "", "answer": ""},
    keep={
        "proves that somebody's request was answered, and when": "kind state requested_at due done_at",
        "of the work, not of the person": "claimed_at was_paused",
    },
    hidden={"of the work, not of the person": "claimed_at was_paused"},
)
