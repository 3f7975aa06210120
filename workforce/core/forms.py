"""How forms are drawn everywhere, ours and those of other packages, and how ours show what a service refused."""

from django import forms
from django.forms.renderers import TemplatesSetting

from workforce.core.errors import DomainError


class PuenteRenderer(TemplatesSetting):
    """Draws ``{{ form }}`` and ``{{ field.as_field_group }}`` with the components of the look."""

    form_template_name = "components/django_form.html"
    field_template_name = "components/django_field.html"


class ShowsRefusals(forms.Form):
    """A form that can say what a service refused."""

    def show(self, error: DomainError) -> None:
        """Show it beside its field, or on top."""
        for name, text in (error.errors or {"": error.message}).items():
            self.add_error(name if name in self.fields else None, str(text))
