"""The demo is there once, whole, and of invented people."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from workforce.accounts.models import Organization, User
from workforce.demo.services import EMPLOYER, INSTITUTE, STAFF, TECHNICIAN
from workforce.employers.models import Role
from workforce.hiring.models import Placement
from workforce.technicians.models import Certificate, SkillEvidence, Technician

pytestmark = pytest.mark.django_db


def test_it_needs_the_taxonomy_first():
    with pytest.raises(CommandError):
        call_command("make_demo")
    assert not User.objects.exists()


def test_it_is_as_large_as_promised_and_made_once():
    call_command("load_places", verbosity=0)
    call_command("load_taxonomy", verbosity=0)
    call_command("make_demo")
    assert Technician.objects.count() >= 400
    assert Role.objects.open().count() >= 80
    assert Organization.objects.filter(is_institute=True).count() == 3
    assert Placement.objects.count() > 10
    assert {TECHNICIAN, EMPLOYER, INSTITUTE, STAFF} <= set(User.objects.values_list("email", flat=True))
    spanish = Technician.objects.filter(original_language="es").count()
    assert 0.4 < spanish / Technician.objects.count() < 0.6
    held = Certificate.objects.count()
    assert 0.35 < Certificate.objects.filter(verified_at__isnull=False).count() / held < 0.65
    assert SkillEvidence.objects.proven().filter(level=4).exists()
    assert not SkillEvidence.objects.proven().filter(certificate__verified_at__isnull=True).exists()
    before = User.objects.count()
    call_command("make_demo")
    assert User.objects.count() == before
