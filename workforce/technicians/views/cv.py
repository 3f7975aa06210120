"""My CV: send the file, see what was read in it, confirm what is right."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.core.errors import DomainError
from workforce.technicians import services
from workforce.technicians.choices import ReadingState
from workforce.technicians.cv.limits import MAX_BYTES
from workforce.technicians.cv.reasons import reason
from workforce.technicians.forms.cv import CvForm, CvUploadForm
from workforce.technicians.models import CvFinding, CvReading, Technician
from workforce.technicians.views.own import with_profile


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_profile
def cv(request: HttpRequest, technician: Technician) -> HttpResponse:
    """Send a CV; below it what was sent before and is still kept."""
    form = CvUploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                reading = services.upload_cv(
                    technician_id=technician.pk,
                    name=file.name or "",
                    data=file.read(MAX_BYTES + 1),
                    keep_file=form.cleaned_data["keep_file"],
                )
                return redirect("cv-reading", reading.ref)
            except DomainError as refused:
                form.show(refused)
        status = 400
    mine = CvReading.objects.filter(technician=technician)
    context = {
        "form": form,
        "open": mine.shown().exclude(state__in=(ReadingState.SAVED, ReadingState.FAILED)).first(),
        "kept": mine.kept(),
        "days": settings.CV_READING_DAYS,
    }
    return render(request, "technicians/cv_upload.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_profile
def cv_reading(request: HttpRequest, technician: Technician, ref: uuid.UUID) -> HttpResponse:
    """Where the reading stands; once read, what was found, to confirm. Asked by htmx: only the part that changes."""
    reading = get_object_or_404(CvReading.objects.shown(), technician=technician, ref=ref)
    if reading.is_working and request.method != "POST":
        part = "technicians/cv_status.html" if request.headers.get("HX-Request") else "technicians/cv_waiting.html"
        return render(request, part, {"reading": reading})
    if request.headers.get("HX-Request") and request.method != "POST":
        return HttpResponse(headers={"HX-Refresh": "true"})
    findings = list(
        CvFinding.objects.filter(reading=reading).select_related("skill", "credential", "occupation").order_by("pk")
    )
    if reading.state == ReadingState.FAILED:
        return render(request, "technicians/cv_failed.html", {"reading": reading, "reason": reason(reading.why)})
    there = services.what_is_there(technician, findings)
    data = request.POST if request.method == "POST" else None
    form = CvForm(data, findings=findings, there=there)
    if request.method == "POST":
        return _confirm(request, technician, reading, form)
    if reading.state == ReadingState.SAVED:
        taken = [row for group in form.groups for row in group.rows if row.finding.taken]
        return render(request, "technicians/cv_saved.html", {"reading": reading, "taken": taken})
    return render(request, "technicians/cv_confirm.html", {"reading": reading, "form": form})


def _confirm(request: HttpRequest, technician: Technician, reading: CvReading, form: CvForm) -> HttpResponse:
    """Save what is ticked; the second of two clicks, or another tab, is told that it is saved."""
    if form.is_valid():
        try:
            services.confirm_cv(
                technician_id=technician.pk,
                reading_id=reading.pk,
                picks=form.picks(),
                language=(get_language() or "es")[:2],
            )
        except DomainError as refused:
            if refused.code in ("already_saved", "no_such_reading", "not_read"):
                messages.info(request, str(refused))
                return redirect("cv")
            form.show(refused)
        else:
            count = len(form.picks())
            messages.success(
                request,
                ngettext("%(count)s thing is in your profile now.", "%(count)s things are in your profile now.", count)
                % {"count": count},
            )
            return redirect("cv-reading", reading.ref)
    return render(request, "technicians/cv_confirm.html", {"reading": reading, "form": form}, status=400)


@require_POST
@with_profile
def cv_discard(request: HttpRequest, technician: Technician, ref: uuid.UUID) -> HttpResponse:
    """Forget what was read, and the file."""
    reading = CvReading.objects.filter(technician=technician, ref=ref).first()
    if reading is None:
        raise Http404
    services.discard_cv(technician_id=technician.pk, reading_id=reading.pk)
    messages.success(request, _("Forgotten: the file and what was read in it. Your profile stays as it is."))
    return redirect("cv")


@never_cache
@require_safe
@with_profile
def cv_file(request: HttpRequest, technician: Technician, ref: uuid.UUID) -> FileResponse:
    """The file that I asked to keep, as a download: no browser opens it as part of this site."""
    reading = get_object_or_404(CvReading.objects.kept(), technician=technician, ref=ref)
    if not reading.file.storage.exists(str(reading.file.name)):
        raise Http404
    return FileResponse(
        reading.file.open("rb"),
        as_attachment=True,
        filename=reading.original_name,
        content_type="application/octet-stream",
    )
