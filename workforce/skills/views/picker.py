"""The options of the skill picker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from workforce.skills.search import search_skills

OPTIONS = 10


@require_GET
def skill_picker(request: HttpRequest) -> HttpResponse:
    """Answer the best ten skills for ``?q=`` as the options of a list box, an HTML fragment."""
    language = (get_language() or "es")[:2]
    query = request.GET.get("q", "").replace("\x00", " ")[:300]
    found = search_skills(query, OPTIONS, language)
    return render(request, "skills/picker_options.html", {"found": found, "query": query, "language": language})
