"""What somebody's data may be used for: given and taken back by purpose, with what follows from it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from workforce.accounts.models import Notice, User
from workforce.accounts.notices import current_notice
from workforce.technicians.choices import ConsentSource, GrantScope, Purpose
from workforce.technicians.models import Consent, Grant, Technician
from workforce.technicians.services.editing import editing


@transaction.atomic
def save_consents(*, user: User, notice: Notice | None, choices: Mapping[str, bool], source: str) -> None:
    """Keep what ``user`` says to each purpose, and do at once what follows from it.

    Taking "be found" back makes the profile undiscoverable, and taking "outcomes" back revokes what institutes were
    granted, in the same transaction. Without a published notice there is nothing to agree to: only the rest is done.
    """
    User.objects.select_for_update().get(pk=user.pk)  # the same form twice is one consent
    technician = Technician.objects.filter(user=user).first()
    for purpose, given in choices.items():
        note_consent(user=user, technician=technician, notice=notice, purpose=purpose, given=given, source=source)
    if technician is None:
        return
    if Purpose.DISCOVERY in choices and technician.discoverable != choices[Purpose.DISCOVERY]:
        with editing(technician.pk, None) as edited:
            edited.discoverable = choices[Purpose.DISCOVERY]
    if choices.get(Purpose.OUTCOMES) is False:
        Grant.objects.in_force().filter(technician=technician, scope=GrantScope.OUTCOMES).update(
            revoked_at=timezone.now()
        )


def note_consent(
    *, user: User, technician: Technician | None, notice: Notice | None, purpose: str, given: bool, source: str
) -> None:
    """Write one consent, or that it was taken back. Call it in the transaction of what follows from it."""
    mine = Consent.objects.in_force().filter(user=user, purpose=purpose)
    if not given:
        mine.update(withdrawn_at=timezone.now())
    elif notice is not None and not mine.filter(notice=notice).exists():
        Consent.objects.create(user=user, technician=technician, notice=notice, purpose=purpose, source=source)


def note_discoverable(technician: Technician) -> None:
    """Keep as a consent what the person chose in their profile form. Call it in the transaction of that edit."""
    if technician.user is not None:
        note_consent(
            user=technician.user,
            technician=technician,
            notice=current_notice(),
            purpose=Purpose.DISCOVERY,
            given=technician.discoverable,
            source=ConsentSource.PROFILE,
        )


def purposes_of(user: User) -> set[str]:
    """The purposes to which ``user`` agrees now. Whether employers find them is what their profile says."""
    given = set(Consent.objects.in_force().filter(user=user).values_list("purpose", flat=True))
    technician = Technician.objects.filter(user=user).first()
    if technician is not None:
        given.discard(Purpose.DISCOVERY)
        given |= {Purpose.DISCOVERY.value} if technician.discoverable else set()
    return given


def has_read(user: User, notice: Notice) -> bool:
    """Whether ``user`` was shown this version and went on."""
    return Consent.objects.filter(user=user, notice=notice, purpose=Purpose.SERVICE).exists()
