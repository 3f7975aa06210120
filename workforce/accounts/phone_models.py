"""Phones, the codes that prove them, the tries that are counted, and new PINs that somebody asked for."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.accounts.choices import CodePurpose, ResetKind
from workforce.accounts.numbers import spaced
from workforce.core.choices import Language
from workforce.core.models import TimeStamped


def new_nonce() -> str:
    """Return what makes a row's derived secret its own."""
    return secrets.token_hex(16)


class Phone(TimeStamped):
    """A number that somebody proved. Several people of a family may share it: it is never an identity on its own."""

    e164 = models.CharField(_("number"), max_length=16, unique=True)
    verified_at = models.DateTimeField(_("last proved at"), null=True, blank=True)
    # Stays once set: a number that two people had is never again proof enough for a new PIN of one of them.
    shared_at = models.DateTimeField(_("shared since"), null=True, blank=True)

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")

    def __str__(self) -> str:
        return spaced(self.e164)


class PhoneCode(models.Model):
    """A code sent to a number. The code itself is nowhere: it is derived from this row and the site's secret key."""

    e164 = models.CharField(_("number"), max_length=16)
    purpose = models.CharField(_("purpose"), max_length=8, choices=CodePurpose.choices)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    binding = models.CharField(max_length=64, editable=False)  # HMAC of what the asking session keeps
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_at = models.DateTimeField(null=True, editable=False)  # by a worker that is sending it, or was killed
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sendings = models.PositiveSmallIntegerField(_("times that sending was tried"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    # Who registered with this proof: a second click joins the first instead of making a twin.
    registered = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("phone code")
        verbose_name_plural = _("phone codes")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires_at"], name="phone_code_expiry")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class RateCount(models.Model):
    """How often something was done in one window of time; rows, so that two web processes count together."""

    key = models.CharField(max_length=100)
    window = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a limit")
        verbose_name_plural = _("counts of limits")
        constraints = (models.UniqueConstraint(fields=("key", "window"), name="one_count_per_window"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class SecretTries(models.Model):
    """Wrong PINs or passwords of one person after a code by phone; the wait grows with them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="secret_tries")
    failures = models.PositiveIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("wrong tries")
        verbose_name_plural = _("wrong tries")

    def __str__(self) -> str:
        return f"{self.failures} wrong tries"


class PinReset(models.Model):
    """A new PIN that somebody asked for: by e-mail link, by waiting, or with a help code from staff."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pin_resets")
    kind = models.CharField(_("kind"), max_length=8, choices=ResetKind.choices)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    ready_at = models.DateTimeField(_("can be used from"))
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )

    class Meta:
        verbose_name = _("new PIN asked for")
        verbose_name_plural = _("new PINs asked for")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
