"""The form of a new skill."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.core.forms import ShowsRefusals
from workforce.skills.models import Category, UnlinkedPhrase


class NewSkillForm(ShowsRefusals):
    """A skill, named in both languages."""

    label_es = forms.CharField(label=_("Name in Spanish"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=200)
    category: Any = forms.ModelChoiceField(
        Category.objects.order_by("code"), label=_("Sector"), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, phrase: UnlinkedPhrase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("label_en" if phrase.lang == "en" else "label_es", phrase.text.capitalize())

    @property
    def labels(self) -> dict[str, str]:
        """The name by language."""
        return {lang: self.cleaned_data[f"label_{lang}"] for lang in ("es", "en")}
