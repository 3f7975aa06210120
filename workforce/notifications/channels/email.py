"""Mail, by Django's backend, over one connection for a run."""

from __future__ import annotations

import contextlib
import smtplib
from typing import Any

from django.core.mail import get_connection

from workforce.notifications.mails import compose
from workforce.notifications.models import Delivery
from workforce.notifications.outcomes import Refused, ServerAway

PERMANENT = 500  # SMTP answers from here on are final


class EmailSender:
    """Sends mails; the connection is opened when there is a first one."""

    def __init__(self) -> None:
        self._connection: Any = None

    def send(self, delivery: Delivery) -> str:
        """Send one mail. What was lost after its text was handed over is tried again with the same Message-ID."""
        message = compose(delivery)
        message.connection = self._open()
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            self.close()
            if all(code >= PERMANENT for code, _text in error.recipients.values()):
                raise Refused("the mail server knows no such address") from error
            raise
        except smtplib.SMTPDataError as error:
            self.close()
            if error.smtp_code >= PERMANENT:
                raise Refused(f"the mail server refused the mail: {error.smtp_code}") from error
            raise
        except Exception:
            self.close()
            raise
        return ""

    def _open(self) -> Any:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except OSError as error:  # smtplib's errors are such, too
                raise ServerAway(type(error).__name__) from error
            self._connection = connection
        return self._connection

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            with contextlib.suppress(Exception):
                self._connection.close()
            self._connection = None
