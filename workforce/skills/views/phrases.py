"""What people say and no skill is called: staff decide, in one click where a skill is near."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.core.errors import DomainError
from workforce.skills import phrases
from workforce.skills.access import can_review_phrases
from workforce.skills.choices import PhraseState
from workforce.skills.models import UnlinkedPhrase
from workforce.skills.phrase_forms import NewSkillForm
from workforce.skills.search import propose_skills, search_skills
from workforce.skills.widgets import PROPOSED_FROM

PAGE = 15
PROPOSALS = 3
FOUND = 10
QUEUES = {
    PhraseState.OPEN: gettext_lazy("To be decided"),
    PhraseState.LINKED: gettext_lazy("Lead to a skill"),
    PhraseState.DISMISSED: gettext_lazy("No skill"),
}


def _staff_only(request: HttpRequest) -> None:
    if not can_review_phrases(request.user):
        raise Http404


def _language() -> str:
    return (get_language() or "es")[:2]


@require_safe
def phrase_list(request: HttpRequest) -> HttpResponse:
    """Words that enough people use, what most say first, each with the skills that it may mean."""
    _staff_only(request)
    state = request.GET.get("state", "")
    state = state if state in PhraseState.values else PhraseState.OPEN
    rows = UnlinkedPhrase.objects.shown().filter(state=state).select_related("resolved_to", "decided_by")
    order = ("-people", "-count", "norm", "pk") if state == PhraseState.OPEN else ("-decided_at", "pk")
    page = Paginator(rows.order_by(*order), PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    if state == PhraseState.OPEN:
        proposed = propose_skills([row.text for row in listed], PROPOSALS, _language())
        near = [[one for one in several if one.score >= PROPOSED_FROM] for several in proposed]
    else:
        near = [[] for _row in listed]
    context = {
        "page": page,
        "rows": list(zip(listed, near, strict=True)),
        "state": state,
        "queues": list(QUEUES.items()),
    }
    return render(request, "skills/phrase_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def phrase_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for another skill, or make a new one of the words."""
    _staff_only(request)
    phrase = get_object_or_404(UnlinkedPhrase.objects.shown(), pk=pk)
    form = NewSkillForm(request.POST if request.method == "POST" else None, phrase=phrase)
    if request.method == "POST" and form.is_valid():
        try:
            phrases.make_skill_of(
                phrase_id=pk, labels=form.labels, category=form.cleaned_data["category"], actor=request.user
            )
        except DomainError as refused:
            form.show(refused)
        else:
            messages.success(request, _("The skill is made, and the words lead to it."))
            return redirect("phrase-list")
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:200] or phrase.text
    context = {
        "phrase": phrase,
        "form": form,
        "query": query,
        "found": search_skills(query, FOUND, _language()) if phrase.state == PhraseState.OPEN else [],
    }
    return render(request, "skills/phrase_detail.html", context, status=400 if form.errors else 200)


def _act(request: HttpRequest, pk: int, act: Callable[..., Any], done: str, **more: str) -> HttpResponse:
    _staff_only(request)
    get_object_or_404(UnlinkedPhrase.objects.shown(), pk=pk)
    try:
        act(phrase_id=pk, actor=request.user, **more)
    except DomainError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("phrase-list")


@require_POST
def phrase_teach(request: HttpRequest, pk: int) -> HttpResponse:
    """The words are another name of a skill."""
    done = _("From now on the words lead to this skill; profiles that hold them are linked in a moment.")
    return _act(request, pk, phrases.teach_phrase, done, skill_code=request.POST.get("skill", "")[:80])


@require_POST
def phrase_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """The words are no skill."""
    return _act(request, pk, phrases.dismiss_phrase, _("Dismissed: it stays off the list."))


@require_POST
def phrase_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """They may be one after all."""
    return _act(request, pk, phrases.reopen_phrase, _("It is on the list again."))
