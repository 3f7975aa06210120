"""Users, organizations, and who belongs to which."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import Position, Verification
from workforce.accounts.invitations_models import Invitation
from workforce.core.choices import Language
from workforce.core.models import Revisioned, TimeStamped

__all__ = ["Invitation", "Membership", "Organization", "User"]


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
    """Somebody who logs in. E-mail may be null: later a phone can stand in for it."""

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.SPANISH)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.email or f"user {self.pk}"


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
