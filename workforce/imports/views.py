"""Pages of imports: send a file, say what its columns hold, look at what would come of it, start, follow, undo."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts.models import Organization, User
from workforce.core.csvout import csv_lines
from workforce.core.errors import DomainError, InvalidInput
from workforce.imports import services
from workforce.imports.access import can_handle_job
from workforce.imports.choices import WAITING, JobState
from workforce.imports.forms import ColumnsForm, UploadForm
from workforce.imports.kinds import Importer, importers_for
from workforce.imports.models import ImportJob, RowError
from workforce.imports.tabular import MAX_BYTES

PER_PAGE = 20
REMARKS_SHOWN = 50
CHUNK = 1_000


def _organization(request: HttpRequest, slug: str) -> tuple[Organization, list[Importer]]:
    """Return the organization and what the reader may import for it; 404 for who may import nothing."""
    organization: Organization | None = Organization.objects.filter(slug=slug).first()
    importers = importers_for(request.user, organization) if organization is not None else []
    if organization is None or not importers:
        raise Http404
    return organization, importers


def _job(request: HttpRequest, slug: str, ref: uuid.UUID) -> ImportJob:
    """Return an import of that organization that the reader may handle; 404 for everybody else."""
    job = ImportJob.objects.select_related("organization", "user").filter(organization__slug=slug, ref=ref).first()
    if job is None or not can_handle_job(request.user, job):
        raise Http404
    return job


def _send(request: HttpRequest, organization: Organization, form: UploadForm) -> ImportJob | None:
    """Keep what was sent; None when it cannot be used, with the reason in the form."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        return services.upload_file(
            user=cast(User, request.user),
            organization=organization,
            kind=form.cleaned_data["kind"],
            name=file.name or "",
            data=file.read(MAX_BYTES + 1),
        )
    except InvalidInput as refused:
        form.add_error("file", str(refused))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The imports of an organization, and the form to send another file."""
    organization, importers = _organization(request, slug)
    form = UploadForm(request.POST or None, request.FILES or None, importers=importers)
    if request.method == "POST" and (job := _send(request, organization, form)):
        return redirect("import-columns", slug, job.ref)
    jobs = ImportJob.objects.filter(organization=organization, kind__in=[one.kind for one in importers])
    context = {
        "organization": organization,
        "form": form,
        "importers": importers,
        "page": Paginator(jobs.select_related("user").order_by("-pk"), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "imports/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, slug: str, ref: uuid.UUID) -> HttpResponse:
    """Say what the columns hold; a worker then tries the file."""
    job = _job(request, slug, ref)
    if job.state not in WAITING:
        return redirect("import-detail", slug, ref)
    importer = services.importer_for(job)
    form = ColumnsForm(request.POST or None, job=job, importer=importer)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_columns(job=job, mapping=form.mapping, options=form.options)
        except InvalidInput as refused:
            for name, message in refused.errors.items() or [(None, str(refused))]:
                form.add_error(name, str(message))
        except DomainError as refused:
            messages.error(request, str(refused))
            return redirect("import-detail", slug, ref)
        else:
            return redirect("import-detail", slug, ref)
    context = {"organization": job.organization, "job": job, "form": form, "label": importer.label}
    return render(request, "imports/import_columns.html", context)


def _detail(job: ImportJob) -> dict[str, Any]:
    counts = job.checked_counts if job.state == JobState.CHECKED else job.counts
    remarks: Any = RowError.objects.filter(job=job)
    return {
        "organization": job.organization,
        "job": job,
        "label": services.importer_for(job).label,
        "stats": {
            name: counts.get(name, 0) for name in ("created", "updated", "unchanged", "failed", "undone", "kept")
        },
        "remarks": list(remarks[:REMARKS_SHOWN]),
        "remark_count": remarks.count(),
        "can_be_undone": services.can_be_undone(job),
    }


@never_cache
@require_safe
def import_detail(request: HttpRequest, slug: str, ref: uuid.UUID) -> HttpResponse:
    """Where an import stands, and what was wrong with its rows. Asked by htmx: only the part that changes."""
    job = _job(request, slug, ref)
    template = "imports/import_status.html" if request.headers.get("HX-Request") else "imports/import_detail.html"
    return render(request, template, _detail(job))


def _act(request: HttpRequest, slug: str, ref: uuid.UUID, act: Callable[..., ImportJob]) -> HttpResponse:
    try:
        act(job=_job(request, slug, ref))
    except DomainError as refused:
        messages.error(request, str(refused))
    return redirect("import-detail", slug, ref)


@require_POST
def import_start(request: HttpRequest, slug: str, ref: uuid.UUID) -> HttpResponse:
    """Write what was checked."""
    return _act(request, slug, ref, services.start_import)


@require_POST
def import_cancel(request: HttpRequest, slug: str, ref: uuid.UUID) -> HttpResponse:
    """Stop."""
    return _act(request, slug, ref, services.cancel_import)


@require_POST
def import_undo(request: HttpRequest, slug: str, ref: uuid.UUID) -> HttpResponse:
    """Take back what nobody changed since."""
    return _act(request, slug, ref, services.undo_import)


@require_safe
def import_errors(request: HttpRequest, slug: str, ref: uuid.UUID) -> StreamingHttpResponse:
    """All remarks as CSV, in the reader's language."""
    job = _job(request, slug, ref)
    remarks = RowError.objects.filter(job=job).order_by("row", "pk")
    heading = (_("Row"), _("Column"), _("What became of it"), _("Why"))
    # Said now and not while the answer is sent: by then the request's language is gone.
    rows = [(one.row, one.column, one.get_severity_display(), one.text) for one in remarks.iterator(chunk_size=CHUNK)]
    response = StreamingHttpResponse(csv_lines(heading, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="puente-{job.kind}-{str(job.ref)[:8]}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
