"""The style guide: every component in both languages, colours with their contrast, the type scale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from workforce.core.choices import EnglishLevel, Language, Shift
from workforce.core.contrast import PAIRS, contrast, read_tokens

TYPE_SCALE = ("display", "h1", "h2", "h3", "lead", "text", "small")
_SYMBOL = re.compile(r'<symbol id="([a-z]+)"')


class SampleForm(forms.Form):
    """One field of each kind that the pages use."""

    given_names = forms.CharField(label=_("Given names"), help_text=_("As you want to be called."))
    email = forms.EmailField(label=_("E-mail"))
    shift = forms.ChoiceField(label=_("Shift"), choices=Shift.choices)
    english = forms.ChoiceField(
        label=_("English"), choices=EnglishLevel.choices[:3], widget=forms.RadioSelect, required=False
    )
    shifts = forms.MultipleChoiceField(
        label=_("Shifts that suit you"),
        choices=Shift.choices[:3],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    available_from = forms.DateField(
        label=_("Available from"), required=False, widget=forms.DateInput({"type": "date"})
    )
    summary = forms.CharField(label=_("About you"), widget=forms.Textarea({"rows": 3}), required=False)
    own_transport = forms.BooleanField(label=_("I have my own transport"), required=False)


@dataclass(frozen=True)
class Swatch:
    """A colour on a ground, measured."""

    front: str
    front_hex: str
    ground: str
    ground_hex: str
    ratio: float
    least: float


@dataclass(frozen=True)
class Sample:
    """What one language's column of examples needs."""

    language: str
    form: SampleForm
    page: Page[int]


def static_text(name: str) -> str:
    """Return the text of a static file; raises FileNotFoundError when no app has it."""
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")


def swatches() -> list[Swatch]:
    """Measure every declared pair of colours as the tokens stand now."""
    tokens = read_tokens(static_text("puente/css/tokens.css"))
    return [
        Swatch(
            pair.front,
            tokens[pair.front],
            pair.ground,
            tokens[pair.ground],
            contrast(tokens[pair.front], tokens[pair.ground]),
            pair.least,
        )
        for pair in PAIRS
    ]


def sample(language: str) -> Sample:
    """Make the examples of one language: a form that was sent with mistakes, and the second of three pages."""
    form = SampleForm({"given_names": "María José", "email": "maria@", "shift": "second"}, auto_id=f"{language}_%s")
    with override(language):
        form.full_clean()
    return Sample(language, form, Paginator(range(30), 10).page(2))


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the look to whoever builds pages with it; search engines are asked to leave it alone."""
    context = {
        "swatches": swatches(),
        "icons": sorted(_SYMBOL.findall(static_text("puente/icons.svg"))),
        "samples": [sample(language) for language in Language.values],
        "type_scale": TYPE_SCALE,
    }
    return render(request, "styleguide/index.html", context)
