"""Somebody who logs in by phone, step by step, as the browser of a person would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from tests import factories as make
from workforce.accounts import codes, pins
from workforce.accounts.models import Phone, PhoneCode, User

NUMBER = "656 123 4567"
E164 = "+526561234567"
PIN = "802947"
OTHER_PIN = "573918"


def person_with_phone(given: str = "Ana", paternal: str = "Pérez", pin: str = PIN, **fields: Any) -> User:
    """A job seeker on the number, with a profile; the number is marked as shared when somebody has it already."""
    phone, made = Phone.objects.get_or_create(e164=fields.pop("e164", E164))
    if not made:
        Phone.objects.filter(pk=phone.pk, shared_at=None).update(shared_at=phone.created_at)
    user: Any = make.UserFactory(email=fields.pop("email", None), phone=phone, pin=pins.hash_pin(pin), **fields)
    make.TechnicianFactory(user=user, given_names=given, paternal=paternal)
    return User.objects.get(pk=user.pk)


def newest_code() -> str:
    """The digits of the code that was made last."""
    return codes.code_of(PhoneCode.objects.latest("pk"))


@dataclass
class Phoning:
    """One browser."""

    client: Client = field(default_factory=Client)
    language: str = "es"

    def post(self, name: str, **data: Any) -> Any:
        return self.client.post(reverse(name), data, headers={"accept-language": self.language})

    def get(self, name: str) -> Any:
        return self.client.get(reverse(name), headers={"accept-language": self.language})

    def ask(self, number: str = NUMBER, **more: Any) -> Any:
        return self.post("phone-start", phone=number, country="MX", **more)

    def prove(self, number: str = NUMBER, **more: Any) -> Any:
        assert self.ask(number, **more).status_code == 302
        return self.post("phone-code", code=newest_code())

    def choose(self, user: User) -> Any:
        self.prove()
        return self.post("phone-who", person=user.pk)

    def log_in(self, user: User, secret: str = PIN, **more: Any) -> Any:
        self.prove(**more)
        self.post("phone-who", person=user.pk)
        return self.post("phone-secret", secret=secret)

    def register(self, given: str = "Ana", paternal: str = "Pérez", pin: str = PIN) -> Any:
        return self.post("phone-register", given_names=given, paternal=paternal, pin=pin, pin_again=pin)

    @property
    def user_id(self) -> int:
        """Who is logged in; 0 for nobody."""
        return int(self.client.session.get("_auth_user_id", 0))
