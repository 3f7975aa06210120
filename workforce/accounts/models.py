"""Users, organizations, and who belongs to which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import NoticeKind, Position, Verification
from workforce.accounts.invitations_models import Invitation
from workforce.accounts.phone_models import Phone, PhoneCode, PinReset, RateCount, SecretTries
from workforce.accounts.verification_models import VerificationDecision, VerificationDocument
from workforce.core.choices import Language
from workforce.core.models import Revisioned, TimeStamped

# Read from here by others too: Django looks for models in this module.
__all__ = [
    "Invitation",
    "Membership",
    "Notice",
    "Organization",
    "OrganizationQuerySet",
    "Phone",
    "PhoneCode",
    "PinReset",
    "RateCount",
    "SecretTries",
    "User",
    "UserManager",
    "VerificationDecision",
    "VerificationDocument",
]


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> User:
        """Make and save a user; ``password=None`` makes one who cannot log in by password."""
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a member of staff who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a user by e-mail, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin, TimeStamped):
    """Somebody who logs in, known by an e-mail, a phone, or both; people of one phone are told apart by their PINs."""

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    phone = models.ForeignKey(
        Phone, models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("phone")
    )
    pin = models.CharField(_("PIN"), max_length=160, blank=True, default="", editable=False)  # a hash; see pins.py
    session_epoch = models.PositiveIntegerField(default=0, editable=False)  # one more ends all sessions
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.SPANISH)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    # Kept by second_factor.refresh_need, so that asking costs no page a query.
    needs_second_factor = models.BooleanField(
        _("an organization requires a second factor"), default=False, editable=False
    )
    closing_at = models.DateTimeField(_("to be deleted on"), null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = (
            models.CheckConstraint(
                name="user_has_an_email_or_a_phone",
                condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False) | models.Q(is_active=False),
            ),
        )

    def __str__(self) -> str:
        return self.email or (str(self.phone) if self.phone_id else f"user {self.pk}")

    def get_session_auth_hash(self) -> str:
        """Sessions end with a new password or PIN, and when the person ends them all."""
        return self._hash_of_secrets()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the site's older secret keys."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_of_secrets(secret)

    def _hash_of_secrets(self, secret: str | bytes | None = None) -> str:
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        # Without PIN and epoch this is Django's own value, so that nobody's session ends by our deployment.
        own = f"|{self.pin}|{self.session_epoch}" if self.pin or self.session_epoch else ""
        return salted_hmac(salt, self.password + own, secret=secret, algorithm="sha256").hexdigest()


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Reads organizations."""

    def verified(self) -> OrganizationQuerySet:
        """Those that staff have checked; only their roles are public."""
        return self.filter(verification=Verification.VERIFIED)

    def of_member(self, user: Any) -> OrganizationQuerySet:
        """Those that ``user`` belongs to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user)

    def with_position_of(self, user: Any) -> OrganizationQuerySet:
        """Those that ``user`` belongs to, each with ``my_position``."""
        return self.of_member(user).annotate(my_position=models.F("memberships__position"))


class Organization(Revisioned, TimeStamped):
    """A company, an institute or an agency: capabilities of one organization, not kinds of it."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    tax_id = models.CharField(_("tax ID (RFC or EIN)"), max_length=20, blank=True)
    is_employer = models.BooleanField(_("offers roles"), default=False)
    is_institute = models.BooleanField(_("trains people"), default=False)
    is_agency = models.BooleanField(_("hires for others"), default=False)
    description = models.TextField(_("description"), blank=True, default="", max_length=4000)
    description_es: str | None
    description_en: str | None
    verification = models.CharField(
        _("verification"), max_length=10, choices=Verification.choices, default=Verification.PENDING
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    requires_mfa = models.BooleanField(_("members need a two-step log-in"), default=False)
    review_requested_at = models.DateTimeField(_("verification asked for at"), null=True, blank=True, editable=False)
    members = models.ManyToManyField(User, through="Membership", related_name="organizations")

    objects: ClassVar[Any] = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                name="organization_has_a_capability",
                condition=models.Q(is_employer=True) | models.Q(is_institute=True) | models.Q(is_agency=True),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether staff have checked this organization."""
        return self.verification == Verification.VERIFIED


class Membership(TimeStamped):
    """One person's position in one organization."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    position = models.CharField(_("position"), max_length=12, choices=Position.choices, default=Position.VIEWER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("organization", "pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "organization"), name="one_membership_per_organization"),
        )

    def __str__(self) -> str:
        return f"{self.user} - {self.organization} ({self.position})"


class Notice(models.Model):
    """A text that people are told and agree to, by version, in both languages. Once published it does not change."""

    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind.choices, default=NoticeKind.PRIVACY)
    version = models.PositiveIntegerField(_("version"))
    text_es = models.TextField(_("text in Spanish"))
    text_en = models.TextField(_("text in English"))
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("kind", "-version")
        constraints = (models.UniqueConstraint(fields=("kind", "version"), name="one_notice_per_version"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def text_in(self, language: str) -> str:
        """The text in the reader's language; both are always there."""
        return self.text_en if language.startswith("en") else self.text_es
