"""Letters with a claim link. The database says which are due, so that none is lost; each goes out under a lock."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from workforce.core.faults import told
from workforce.technicians.models import Intake
from workforce.technicians.services.claim_links import begin_link, token_of

log = logging.getLogger(__name__)
MOST_A_RUN = 200
AGAIN_AFTER = timedelta(hours=1)


def send_letters(most: int = MOST_A_RUN) -> int:
    """Send letters that are due, each in a transaction of its own; return how many went out.

    A worker that dies between the mail server's yes and the commit sends that one letter twice, with the same link.
    """
    sent = 0
    for pk in list(Intake.objects.letters_due().order_by("letter_due_at", "pk").values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            due = Intake.objects.letters_due().select_for_update(skip_locked=True, of=("self",))
            intake = due.select_related("organization").filter(pk=pk).first()
            if intake is not None:
                sent += _send(intake)
    return sent


def _send(intake: Intake) -> bool:
    if not intake.organization.is_verified:
        intake.letter_due_at = None
        intake.save(update_fields=("letter_due_at", "updated_at"))
        return False
    token = token_of(intake) if intake.has_link else begin_link(intake)
    try:
        with transaction.atomic():
            _letter(intake, settings.SITE_URL + reverse("claim", args=[token])).send()
    except Exception as error:  # whatever a mail server says: the letter stays due
        log.error("The letter of intake %s was not sent: %s", intake.pk, told(error))
        intake.letter_due_at = timezone.now() + AGAIN_AFTER
        intake.save(update_fields=("letter_due_at", "updated_at"))
        return False
    intake.letters += 1
    intake.letter_due_at, intake.letter_sent_at = None, timezone.now()
    intake.save(update_fields=("letters", "letter_due_at", "letter_sent_at", "updated_at"))
    return True


def _letter(intake: Intake, link: str) -> EmailMessage:
    with translation.override(intake.technician.original_language if intake.technician else None):
        values = {"intake": intake, "organization": intake.organization, "link": link}
        subject = gettext("%(organization)s registered you in Puente") % {"organization": intake.organization.name}
        body = render_to_string("technicians/email/claim.txt", values)
    subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + " ".join(subject.split())
    return EmailMessage(subject, body, to=[intake.email], connection=get_connection(timeout=settings.EMAIL_TIMEOUT))
