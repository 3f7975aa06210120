"""Why a file was not read, in the reader's language and with what to do about it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workforce.technicians.cv.unreadable import Why

REASONS: dict[Why, Promise] = {
    Why.UNKNOWN: _("This is no PDF and no Word file, whatever its name says. Send your CV as PDF or DOCX."),
    Why.PICTURE: _(
        "This is a picture. We read text: send your CV as PDF or DOCX, saved from the program you wrote it in."
    ),
    Why.OLD_WORD: _("This is a file of an old Word (DOC). Save it as DOCX or PDF and send that one."),
    Why.OTHER_TEXT: _(
        "This is a text or a web page, not a PDF or Word file. Save it as PDF or DOCX and send that one."
    ),
    Why.OTHER_ARCHIVE: _(
        "This is an archive or another kind of document, not a Word file. Send your CV as PDF or DOCX."
    ),
    Why.BROKEN: _("The file is damaged and cannot be opened. Save it anew as PDF or DOCX and send that one."),
    Why.ENCRYPTED: _("The file is protected with a password. Save it without one and send it again."),
    Why.TOO_LONG: _("This is far longer than a CV: we read up to 30 pages. Send only the pages that tell of you."),
    Why.NO_TEXT: _(
        "There is no text in this file: it looks like a scan or a photo. Send the file that it was printed from, or "
        "write your skills in by hand."
    ),
    Why.SWELLS: _("The file becomes far too large when it is opened. Save it anew as PDF or DOCX and send that one."),
    Why.TOO_HEAVY: _("The file takes too much work to open. Save it anew as PDF or DOCX, without pictures."),
    Why.INTERNAL: _("Something went wrong on our side. Please send the file again."),
}


def reason(why: str) -> Promise:
    """Return the message for a reason."""
    return REASONS[Why(why)]
