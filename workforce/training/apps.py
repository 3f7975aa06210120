"""Django's handle on this app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Programmes, cohorts and the people in them."""

    name = "workforce.training"
    label = "training"
