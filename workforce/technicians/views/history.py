"""My certificates and the jobs I have held."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workforce.core.errors import InvalidInput
from workforce.technicians import services
from workforce.technicians.forms.conflicts import Difference, save_or_compare
from workforce.technicians.forms.history import CertificateForm, ExperienceForm
from workforce.technicians.models import Certificate, Experience, Study, Technician
from workforce.technicians.views.own import with_profile


@require_http_methods(["GET", "HEAD", "POST"])
@with_profile
def certificates(request: HttpRequest, technician: Technician) -> HttpResponse:
    """List my certificates and add one; its skills join my profile."""
    form = CertificateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.add_certificate(
                technician_id=technician.pk,
                revision=None,
                credential_id=data["credential"].pk,
                issued_on=data["issued_on"],
                expires_on=data["expires_on"],
                folio=data["folio"],
            )
        except InvalidInput as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. Its skills are in your profile."))
            return redirect("certificates")
    held = (
        Certificate.objects.filter(technician=technician)
        .select_related("credential")
        .prefetch_related("credential__skills")
        .order_by("-issued_on", "pk")
    )
    return render(request, "technicians/certificate_list.html", {"form": form, "certificates": held})


@require_POST
@with_profile
def certificate_remove(request: HttpRequest, technician: Technician, pk: int) -> HttpResponse:
    """Take a certificate off; sent twice, it is simply gone."""
    try:
        services.remove_certificate(technician_id=technician.pk, revision=None, certificate_id=pk)
    except Certificate.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _("The certificate is removed. Its skills stay, as you declare them."))
    return redirect("certificates")


@require_http_methods(["GET", "HEAD", "POST"])
@with_profile
def experience(request: HttpRequest, technician: Technician) -> HttpResponse:
    """List the jobs I have held and add one."""
    form = ExperienceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_experience(technician_id=technician.pk, revision=None, values=form.values())
        except InvalidInput as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your experience is saved."))
            return redirect("experience")
    context = {
        "form": form,
        "experience": Experience.objects.filter(technician=technician).order_by("-started_on", "pk"),
        "studies": Study.objects.filter(technician=technician).order_by("-ended_on", "pk"),
    }
    return render(request, "technicians/experience_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_profile
def experience_edit(request: HttpRequest, technician: Technician, pk: int) -> HttpResponse:
    """Change a job held."""
    row = get_object_or_404(Experience, pk=pk, technician=technician)
    form = ExperienceForm(request.POST or None, instance=row, revision=technician.revision)
    found: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        values = form.values()
        found = save_or_compare(
            form,
            lambda: ExperienceForm(request.POST, instance=Experience.objects.get(pk=pk, technician=technician)),
            lambda revision: services.change_experience(
                technician_id=technician.pk, revision=revision, experience_id=pk, values=values
            ),
        )
        if not found:
            messages.success(request, _("Your experience is saved."))
            return redirect("experience")
    context = {"form": form, "experience": row, "differences": found}
    return render(request, "technicians/experience_form.html", context, status=409 if found else 200)


@require_POST
@with_profile
def experience_remove(request: HttpRequest, technician: Technician, pk: int) -> HttpResponse:
    """Take a job off."""
    try:
        services.remove_experience(technician_id=technician.pk, revision=None, experience_id=pk)
    except Experience.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _("The job is removed."))
    return redirect("experience")


@require_POST
@with_profile
def study_remove(request: HttpRequest, technician: Technician, pk: int) -> HttpResponse:
    """Take a school off."""
    try:
        services.remove_study(technician_id=technician.pk, revision=None, study_id=pk)
    except Study.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _("The school is removed."))
    return redirect("experience")
