"""Documents and decisions about organizations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories as make
from workforce.accounts import services, verification
from workforce.accounts.choices import DocumentKind, Position, Verification, VerificationOutcome, VerificationReason
from workforce.accounts.events import verification_decided
from workforce.accounts.models import Membership, Organization, User, VerificationDecision, VerificationDocument
from workforce.accounts.verification_files import MAX_BYTES, safe_name
from workforce.core.errors import Conflict, InvalidInput, NotAllowed, StaleRevision

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nconstancia\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0" + b"x" * 30 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"x" * 30 + b"IEND\xaeB`\x82"
MORE, REFUSED, VERIFIED = (
    VerificationOutcome.MORE_DOCUMENTS,
    VerificationOutcome.REFUSED,
    VerificationOutcome.VERIFIED,
)


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner() -> Membership:
    """The owner of an employer that waits."""
    return make.MembershipFactory(organization__verification=Verification.PENDING, organization__verified_at=None)


@pytest.fixture
def staff() -> User:
    """Staff who may verify."""
    user = make.UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_organization"))
    return user


def send(owner: Membership, content: bytes = PDF, name: str = "constancia.pdf", **more: Any) -> VerificationDocument:
    upload = SimpleUploadedFile(name, content, content_type="application/x-whatever")
    return verification.add_document(
        actor=owner.user, organization_id=owner.organization_id, kind=DocumentKind.TAX, upload=upload, **more
    )


def decide(staff: User, owner: Membership, outcome: str, reason: str = "", **more: Any) -> VerificationDecision:
    return verification.decide(
        actor=staff, organization_id=owner.organization_id, outcome=outcome, reason=reason, **more
    )


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "name", "shown"),
    [
        (PDF, "acta.pdf", "acta.pdf"),
        (JPG, "foto.png", "foto.jpg"),
        (PNG, "../../etc/passwd", "passwd.png"),
        (PDF, "C:\\papeles\\acta final.PDF", "acta final.pdf"),
    ],
)
def test_a_document_is_kept_under_a_random_name(
    owner: Membership, tmp_path: Path, content: bytes, name: str, shown: str
) -> None:
    document = send(owner, content, name)
    assert document.name == shown
    [path] = files(tmp_path)
    assert path.parent == tmp_path / "verification"
    assert len(path.name) == 32
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["a\u202egpj.pdf", 'x";\r\nSet-Cookie: a=b.pdf', "\x00.pdf", "....pdf", "ñ" * 300, ""])
def test_names_lose_what_could_deceive(name: str) -> None:
    made = safe_name(name, ".pdf")
    assert made.endswith(".pdf")
    assert len(made) <= 84
    assert not set(made) & set('\u202e\r\n\x00";/\\')
    assert made != ".pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"PK\x03\x04docx",
        PDF[:10],
        JPG[:-2],
        PNG[:20],
        b"x" + PDF,
        b"GIF89a",
    ],
)
def test_only_whole_documents_are_taken_whatever_they_are_called(
    owner: Membership, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(InvalidInput):
        send(owner, content)
    assert files(tmp_path) == []


def test_files_too_big_and_one_too_many_are_refused(
    owner: Membership, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InvalidInput):
        send(owner, PDF + b"\n" * MAX_BYTES)
    monkeypatch.setattr(verification, "MAX_DOCUMENTS", 1)
    first = send(owner)
    assert send(owner).pk == first.pk
    with pytest.raises(Conflict):
        send(owner, JPG)
    assert len(files(tmp_path)) == 1


def test_a_row_that_cannot_be_written_leaves_no_file(
    owner: Membership, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: VerificationDocument, *args: Any, **kwargs: Any) -> None:
        assert len(files(tmp_path)) == 1
        raise RuntimeError

    monkeypatch.setattr(VerificationDocument, "save", broken)
    with pytest.raises(RuntimeError):
        send(owner)
    assert files(tmp_path) == []


@pytest.mark.parametrize("position", [Position.RECRUITER, Position.VIEWER])
def test_only_owners_send_and_ask(owner: Membership, position: str) -> None:
    member = make.MembershipFactory(organization=owner.organization, position=position)
    with pytest.raises(NotAllowed):
        send(member)
    with pytest.raises(NotAllowed):
        verification.request_verification(actor=member.user, organization_id=owner.organization_id)


def test_removing_takes_the_file_along_until_the_verification_rests_on_it(
    owner: Membership, staff: User, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    document, kept = send(owner), send(owner, JPG)
    with django_capture_on_commit_callbacks(execute=True):
        verification.remove_document(actor=owner.user, organization_id=owner.organization_id, document_id=document.pk)
    assert len(files(tmp_path)) == 1
    decide(staff, owner, VERIFIED)
    with pytest.raises(Conflict):
        verification.remove_document(actor=owner.user, organization_id=owner.organization_id, document_id=kept.pk)


def test_asking_needs_a_document_and_asking_twice_is_asking_once(owner: Membership) -> None:
    with pytest.raises(Conflict):
        verification.request_verification(actor=owner.user, organization_id=owner.organization_id)
    send(owner)
    for _ in range(2):
        verification.request_verification(actor=owner.user, organization_id=owner.organization_id)
    assert [row.outcome for row in owner.organization.decisions.all()] == [VerificationOutcome.REQUESTED]


def test_the_way_to_verified_leaves_a_history_with_its_actors(owner: Membership, staff: User) -> None:
    send(owner)
    verification.request_verification(actor=owner.user, organization_id=owner.organization_id)
    decide(staff, owner, MORE, VerificationReason.UNREADABLE, text="La página 2")
    owner.organization.refresh_from_db()
    assert (owner.organization.verification, owner.organization.review_requested_at) == (Verification.PENDING, None)
    verification.request_verification(actor=owner.user, organization_id=owner.organization_id)
    decide(staff, owner, VERIFIED)
    history = [(row.outcome, row.actor) for row in owner.organization.decisions.order_by("pk")]
    assert history == [("requested", owner.user), (MORE, staff), ("requested", owner.user), (VERIFIED, staff)]
    owner.organization.refresh_from_db()
    assert owner.organization.is_verified
    assert owner.organization.verified_at is not None


def test_a_refusal_needs_a_reason_and_another_reason_its_words(owner: Membership, staff: User) -> None:
    for reason, text in (("", ""), ("whim", ""), (VerificationReason.OTHER, "  ")):
        with pytest.raises(InvalidInput):
            decide(staff, owner, REFUSED, reason, text=text)
    for outcome in ("requested", "reopened", "x"):
        with pytest.raises(InvalidInput):
            decide(staff, owner, outcome)
    assert not VerificationDecision.objects.exists()


def test_who_was_refused_and_asks_again_can_be_refused_with_the_same_words(owner: Membership, staff: User) -> None:
    send(owner)
    for _ in range(2):
        verification.request_verification(actor=owner.user, organization_id=owner.organization_id)
        decide(staff, owner, REFUSED, VerificationReason.RULES)
    outcomes = [row.outcome for row in owner.organization.decisions.order_by("pk")]
    assert outcomes == ["requested", REFUSED, "requested", REFUSED]
    owner.organization.refresh_from_db()
    assert owner.organization.review_requested_at is None


def test_only_staff_with_the_permission_decide(owner: Membership) -> None:
    for user in (owner.user, make.UserFactory(is_staff=True), make.UserFactory()):
        with pytest.raises(NotAllowed):
            decide(user, owner, VERIFIED)


def test_a_second_click_decides_once_and_a_decision_on_an_old_copy_is_refused(owner: Membership, staff: User) -> None:
    seen = owner.organization.revision
    first = decide(staff, owner, MORE, VerificationReason.MISMATCH, revision=seen)
    assert decide(staff, owner, MORE, VerificationReason.MISMATCH, revision=seen) == first
    with pytest.raises(StaleRevision):
        decide(staff, owner, VERIFIED, revision=seen)
    assert VerificationDecision.objects.count() == 1


def test_others_hear_of_a_decision(owner: Membership, staff: User) -> None:
    heard: list[tuple[int, int, str, int]] = []

    def listen(organization_id: int, decision_id: int, outcome: str, by_id: int, **_: Any) -> None:
        heard.append((organization_id, decision_id, outcome, by_id))

    verification_decided.connect(listen)
    decision = decide(staff, owner, VERIFIED)
    verification_decided.disconnect(listen)
    assert heard == [(owner.organization_id, decision.pk, VERIFIED, staff.pk)]


def test_the_admin_and_the_demo_write_history_too(owner: Membership) -> None:
    services.set_verification(organization_id=owner.organization_id, verification=Verification.REFUSED)
    assert [row.outcome for row in owner.organization.decisions.all()] == [REFUSED]


def test_a_document_is_downloaded_as_a_file_by_owners_and_staff(client: Client, owner: Membership, staff: User) -> None:
    document = send(owner, name='a"b.pdf')
    address = reverse("verification-document", args=[document.pk])
    for user in (owner.user, staff):
        client.force_login(user)
        response = client.get(address)
        assert b"".join(response.streaming_content) == PDF
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Type"] == "application/pdf"
        assert "no-store" in response.headers["Cache-Control"]
    colleague = make.MembershipFactory(organization=owner.organization, position=Position.RECRUITER)
    for other in (colleague.user, make.MembershipFactory().user, make.UserFactory(is_staff=True)):
        client.force_login(other)
        assert client.get(address).status_code == 404


def test_documents_have_no_address_of_their_own(client: Client, owner: Membership) -> None:
    document = send(owner)
    client.force_login(owner.user)
    for address in (f"/media/{document.file.name}", f"/static/{document.file.name}", f"/{document.file.name}"):
        assert client.get(address).status_code == 404


def test_owners_send_ask_and_read_the_answer_in_their_language(client: Client, owner: Membership, staff: User) -> None:
    client.force_login(owner.user)
    address = reverse("org-verification", args=[owner.organization.slug])
    data = {"kind": "tax", "file": SimpleUploadedFile("constancia.pdf", PDF)}
    assert client.post(address, data).status_code == 302
    bad = client.post(address, {"kind": "tax", "file": SimpleUploadedFile("x.pdf", b"<html>")})
    assert bad.status_code == 400
    client.post(reverse("verification-request", args=[owner.organization.slug]))
    assert "Estamos revisando tus documentos" in client.get(address).content.decode()
    decide(staff, owner, REFUSED, VerificationReason.OUT_OF_DATE, text="Trae la de <b>este</b> año")
    page = client.get(address).content.decode()
    assert "Un documento ya no está vigente" in page
    assert "&lt;b&gt;este" in page
    assert staff.email not in page
    User.objects.filter(pk=owner.user_id).update(language="en")
    assert "A document is out of date" in client.get(address).content.decode()


def test_staff_work_through_the_queue(client: Client, owner: Membership, staff: User) -> None:
    send(owner)
    verification.request_verification(actor=owner.user, organization_id=owner.organization_id)
    quiet = make.OrganizationFactory(verification=Verification.PENDING, name="Todavía calladita")
    client.force_login(staff)
    queue = client.get(reverse("staff-verification")).content.decode()
    assert owner.organization.name in queue
    assert quiet.name not in queue
    assert quiet.name in client.get(reverse("staff-verification") + "?state=pending").content.decode()
    address = reverse("staff-verification-decision", args=[owner.organization_id])
    form = client.get(address).context["form"]
    data = {"outcome": "verified", "reason": "", "text": "", "revision": form["revision"].value()}
    Organization.objects.filter(pk=owner.organization_id).update(name="Otro nombre", revision=7)
    stale = client.post(address, data)
    assert stale.status_code == 400
    assert "Otro nombre" in stale.content.decode()
    assert client.post(address, data | {"revision": stale.context["form"]["revision"].value()}).status_code == 302
    assert Organization.objects.get(pk=owner.organization_id).is_verified


def test_the_queue_costs_the_same_however_long_it_is(client: Client, staff: User, query_budget: Any) -> None:
    make.OrganizationFactory.create_batch(26, verification=Verification.PENDING)
    client.force_login(staff)
    query_budget(client, "staff-verification", reverse("staff-verification") + "?state=pending")
