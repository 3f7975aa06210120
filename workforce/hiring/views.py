"""Pages of hiring: saying "I am interested", following it, and answering."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts.models import User
from workforce.core.errors import DomainError
from workforce.employers.models import Role
from workforce.hiring.access import actor_of, can_view_applications
from workforce.hiring.choices import Actor, ApplicationState
from workforce.hiring.forms import AnswerForm, InterestForm
from workforce.hiring.models import Application
from workforce.hiring.services import apply_to_role, move_application, note_named
from workforce.technicians.choices import AccessKind
from workforce.technicians.models import Technician

PAGE = 20


def _me(request: HttpRequest) -> Technician | None:
    """Return the profile of whoever asks, if they have one."""
    return Technician.objects.filter(user_id=request.user.pk).first()


def _user(request: HttpRequest) -> User:
    """Return the user; LoginRequiredMiddleware has let only users through."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


@require_POST
def role_apply(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Say "I am interested" in a role; twice is the same as once."""
    role = get_object_or_404(Role.objects.visible_to(request.user).select_related("organization"), pk=pk)
    technician = _me(request)
    if technician is None:
        messages.warning(request, _("Only a job seeker's account can apply."))
        return redirect(role)
    form = InterestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The message is too long: 1,000 characters at most."))
        return redirect(role)
    try:
        apply_to_role(technician=technician, role=role, actor=_user(request), message=form.cleaned_data["message"])
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(role)
    messages.success(request, _("The employer knows that you are interested. You will see the answer here."))
    return redirect("my-applications")


@require_safe
def my_applications(request: HttpRequest) -> HttpResponse:
    """What I applied to, and what was answered."""
    technician = _me(request)
    if technician is None:
        raise Http404
    rows = technician.applications.select_related(
        "role__organization", "role__plant__zone", "role__client__organization"
    ).prefetch_related("events")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "hiring/application_list.html", {"page": page})


@require_POST
def application_withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take my interest back."""
    application = get_object_or_404(
        Application.objects.select_related("technician", "role__organization"), ref=ref, technician__user=request.user
    )
    try:
        move_application(application=application, to_state=ApplicationState.WITHDRAWN, actor=_user(request))
        messages.success(request, _("You withdrew your application."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("my-applications")


def _role_for_members(request: HttpRequest, slug: str, pk: int) -> Role:
    """Return the organization's role for a member; 404 for everybody else."""
    role = get_object_or_404(
        Role.objects.select_related("organization__response_rate", "plant"), pk=pk, organization__slug=slug
    )
    if not can_view_applications(request.user, role):
        raise Http404
    return role


@require_safe
def role_applications(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who applied to a role, newest first; those who wait for an answer before the rest."""
    role = _role_for_members(request, slug, pk)
    rows = (
        Application.objects.of_role(role)
        .with_named()
        .select_related("technician__user", "technician__zone", "role")
        .order_by(F("answered_at").asc(nulls_first=True), "-created_at", "-pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    note_named(actor=_user(request), applications=page.object_list, kind=AccessKind.NAME)
    return render(
        request, "hiring/role_applications.html", {"role": role, "organization": role.organization, "page": page}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def application_answer(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One application and the employer's answer to it."""
    application = get_object_or_404(
        Application.objects.shown()
        .with_named()
        .select_related("technician__user", "technician__zone", "role__organization", "role__plant"),
        ref=ref,
        role__organization__slug=slug,
    )
    organization = application.role.organization
    if not (organization.is_verified and can_view_applications(request.user, application.role)):
        raise Http404
    may_answer = actor_of(request.user, application) is Actor.EMPLOYER
    form = AnswerForm(request.POST or None, application=application)
    status = 200
    if request.method == "POST":
        if not may_answer:
            raise Http404
        if form.is_valid():
            try:
                move_application(
                    application=application,
                    to_state=form.cleaned_data["to_state"],
                    actor=_user(request),
                    reason=form.cleaned_data["reason"],
                    answer=form.cleaned_data["answer"],
                    hire=form.hire,
                    expected_revision=form.cleaned_data["revision"],
                )
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Your answer was saved; the person sees it now."))
                return redirect("role-applications", slug=slug, pk=application.role_id)
        status = 400
    note_named(actor=_user(request), applications=[application], kind=AccessKind.CONTACT)
    context = {
        "application": application,
        "role": application.role,
        "organization": application.role.organization,
        "form": form if may_answer and form.has_moves else None,
        "history": application.events.all(),
        "skills": application.technician.technician_skills.select_related("skill").filter(skill__isnull=False),
    }
    return render(request, "hiring/application_answer.html", context, status=status)
