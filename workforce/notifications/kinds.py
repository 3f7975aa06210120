"""Every kind of notification. To add one: a ``register`` here and a receiver (docs/notifications.md)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization
from workforce.hiring.choices import ApplicationState, RefusalReason
from workforce.notifications.choices import Category, Importance
from workforce.notifications.registry import Kind, register
from workforce.notifications.subjects import APPLICATION, ENROLMENT, ORGANIZATION, SeenApplication
from workforce.training.models import Enrolment


def _answer_page(seen: SeenApplication) -> str:
    return reverse("application-answer", args=(seen.row.role.organization.slug, seen.row.ref))


def _my_applications(seen: SeenApplication) -> str:
    return reverse("my-applications")


def _organization_page(row: Organization) -> str:
    return reverse("organization-home", args=(row.slug,))


def _my_training(row: Enrolment) -> str:
    return reverse("my-training")


APPLICATION_RECEIVED = register(
    Kind(
        "application_received",
        Category.APPLICATIONS,
        _("New application: %(role)s"),
        _("%(person)s is interested in your role %(role)s. Answer soon: people wait for it."),
        APPLICATION,
        _answer_page,
    )
)
APPLICATION_WITHDRAWN = register(
    Kind(
        "application_withdrawn",
        Category.APPLICATIONS,
        _("Application withdrawn: %(role)s"),
        _("%(person)s is no longer interested in your role %(role)s. You need not answer."),
        APPLICATION,
        _answer_page,
    )
)
APPLICATION_MOVED = register(
    Kind(
        "application_moved",
        Category.APPLICATIONS,
        _("%(to_state)s: %(role)s"),
        _("%(organization)s answered your application for %(role)s. It now stands at: %(to_state)s."),
        APPLICATION,
        _my_applications,
        Importance.HIGH,
        {"to_state": ApplicationState},
        {"to_state": ApplicationState.INTERVIEW},
    )
)
APPLICATION_HIRED = register(
    Kind(
        "application_hired",
        Category.APPLICATIONS,
        _("You are hired: %(role)s"),
        _("Congratulations! %(organization)s hired you for %(role)s."),
        APPLICATION,
        _my_applications,
        Importance.HIGH,
    )
)
APPLICATION_REFUSED = register(
    Kind(
        "application_refused",
        Category.APPLICATIONS,
        _("Not selected: %(role)s"),
        _("%(organization)s did not select you for %(role)s. The reason they gave: %(reason)s."),
        APPLICATION,
        _my_applications,
        words={"reason": RefusalReason},
        example={"reason": RefusalReason.FILLED},
    )
)
ROLE_CLOSED = register(
    Kind(
        "role_closed",
        Category.APPLICATIONS,
        _("The role has closed: %(role)s"),
        _("%(organization)s takes no more applications for %(role)s. Yours is still with them; they may yet answer."),
        APPLICATION,
        _my_applications,
    )
)
ORGANIZATION_VERIFIED = register(
    Kind(
        "organization_verified",
        Category.ORGANIZATION,
        _("%(organization)s is verified"),
        _("We checked %(organization)s. What you publish is now public."),
        ORGANIZATION,
        _organization_page,
        Importance.HIGH,
    )
)
ORGANIZATION_REFUSED = register(
    Kind(
        "organization_refused",
        Category.ORGANIZATION,
        _("%(organization)s was not verified"),
        _("We could not confirm what %(organization)s says of itself. Nothing of it is public. Are we wrong? Tell us."),
        ORGANIZATION,
        _organization_page,
        Importance.HIGH,
    )
)
ENROLMENT_ASKED = register(
    Kind(
        "enrolment_asked",
        Category.ORGANIZATION,
        _("Are you in %(programme)s?"),
        _("%(organization)s listed you in %(programme)s. Confirm it, and decide whether they see where you get hired."),
        ENROLMENT,
        _my_training,
    )
)
