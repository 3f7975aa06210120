"""Pages of verification: what owners send, and what staff decide."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workforce.accounts import access, verification
from workforce.accounts.access import Act
from workforce.accounts.choices import Verification
from workforce.accounts.members_views import organization_for
from workforce.accounts.models import Organization, User, VerificationDocument
from workforce.accounts.verification_forms import DecisionForm, DocumentForm
from workforce.core.errors import DomainError, StaleRevision

PAGE = 25
QUEUES = {
    "waiting": gettext_lazy("Waiting for us"),
    "pending": gettext_lazy("Have not asked"),
    "verified": gettext_lazy("Verified"),
    "refused": gettext_lazy("Refused"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def organization_verification(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the verification stands, the documents, and sending one more."""
    organization, user = organization_for(request, slug, Act.ASK_VERIFICATION)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            verification.add_document(
                actor=user, organization_id=organization.pk, kind=data["kind"], upload=data["file"], note=data["note"]
            )
        except DomainError as error:
            form.show(error)
        else:
            messages.success(request, _("The document is stored."))
            return redirect("org-verification", slug=slug)
    decisions = list(organization.decisions.all())
    context = {
        "organization": organization,
        "form": form,
        "documents": list(organization.documents.all()),
        "decisions": decisions,
        "last": decisions[0] if decisions else None,
    }
    return render(request, "accounts/verification.html", context, status=400 if form.errors else 200)


@require_POST
def verification_request(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask staff to look."""
    organization, user = organization_for(request, slug, Act.ASK_VERIFICATION)
    try:
        verification.request_verification(actor=user, organization_id=organization.pk)
        messages.success(request, _("We have your request. You will see the answer here."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("org-verification", slug=slug)


@require_POST
def document_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a document away."""
    organization, user = organization_for(request, slug, Act.ASK_VERIFICATION)
    get_object_or_404(organization.documents.all(), pk=pk)
    try:
        verification.remove_document(actor=user, organization_id=organization.pk, document_id=pk)
        messages.success(request, _("The document was removed."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("org-verification", slug=slug)


@require_safe
def document_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a document to owners and to staff who verify; never to be shown inside a page of ours."""
    document = get_object_or_404(VerificationDocument.objects.select_related("organization"), pk=pk)
    owns = access.can_ask_verification(request.user, document.organization)
    if not owns and not access.can_verify(request.user):
        raise Http404
    try:
        opened = document.file.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=True, filename=document.name, content_type=document.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _staff(request: HttpRequest) -> User:
    """Return the member of staff who verifies; for everybody else there is no such page."""
    if not isinstance(request.user, User) or not access.can_verify(request.user):
        raise Http404
    return request.user


def _queue(name: str) -> QuerySet[Organization]:
    rows: QuerySet[Organization] = Organization.objects.all()
    if name == "waiting":
        rows = rows.filter(review_requested_at__isnull=False)
    elif name == "pending":
        rows = rows.filter(verification=Verification.PENDING, review_requested_at__isnull=True)
    else:
        rows = rows.filter(verification=name)
    return rows.annotate(papers=Count("documents")).order_by(F("review_requested_at").asc(nulls_last=True), "pk")


@require_safe
def staff_queue(request: HttpRequest) -> HttpResponse:
    """The organizations to look at: who asked first comes first."""
    _staff(request)
    chosen = request.GET.get("state", "waiting")
    chosen = chosen if chosen in QUEUES else "waiting"
    page = Paginator(_queue(chosen), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "chosen": chosen, "queues": QUEUES.items()}
    return render(request, "accounts/staff_verification_list.html", context)


def _same_tax_id(organization: Organization) -> QuerySet[Organization]:
    """Others that claim the same tax number: branches, duplicates, or somebody who is not who they say."""
    rows: QuerySet[Organization] = Organization.objects.exclude(pk=organization.pk)
    return rows.filter(tax_id=organization.tax_id)[:5] if organization.tax_id else rows.none()


@require_http_methods(["GET", "HEAD", "POST"])
def staff_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One organization: what it says of itself, its documents, its history, and the decision."""
    staff = _staff(request)
    organization = get_object_or_404(Organization, pk=pk)
    form = DecisionForm(request.POST or None, initial={"revision": organization.revision})
    if request.method == "POST" and form.is_valid():
        try:
            verification.decide(actor=staff, organization_id=pk, **form.cleaned_data)
        except DomainError as error:
            form.show(error)
            if isinstance(error, StaleRevision):  # the page below shows the newest: sending again is a decision on it
                form.data = request.POST.dict() | {"revision": error.current}
        else:
            messages.success(request, _("The decision is recorded; the owners see it now."))
            return redirect("staff-verification")
    context = {
        "organization": organization,
        "form": form,
        "documents": list(organization.documents.select_related("uploaded_by")),
        "decisions": list(organization.decisions.select_related("actor")),
        "same_tax_id": list(_same_tax_id(organization)),
        "owners": list(organization.memberships.filter(position="owner").select_related("user")),
    }
    return render(request, "accounts/staff_verification.html", context, status=400 if form.errors else 200)
