"""What people asked, for staff, the most urgent first."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workforce.privacy import services
from workforce.privacy.access import can_answer_requests
from workforce.privacy.choices import RequestKind
from workforce.privacy.forms import AnswerForm
from workforce.privacy.models import DataRequest
from workforce.privacy.views.common import reader
from workforce.technicians.choices import AccessKind
from workforce.technicians.models import Technician
from workforce.technicians.services import note_access

PAGE = 25


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Open requests with the day by which each must be answered or done."""
    if not can_answer_requests(request.user):
        raise Http404
    rows = DataRequest.objects.open().select_related("user").order_by("due", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    users = [row.user_id for row in page.object_list if row.user_id is not None]
    people = Technician.objects.filter(user_id__in=users).only("pk", "user_id") if users else ()
    note_access(actor=reader(request), technicians=people, kind=AccessKind.ADMIN)
    context = {"page": page, "erase": RequestKind.ERASE}
    return render(request, "privacy/request_list.html", context)


@require_POST
def request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was answered."""
    if not can_answer_requests(request.user):
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what you answered."))
    elif services.answer(request_id=pk, text=form.cleaned_data["text"]):
        messages.success(request, _("The answer is kept; the person reads it on their page."))
    return redirect("data-requests")
