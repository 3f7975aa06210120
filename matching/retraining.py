"""A changed taxonomy: fit anew, and rebuild if that made another engine."""

from __future__ import annotations

from matching.choices import SubjectKind
from matching.editions import current_edition
from matching.engines import EngineBusy, fit_engine
from matching.kicks import kick
from matching.models import RebuildRun, RefreshRequest
from matching.rebuilds import Send, start_rebuild


def refit_if_changed(*, only_if_asked: bool = False, send: Send = kick) -> bool:
    """Fit on the taxonomy of now and start a rebuild if the lists come from another engine; return whether one was
    started.

    ``only_if_asked`` looks for a pending request first. A change during the fit leaves its own request behind.
    """
    asked = RefreshRequest.objects.filter(kind=SubjectKind.TAXONOMY).first()
    if asked is None and only_if_asked:
        return False
    try:
        engine = fit_engine()
    except EngineBusy:
        return False
    if asked is not None:
        RefreshRequest.objects.filter(kind=SubjectKind.TAXONOMY, seq=asked.seq).delete()
    edition = current_edition()
    underway = RebuildRun.objects.active().filter(version=engine.version).exists()
    if underway or (edition is not None and edition.version == engine.version):
        return False
    start_rebuild(send=send)
    return True
