"""How Django's forms are drawn everywhere, ours and those of other packages."""

from django.forms.renderers import TemplatesSetting


class PuenteRenderer(TemplatesSetting):
    """Draws ``{{ form }}`` and ``{{ field.as_field_group }}`` with the components of the look."""

    form_template_name = "components/django_form.html"
    field_template_name = "components/django_field.html"
