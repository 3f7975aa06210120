"""Public addresses of the taxonomy, under /es/ and /en/."""

from django.urls import URLPattern, path, register_converter

from workforce.skills.views import public


class CodeConverter:
    """A code of a concept, ours or ESCO's."""

    regex = "[-a-zA-Z0-9_:.]+"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(CodeConverter, "concept")

urlpatterns: list[URLPattern] = [
    path("skills/", public.skill_search, name="skill-search"),
    path("skills/<concept:code>/", public.skill_detail, name="skill-detail"),
    path("occupations/", public.occupation_list, name="occupation-list"),
    path("occupations/<concept:code>/", public.occupation_detail, name="occupation-detail"),
    path("credentials/", public.credential_list, name="credential-list"),
    path("credentials/<concept:code>/", public.credential_detail, name="credential-detail"),
    path("taxonomy/<slug:kind>.csv", public.taxonomy_csv, name="taxonomy-csv"),
]
