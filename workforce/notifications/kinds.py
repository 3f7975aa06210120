"""Every kind of notification. To add one: a ``register`` here and a receiver (docs/notifications.md)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workforce.accounts.models import Organization, User
from workforce.employers.models import Role
from workforce.hiring.choices import ApplicationState, RefusalReason
from workforce.hiring.models import Application
from workforce.notifications.choices import Category, Importance
from workforce.notifications.registry import Kind, register
from workforce.notifications.subjects import ACCOUNT, APPLICATION, ENROLMENT, ORGANIZATION, ROLE
from workforce.training.models import Enrolment


def _answer_page(row: Application) -> str:
    return reverse("application-answer", args=(row.role.organization.slug, row.ref))


def _my_applications(row: Application) -> str:
    return reverse("my-applications")


def _applications_page(row: Role) -> str:
    return reverse("role-applications", args=(row.organization.slug, row.pk))


def _organization_page(row: Organization) -> str:
    return reverse("organization-home", args=(row.slug,))


def _verification_page(row: Organization) -> str:
    return reverse("org-verification", args=(row.slug,))


def _clients_page(row: Organization) -> str:
    return reverse("org-clients", args=(row.slug,))


def _my_training(row: Enrolment) -> str:
    return reverse("my-training")


def _my_account(row: User) -> str:
    return reverse("my-account")


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
HIRE_TAKEN_BACK = register(
    Kind(
        "hire_taken_back",
        Category.APPLICATIONS,
        _("The hire was taken back: %(role)s"),
        _(
            "%(organization)s says that you did not start at %(role)s, and took the hire back. Your application is "
            "under review again. Is that not so? Write to them."
        ),
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
APPLICATION_EXPIRED = register(
    Kind(
        "application_expired",
        Category.APPLICATIONS,
        _("No answer: %(role)s"),
        _(
            "%(organization)s left your application for %(role)s without an answer for %(expire_days)s days, so it has "
            "ended. It was not for anything that you did, and it counts against their response rate, which "
            "everybody sees."
        ),
        APPLICATION,
        _my_applications,
    )
)
APPLICATIONS_WAIT = register(
    Kind(
        "applications_wait",
        Category.APPLICATIONS,
        _("They wait for your answer: %(role)s"),
        _(
            "Applications for %(role)s have stood still for %(remind_days)s days. After %(expire_days)s days they end "
            "by themselves and lower your response rate, which everybody sees."
        ),
        ROLE,
        _applications_page,
    )
)
APPLICATIONS_WAIT_LAST = register(
    Kind(
        "applications_wait_last",
        Category.APPLICATIONS,
        _("Last reminder, they wait for your answer: %(role)s"),
        _(
            "Applications for %(role)s have stood still for %(last_days)s days. After %(expire_days)s days they end "
            "by themselves and lower your response rate, which everybody sees. You will not be reminded of them again."
        ),
        ROLE,
        _applications_page,
        Importance.HIGH,
    )
)
APPLICATIONS_EXPIRED = register(
    Kind(
        "applications_expired",
        Category.APPLICATIONS,
        _("Applications ended without your answer: %(role)s"),
        _(
            "Applications for %(role)s stood still for %(expire_days)s days and have ended. The people were told, and "
            "it counts against your response rate."
        ),
        ROLE,
        _applications_page,
    )
)
ROLE_FULL = register(
    Kind(
        "role_full",
        Category.APPLICATIONS,
        _("Every opening is filled: %(role)s"),
        _(
            "%(organization)s has hired for every opening of %(role)s. You stay on its waiting list: if a place "
            "becomes free they may still choose you. You may also withdraw."
        ),
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
        _(
            "We could not confirm what %(organization)s says of itself. Nothing of it is public. "
            "See why, send what is missing, and ask again."
        ),
        ORGANIZATION,
        _verification_page,
        Importance.HIGH,
    )
)
ORGANIZATION_MORE_DOCUMENTS = register(
    Kind(
        "organization_more_documents",
        Category.ORGANIZATION,
        _("More documents wanted: %(organization)s"),
        _("To verify %(organization)s we need more documents. See which, send them, and ask again."),
        ORGANIZATION,
        _verification_page,
        Importance.HIGH,
    )
)
ORGANIZATION_REOPENED = register(
    Kind(
        "organization_reopened",
        Category.ORGANIZATION,
        _("%(organization)s is verified anew"),
        _(
            "The legal name or tax ID of %(organization)s was changed. Nothing of it is public until our staff has "
            "looked at it again."
        ),
        ORGANIZATION,
        _verification_page,
        Importance.HIGH,
    )
)
CLIENT_ASKED = register(
    Kind(
        "client_asked",
        Category.ORGANIZATION,
        _("Does an agency hire for %(organization)s?"),
        _("An agency says that it hires for %(organization)s. Confirm it, or say that it is not so."),
        ORGANIZATION,
        _clients_page,
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
LOGIN_CHANGED = register(
    Kind(
        "login_changed",
        Category.SECURITY,
        _("The phone or the PIN of your account was changed"),
        _("Was it not you? Ask for a new password by your e-mail, and write to us."),
        ACCOUNT,
        _my_account,
        Importance.HIGH,
    )
)
