"""Browse and search what people can do and are called: anybody may, in both languages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from workforce.skills.choices import AliasKind, ConceptStatus
from workforce.skills.downloads import COLUMNS, csv_lines
from workforce.skills.models import Category, Credential, Occupation, OccupationSkill, Skill, SkillRelation
from workforce.skills.panels import panels_for
from workforce.skills.search import search_credentials, search_occupations, search_skills

PER_PAGE = 50
FOUND = 20
RELATED = 12
ALIASES = 40


def _language() -> str:
    return (get_language() or "es")[:2]


def _list(request: HttpRequest, model: Any, field: str, *, url_name: str, heading: str) -> HttpResponse:
    """List the concepts of one kind that are in use, by their name (``field``) in the reader's language."""
    rows = model.objects.active().order_by(f"{field}_{_language()}", "code")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "field": field, "url_name": url_name, "heading": heading}
    return render(request, "skills/concept_list.html", context)


@login_not_required
@require_safe
def skill_search(request: HttpRequest) -> HttpResponse:
    """Search skills, occupations and credentials, or browse a sector; retired concepts are not listed."""
    query = " ".join(request.GET.get("q", "").split())[:300]
    sectors = Category.objects.annotate(in_use=Count("skills", Q(skills__status=ConceptStatus.ACTIVE)))
    context: dict[str, Any] = {"query": query}
    if query:
        context["skills"] = search_skills(query, FOUND, _language())
        context["occupations"] = search_occupations(query, FOUND, _language())
        context["credentials"] = search_credentials(query, FOUND, _language())
    elif code := request.GET.get("category", ""):
        sector = get_object_or_404(Category, code=code)
        skills = Skill.objects.active().filter(category=sector).order_by(f"label_{_language()}", "code")
        context |= {"sector": sector, "page": Paginator(skills, PER_PAGE).get_page(request.GET.get("page"))}
    else:
        context["sectors"] = sectors.filter(in_use__gt=0).order_by(f"name_{_language()}", "code")
    return render(request, "skills/skill_search.html", context)


@login_not_required
@require_safe
def occupation_list(request: HttpRequest) -> HttpResponse:
    """List the occupations in use by title."""
    return _list(request, Occupation, "title", url_name="occupation-detail", heading=_("Occupations"))


@login_not_required
@require_safe
def skill_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one skill: meaning, words, relatives, occupations, what other apps know; a retired one leads on."""
    skill = get_object_or_404(Skill.objects.select_related("category", "broader", "successor"), code=code)
    if skill.status == ConceptStatus.RETIRED and skill.successor is not None:
        return redirect("skill-detail", code=skill.successor.code)
    relations = SkillRelation.objects.filter(vetoed=False, strength__gt=0).order_by("-strength", "pk")
    helps = relations.filter(target_skill=skill, source_skill__status=ConceptStatus.ACTIVE)
    leads = relations.filter(source_skill=skill, target_skill__status=ConceptStatus.ACTIVE)
    needed = OccupationSkill.objects.filter(skill=skill, occupation__status=ConceptStatus.ACTIVE)
    context = {
        "skill": skill,
        "retired": skill.status == ConceptStatus.RETIRED,
        "words": _words(skill.aliases.all()),
        "narrower": Skill.objects.active().filter(broader=skill).order_by("code")[:RELATED],
        "helped_by": [row.source_skill for row in helps.select_related("source_skill")[:RELATED]],
        "helps_with": [row.target_skill for row in leads.select_related("target_skill")[:RELATED]],
        "needed": needed.select_related("occupation").order_by("-essential", "occupation__code")[:FOUND],
        "credentials": skill.credential_skills.filter(credential__status=ConceptStatus.ACTIVE).select_related(
            "credential"
        ),
        "links": skill.links.all(),
        "panels": panels_for(skill),
    }
    return render(request, "skills/skill_detail.html", context)


@login_not_required
@require_safe
def occupation_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one occupation: meaning, other titles, the skills it calls for, official codes."""
    occupation = get_object_or_404(Occupation.objects.select_related("successor"), code=code)
    if occupation.status == ConceptStatus.RETIRED and occupation.successor is not None:
        return redirect("occupation-detail", code=occupation.successor.code)
    rows = occupation.occupation_skills.filter(skill__status=ConceptStatus.ACTIVE).select_related("skill")
    needs = list(rows.order_by("skill__code"))
    context = {
        "occupation": occupation,
        "retired": occupation.status == ConceptStatus.RETIRED,
        "words": _words(occupation.aliases.all()),
        "essential": [row for row in needs if row.essential],
        "optional": [row for row in needs if not row.essential],
        "links": occupation.links.all(),
        "panels": panels_for(occupation),
    }
    return render(request, "skills/occupation_detail.html", context)


@login_not_required
@require_safe
def credential_list(request: HttpRequest) -> HttpResponse:
    """List the credentials in use by name."""
    return _list(request, Credential, "name", url_name="credential-detail", heading=_("Certificates"))


@login_not_required
@require_safe
def credential_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one credential: what it is, who issues it, how long it is valid, which skills it proves."""
    credential = get_object_or_404(Credential.objects.select_related("successor"), code=code)
    if credential.status == ConceptStatus.RETIRED and credential.successor is not None:
        return redirect("credential-detail", code=credential.successor.code)
    rows = credential.credential_skills.filter(skill__status=ConceptStatus.ACTIVE).select_related("skill")
    context = {
        "credential": credential,
        "retired": credential.status == ConceptStatus.RETIRED,
        "proves": rows.order_by("-level", "skill__code"),
        "panels": panels_for(credential),
    }
    return render(request, "skills/credential_detail.html", context)


def _words(aliases: QuerySet[Any]) -> dict[str, list[str]]:
    """What else people say, by language; labels stand above and search-only texts are not for reading."""
    words: dict[str, list[str]] = {}
    for lang, text in aliases.filter(kind=AliasKind.ALIAS).order_by("lang", "norm").values_list("lang", "text"):
        words.setdefault(lang, []).append(text)
    return {lang: words[lang][:ALIASES] for lang in sorted(words, key=lambda lang: lang != _language())}


@login_not_required
@require_safe
def taxonomy_csv(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Download skills, occupations or credentials as CSV."""
    if kind not in COLUMNS:
        raise Http404
    response = StreamingHttpResponse(csv_lines(kind), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="puente-{kind}.csv"'
    return response
