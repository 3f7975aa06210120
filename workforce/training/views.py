"""Pages of an institute, and the page where a person answers one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts.models import Organization, User
from workforce.core.errors import DomainError
from workforce.hiring.choices import PlacementSource
from workforce.hiring.models import Placement
from workforce.training.access import can_keep_training, can_view_training, placements_of
from workforce.training.forms import CohortForm, EnrolmentForm, PlacementForm, ProgrammeForm
from workforce.training.models import Cohort, Enrolment, Programme
from workforce.training.services import answer_enrolment, enrol, record_placement, save_programme

PAGE = 25


def _institute(request: HttpRequest, slug: str, *, to_edit: bool = False) -> Organization:
    """Return the institute for a member (one who may edit, if asked); 404 for everybody else."""
    organization = get_object_or_404(Organization, slug=slug)
    may = can_keep_training if to_edit else can_view_training
    if not may(request.user, organization):
        raise Http404
    return organization


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _add_errors(form: ProgrammeForm | CohortForm | EnrolmentForm | PlacementForm, error: DomainError) -> None:
    """Show a service's refusal at its fields, or above the form."""
    known = {name: text for name, text in error.errors.items() if name in form.fields}
    for name, text in known.items():
        form.add_error(name, str(text))
    if not known:
        form.add_error(None, str(error))


@require_safe
def programme_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What the institute teaches."""
    organization = _institute(request, slug)
    rows = organization.programmes.annotate(
        cohort_count=Count("cohorts", distinct=True), skill_count=Count("programme_skills", distinct=True)
    ).order_by("pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"organization": organization, "page": page, "may_edit": can_keep_training(request.user, organization)}
    return render(request, "training/programme_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_form(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add or change a programme."""
    organization = _institute(request, slug, to_edit=True)
    programme = get_object_or_404(organization.programmes.all(), pk=pk) if pk else Programme(organization=organization)
    taught = programme.programme_skills.select_related("skill") if programme.pk else []
    initial = {"skills": list(taught), "revision": programme.revision if programme.pk else None}
    form = ProgrammeForm(request.POST or None, instance=programme, initial=initial)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                save_programme(
                    programme=form.save(commit=False),
                    skills=form.cleaned_data["skills"],
                    actor=_user(request),
                    expected_revision=form.cleaned_data["revision"] if pk else None,
                )
            except DomainError as error:
                _add_errors(form, error)
            else:
                messages.success(request, _("The programme was saved."))
                return redirect("programmes", slug=slug)
        status = 400 if form.errors else 200
    context = {"organization": organization, "form": form, "programme": programme}
    return render(request, "training/programme_form.html", context, status=status)


@require_safe
def cohort_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The institute's cohorts with how many of their people were placed."""
    organization = _institute(request, slug)
    visible = placements_of(organization).values("technician_id")
    rows = (
        Cohort.objects.filter(programme__organization=organization)
        .select_related("programme")
        .annotate(
            learners=Count("enrolments", distinct=True),
            placed=Count("enrolments", filter=Q(enrolments__technician_id__in=visible), distinct=True),
        )
        .order_by("-starts_on", "-pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"organization": organization, "page": page, "may_edit": can_keep_training(request.user, organization)}
    return render(request, "training/cohort_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a cohort."""
    organization = _institute(request, slug, to_edit=True)
    form = CohortForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        cohort = form.save()
        messages.success(request, _("The cohort was saved."))
        return redirect("cohort-detail", slug=slug, pk=cohort.pk)
    context = {"organization": organization, "form": form}
    return render(request, "training/cohort_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A cohort with its people, where they were placed, and a form to list one more."""
    organization = _institute(request, slug, to_edit=request.method == "POST")
    cohort = get_object_or_404(Cohort.objects.select_related("programme"), pk=pk, programme__organization=organization)
    form = EnrolmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enrol(cohort=cohort, actor=_user(request), **form.cleaned_data)
        except DomainError as error:
            _add_errors(form, error)
        else:
            messages.success(request, _("The person is on the list."))
            return redirect("cohort-detail", slug=slug, pk=pk)
    page = Paginator(cohort.enrolments.shown().order_by("listed_name", "pk"), PAGE).get_page(request.GET.get("page"))
    people = [row.technician_id for row in page.object_list]
    jobs: dict[int, list[object]] = {}
    for placement in placements_of(organization).with_employer_name().filter(technician_id__in=people):
        jobs.setdefault(placement.technician_id, []).append(placement)
    context = {
        "organization": organization,
        "cohort": cohort,
        "page": page,
        "rows": [(row, jobs.get(row.technician_id, [])) for row in page.object_list],
        "form": form,
        "may_edit": can_keep_training(request.user, organization),
        "placed": cohort.enrolments.filter(
            technician_id__in=placements_of(organization).values("technician_id")
        ).count(),
    }
    return render(request, "training/cohort_detail.html", context, status=400 if form.errors else 200)


@require_safe
def placement_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was placed where and when."""
    organization = _institute(request, slug)
    rows = placements_of(organization).with_employer_name().select_related("technician")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    people = [row.technician_id for row in page.object_list]
    names = dict(
        Enrolment.objects.of_organization(organization)
        .filter(technician_id__in=people)
        .values_list("technician_id", "listed_name")
    )
    learners = Enrolment.objects.of_organization(organization)
    context = {
        "organization": organization,
        "page": page,
        "rows": [(names.get(row.technician_id, ""), row) for row in page.object_list],
        "learners": learners.values("technician_id").distinct().count(),
        "placed": placements_of(organization).values("technician_id").distinct().count(),
        "may_edit": can_keep_training(request.user, organization),
    }
    return render(request, "training/placement_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Record by hand that a learner was hired."""
    organization = _institute(request, slug, to_edit=True)
    form = PlacementForm(
        request.POST or None, organization=organization, initial={"enrolment": request.GET.get("enrolment")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_placement(enrolment=form.cleaned_data["enrolment"], job=form.job(), actor=_user(request))
        except DomainError as error:
            _add_errors(form, error)
        else:
            messages.success(request, _("The placement was saved."))
            return redirect("placements", slug=slug)
    context = {"organization": organization, "form": form}
    return render(request, "training/placement_form.html", context, status=400 if form.errors else 200)


@require_safe
def my_training(request: HttpRequest) -> HttpResponse:
    """The institutes that listed me, to confirm, and what each may see."""
    rows = Enrolment.objects.filter(technician__user_id=cast(User, request.user).pk).select_related(
        "cohort__programme__organization", "technician"
    )
    sharing = set(
        _user(request).technician.grants.in_force().values_list("source", flat=True)
        if hasattr(request.user, "technician")
        else []
    )
    recorded: dict[int | None, list[Placement]] = {}
    for job in Placement.objects.filter(
        technician__user=_user(request), source=PlacementSource.INSTITUTE
    ).with_employer_name():
        recorded.setdefault(job.recorded_for_id, []).append(job)
    rows_with_state = [
        (row, f"enrolment:{row.pk}" in sharing, recorded.get(row.cohort.programme.organization_id, [])) for row in rows
    ]
    return render(request, "training/my_training.html", {"rows": rows_with_state})


@require_POST
def enrolment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an enrolment; the box says whether the institute may see where I get hired."""
    enrolment = get_object_or_404(
        Enrolment.objects.select_related("technician", "cohort__programme__organization"),
        pk=pk,
        technician__user_id=request.user.pk,
    )
    answer_enrolment(enrolment=enrolment, actor=_user(request), share_outcomes="share" in request.POST)
    messages.success(request, _("Saved. You can change it at any time."))
    return redirect("my-training")
