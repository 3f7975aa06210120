"""Makes rows for tests. Append-only: a default that changes here changes tests elsewhere."""

from __future__ import annotations

import datetime
from typing import Any, cast

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from workforce.accounts.choices import Position, Verification
from workforce.accounts.models import Membership, Organization, Phone, User
from workforce.core.choices import SkillLevel
from workforce.core.text import fold
from workforce.employers.choices import RoleState
from workforce.employers.models import Plant, Role, RoleCredential, RoleSkill, Route, RouteStop
from workforce.hiring.choices import PlacementSource
from workforce.hiring.models import Application, Placement
from workforce.imports.models import ImportJob, RowError
from workforce.places.models import Park, Zone
from workforce.skills.choices import AliasKind, CredentialKind
from workforce.skills.models import Category, Credential, Occupation, OccupationAlias, Skill, SkillAlias
from workforce.technicians.choices import EvidenceKind, FindingKind, ReadingState
from workforce.technicians.models import (
    Certificate,
    CvFinding,
    CvReading,
    Experience,
    Grant,
    Intake,
    SkillEvidence,
    Technician,
    TechnicianSkill,
)
from workforce.training.models import Cohort, Enrolment, Programme, ProgrammeSkill

PASSWORD = "una-clave-larga-2026"


class PhoneFactory(DjangoModelFactory[Phone]):
    """A number; somebody without an e-mail has one."""

    class Meta:
        model = Phone

    e164 = factory.Sequence(lambda n: f"+52656{2000000 + n}")


class UserFactory(DjangoModelFactory[User]):
    """Somebody who can log in with ``PASSWORD``."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@example.test")
    language = "es"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", PASSWORD)
        return User.objects.create_user(kwargs.pop("email"), password, **kwargs)


class OrganizationFactory(DjangoModelFactory[Organization]):
    """A verified employer; ``institute=True`` for a verified institute that offers no roles."""

    class Meta:
        model = Organization

    class Params:
        institute = factory.Trait(is_employer=False, is_institute=True, name=factory.Sequence("Instituto {}".format))

    name = factory.Sequence("Planta Norte {}".format)
    slug = factory.Sequence("org-{}".format)
    is_employer = True
    verification = Verification.VERIFIED
    verified_at = factory.LazyFunction(timezone.now)


class MembershipFactory(DjangoModelFactory[Membership]):
    """An owner of an employer."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    position = Position.OWNER


class ZoneFactory(DjangoModelFactory[Zone]):
    """A part of Ciudad Juárez."""

    class Meta:
        model = Zone

    code = factory.Sequence("zona-{}".format)
    name = factory.Sequence("Zona {}".format)
    city = "Ciudad Juárez"
    country = "MX"
    latitude = 31.69
    longitude = -106.42


class CategoryFactory(DjangoModelFactory[Category]):
    """A craft."""

    class Meta:
        model = Category

    code = factory.Sequence("craft-{}".format)
    name_es = factory.Sequence("Oficio {}".format)
    name_en = factory.Sequence("Craft {}".format)


class SkillFactory(DjangoModelFactory[Skill]):
    """A skill with both labels, and the labels as aliases, as the taxonomy loads it.

    ``aliases=[("es", "montacargas"), ("en", "forklift")]`` adds more.
    """

    class Meta:
        model = Skill
        skip_postgeneration_save = True

    code = factory.Sequence("skill-{}".format)
    label_es = factory.Sequence("Habilidad {}".format)
    label_en = factory.Sequence("Skill {}".format)

    @factory.post_generation
    def aliases(self: Skill, create: bool, extracted: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        """Store the labels and the given texts as aliases."""
        if not create:
            return
        texts = [("es", self.label_es, AliasKind.LABEL), ("en", self.label_en, AliasKind.LABEL)]
        texts += [(lang, text, AliasKind.ALIAS) for lang, text in extracted or []]
        for lang, text, kind in texts:
            if text:
                SkillAlias.objects.get_or_create(
                    skill=self, lang=lang, norm=fold(text), defaults={"text": text, "kind": kind}
                )


class OccupationFactory(DjangoModelFactory[Occupation]):
    """An occupation with both titles, also as aliases; ``aliases=`` adds more."""

    class Meta:
        model = Occupation
        skip_postgeneration_save = True

    code = factory.Sequence("occupation-{}".format)
    title_es = factory.Sequence("Ocupación {}".format)
    title_en = factory.Sequence("Occupation {}".format)

    @factory.post_generation
    def aliases(self: Occupation, create: bool, extracted: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        """Store the titles and the given texts as aliases."""
        if not create:
            return
        texts = [("es", self.title_es, AliasKind.LABEL), ("en", self.title_en, AliasKind.LABEL)]
        texts += [(lang, text, AliasKind.ALIAS) for lang, text in extracted or []]
        for lang, text, kind in texts:
            if text:
                OccupationAlias.objects.get_or_create(
                    occupation=self, lang=lang, norm=fold(text), defaults={"text": text, "kind": kind}
                )


class CredentialFactory(DjangoModelFactory[Credential]):
    """A DC-3 certificate."""

    class Meta:
        model = Credential

    code = factory.Sequence("credential-{}".format)
    name_es = factory.Sequence("Constancia {}".format)
    name_en = factory.Sequence("Certificate {}".format)
    kind = CredentialKind.DC3


class TechnicianFactory(DjangoModelFactory[Technician]):
    """An active, discoverable technician with an account."""

    class Meta:
        model = Technician

    user = factory.SubFactory(UserFactory)
    given_names = "María"
    paternal = factory.Sequence("Prueba{}".format)
    zone = factory.SubFactory(ZoneFactory)
    shifts = factory.LazyFunction(lambda: ["first"])


class CvReadingFactory(DjangoModelFactory[CvReading]):
    """A CV that was read and waits to be confirmed; its file is gone."""

    class Meta:
        model = CvReading

    technician = factory.SubFactory(TechnicianFactory)
    original_name = "curriculum.pdf"
    sha256 = factory.Sequence("{:064x}".format)
    kind = "pdf"
    state = ReadingState.READ
    expires_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=7))


class CvFindingFactory(DjangoModelFactory[CvFinding]):
    """A skill that a CV names, for sure."""

    class Meta:
        model = CvFinding

    reading = factory.SubFactory(CvReadingFactory)
    kind = FindingKind.SKILL
    words = "soldadura TIG"
    sentence = "Soldadura TIG de acero inoxidable"
    confidence = 0.95


class IntakeFactory(DjangoModelFactory[Intake]):
    """Somebody without an account whom an organization registered."""

    class Meta:
        model = Intake

    organization = factory.SubFactory(OrganizationFactory)
    technician = factory.SubFactory(TechnicianFactory, user=None, discoverable=False)
    erase_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=90))


class TechnicianSkillFactory(DjangoModelFactory[TechnicianSkill]):
    """A declared skill of intermediate level."""

    class Meta:
        model = TechnicianSkill

    technician = factory.SubFactory(TechnicianFactory)
    skill = factory.SubFactory(SkillFactory)
    level = SkillLevel.INTERMEDIATE


class CertificateFactory(DjangoModelFactory[Certificate]):
    """A credential that a technician holds."""

    class Meta:
        model = Certificate

    technician = factory.SubFactory(TechnicianFactory)
    credential = factory.SubFactory(CredentialFactory)


class SkillEvidenceFactory(DjangoModelFactory[SkillEvidence]):
    """The person's own word."""

    class Meta:
        model = SkillEvidence

    technician_skill = factory.SubFactory(TechnicianSkillFactory)
    kind = EvidenceKind.DECLARED
    level = SkillLevel.INTERMEDIATE


def evidence_of(row: TechnicianSkill, kind: str, level: int = 4, **kwargs: Any) -> SkillEvidence:
    """Evidence of any kind, with the certificate that the kind calls for."""
    if kind in (EvidenceKind.STATED, EvidenceKind.CERTIFIED):
        checked = timezone.now() if kind == EvidenceKind.CERTIFIED else None
        kwargs["certificate"] = CertificateFactory(technician=row.technician, verified_at=checked)
    made: Any = SkillEvidenceFactory(technician_skill=row, kind=kind, level=level, **kwargs)
    return cast(SkillEvidence, made)


class ExperienceFactory(DjangoModelFactory[Experience]):
    """A job held since 2021."""

    class Meta:
        model = Experience

    technician = factory.SubFactory(TechnicianFactory)
    title_es = "Operadora de montacargas"
    employer = "Manufacturas Inventadas"
    started_on = datetime.date(2021, 3, 1)


class GrantFactory(DjangoModelFactory[Grant]):
    """Leave to see name and contact details."""

    class Meta:
        model = Grant
        django_get_or_create = ("technician", "organization", "scope", "source")

    technician = factory.SubFactory(TechnicianFactory)
    organization = factory.SubFactory(OrganizationFactory)
    scope = "contact"
    source = factory.Sequence("application:{}".format)


class PlantFactory(DjangoModelFactory[Plant]):
    """A plant of a verified employer."""

    class Meta:
        model = Plant

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence("Planta {}".format)
    zone = factory.SubFactory(ZoneFactory)


class RoleFactory(DjangoModelFactory[Role]):
    """A published, open role; ``draft=True`` for one that nobody outside sees."""

    class Meta:
        model = Role

    class Params:
        draft = factory.Trait(state=RoleState.DRAFT, published_at=None)

    plant = factory.SubFactory(PlantFactory)
    organization = factory.SelfAttribute("plant.organization")
    title_es = factory.Sequence("Técnico de mantenimiento {}".format)
    title_en = factory.Sequence("Maintenance technician {}".format)
    description_es = "Mantenimiento a prensas de inyección."
    description_en = "Maintenance of injection presses."
    shifts = factory.LazyFunction(lambda: ["first"])
    pay_min = 2500
    pay_max = 3200
    state = RoleState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class RoleSkillFactory(DjangoModelFactory[RoleSkill]):
    """A skill that a role asks for; wished, not a must."""

    class Meta:
        model = RoleSkill

    role = factory.SubFactory(RoleFactory)
    skill = factory.SubFactory(SkillFactory)
    level = SkillLevel.INTERMEDIATE


class RoleCredentialFactory(DjangoModelFactory[RoleCredential]):
    """A credential that a role must have."""

    class Meta:
        model = RoleCredential

    role = factory.SubFactory(RoleFactory)
    credential = factory.SubFactory(CredentialFactory)


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """A course of a verified institute."""

    class Meta:
        model = Programme

    organization = factory.SubFactory(OrganizationFactory, institute=True)
    name_es = factory.Sequence("Mecatrónica {}".format)
    name_en = factory.Sequence("Mechatronics {}".format)


class ProgrammeSkillFactory(DjangoModelFactory[ProgrammeSkill]):
    """A skill that a programme teaches."""

    class Meta:
        model = ProgrammeSkill

    programme = factory.SubFactory(ProgrammeFactory)
    skill = factory.SubFactory(SkillFactory)


class CohortFactory(DjangoModelFactory[Cohort]):
    """The first half of 2026."""

    class Meta:
        model = Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence("2026-{}".format)
    starts_on = datetime.date(2026, 1, 12)
    ends_on = datetime.date(2026, 6, 26)


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """A technician in a cohort."""

    class Meta:
        model = Enrolment

    technician = factory.SubFactory(TechnicianFactory)
    listed_name = factory.SelfAttribute("technician.full_name")
    cohort = factory.SubFactory(CohortFactory)


class ApplicationFactory(DjangoModelFactory[Application]):
    """Interest in a role, not yet looked at. The grant that comes with one is written by hiring's services."""

    class Meta:
        model = Application

    role = factory.SubFactory(RoleFactory)
    technician = factory.SubFactory(TechnicianFactory)


class PlacementFactory(DjangoModelFactory[Placement]):
    """A hire that an institute has recorded."""

    class Meta:
        model = Placement

    technician = factory.SubFactory(TechnicianFactory)
    employer_name = "Arneses del Bravo"
    job_title = "Ensambladora"
    hired_on = datetime.date(2026, 7, 6)
    source = PlacementSource.INSTITUTE
    recorded_for = factory.SubFactory(OrganizationFactory, institute=True)


class ParkFactory(DjangoModelFactory[Park]):
    """An industrial park in a zone of Ciudad Juárez."""

    class Meta:
        model = Park

    code = factory.Sequence("parque-{}".format)
    name = factory.Sequence("Parque Industrial {}".format)
    zone = factory.SubFactory(ZoneFactory)
    latitude = 31.69
    longitude = -106.42


class RouteFactory(DjangoModelFactory[Route]):
    """A route of a plant's bus, for every shift."""

    class Meta:
        model = Route

    plant = factory.SubFactory(PlantFactory)
    name = factory.Sequence("Ruta {}".format)


class RouteStopFactory(DjangoModelFactory[RouteStop]):
    """A stop at six in the morning."""

    class Meta:
        model = RouteStop

    route = factory.SubFactory(RouteFactory)
    zone = factory.SubFactory(ZoneFactory)
    name = factory.Sequence("Parada {}".format)
    time = datetime.time(6, 0)


class ImportJobFactory(DjangoModelFactory[ImportJob]):
    """A file of vacancies on its way in, with one remark."""

    class Meta:
        model = ImportJob
        skip_postgeneration_save = True

    organization = factory.SubFactory(OrganizationFactory)
    user = factory.SubFactory(UserFactory)
    kind = "roles"
    original_name = "vacantes.csv"
    sha256 = "0" * 64
    headings = factory.LazyFunction(lambda: ["Puesto", "Vacantes"])
    samples = factory.LazyFunction(lambda: [["Soldador", "2"]])
    mapping = factory.LazyFunction(lambda: {"title": 0, "openings": 1})
    total = 2
    done = 1
    remark = factory.RelatedFactory("tests.factories.RowErrorFactory", factory_related_name="job")


class RowErrorFactory(DjangoModelFactory[RowError]):
    """What is wrong with a row."""

    class Meta:
        model = RowError

    job = factory.SubFactory(ImportJobFactory, remark=None)
    row = 2
    column = "Puesto"
    code = "title_missing"
    message = "The title of the role is missing."
