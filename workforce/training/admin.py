"""Training in the admin."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from workforce.training.models import Cohort, Enrolment, Programme


@admin.register(Programme)
class ProgrammeAdmin(TranslationAdmin):
    """Programmes in both languages."""

    list_display = ("name", "organization", "modality")
    list_filter = ("modality",)


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin):
    """Cohorts."""

    list_display = ("name", "programme", "starts_on", "ends_on")


@admin.register(Enrolment)
class EnrolmentAdmin(admin.ModelAdmin):
    """Enrolments."""

    list_display = ("listed_name", "cohort", "state", "confirmed_at")
    raw_id_fields = ("technician",)
