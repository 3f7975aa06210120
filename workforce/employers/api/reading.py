"""A pasted vacancy in the API: what goes in, and what was read."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from workforce.employers.reading.needs import ReadSkill
from workforce.employers.reading.vacancy import MAX_PASTED, Said, VacancyReading

_EXAMPLE = {
    "organization": "arneses-del-norte",
    "text": "Soldador MIG, turno nocturno, $2,800 semanales.\nRequisitos: soldadura MIG, lectura de planos.",
}


@extend_schema_serializer(examples=[OpenApiExample("A short one", value=_EXAMPLE, request_only=True)])
class PastedVacancySerializer(serializers.Serializer[Any]):
    """The text of a vacancy, and the organization that would post it."""

    organization = serializers.SlugField(max_length=80)
    text = serializers.CharField(max_length=MAX_PASTED, trim_whitespace=False)


class _ReadTextSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    words = serializers.CharField(help_text="The words of the text that it comes from.")


class _ReadListSerializer(serializers.Serializer[Any]):
    value = serializers.ListField(child=serializers.CharField())
    words = serializers.CharField()


class _ReadPaySerializer(serializers.Serializer[Any]):
    low = serializers.DecimalField(max_digits=10, decimal_places=2)
    high = serializers.DecimalField(max_digits=10, decimal_places=2, allow_null=True)
    period = serializers.CharField()
    currency = serializers.CharField()
    bonuses = serializers.DecimalField(max_digits=10, decimal_places=2, allow_null=True)
    period_guessed = serializers.BooleanField()
    words = serializers.CharField()


class _ReadSkillSerializer(serializers.Serializer[Any]):
    skill = serializers.CharField()
    level = serializers.IntegerField(min_value=1, max_value=4)
    level_said = serializers.BooleanField(help_text="Whether the text says the level, or it is our guess.")
    must = serializers.BooleanField()
    words = serializers.CharField()


class VacancyReadingSerializer(serializers.Serializer[Any]):
    """What a vacancy says, each with the words it comes from; nothing was saved."""

    language = serializers.CharField()
    title = _ReadTextSerializer(allow_null=True)
    occupation = _ReadTextSerializer(allow_null=True)
    shifts = _ReadListSerializer(allow_null=True)
    pay = _ReadPaySerializer(allow_null=True)
    benefits = _ReadTextSerializer(many=True)
    english = _ReadTextSerializer(allow_null=True)
    skills = _ReadSkillSerializer(many=True)
    not_needed = _ReadSkillSerializer(many=True)
    not_understood = serializers.ListField(child=serializers.CharField())


def reading_data(reading: VacancyReading) -> dict[str, Any]:
    """Return a reading as plain data, with codes for concepts."""
    pay, occupation = reading.pay, reading.occupation
    money = (
        {
            "low": pay.value.low,
            "high": pay.value.high,
            "period": pay.value.period,
            "currency": pay.value.currency,
            "bonuses": pay.value.bonuses,
            "period_guessed": pay.value.guessed,
            "words": pay.words,
        }
        if pay
        else None
    )
    return {
        "language": reading.language,
        "title": _said(reading.title),
        "occupation": {"value": occupation.value.code, "words": occupation.words} if occupation else None,
        "shifts": _said(reading.shifts),
        "pay": money,
        "benefits": [_said(said) for said in reading.benefits],
        "english": _said(reading.english),
        "skills": [_skill(row) for row in reading.skills],
        "not_needed": [_skill(row) for row in reading.not_needed],
        "not_understood": reading.not_understood,
    }


def _said(said: Said | None) -> dict[str, Any] | None:
    return {"value": said.value, "words": said.words} if said else None


def _skill(row: ReadSkill) -> dict[str, Any]:
    code, said = row.skill.code, row.level_said
    return {"skill": code, "level": row.level, "level_said": said, "must": row.must, "words": row.words}
