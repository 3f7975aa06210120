"""Two people edit the same thing at the same moment: one wins, the other is told, nothing is lost silently."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import MembershipFactory
from tests.threads import at_once_numbered
from workforce.accounts.models import Organization

EDITORS = 4


@pytest.mark.django_db(transaction=True)
def test_of_edits_sent_at_the_same_moment_exactly_one_is_kept() -> None:
    owner = MembershipFactory()
    address = f"/api/v1/organizations/{owner.organization.slug}/"
    clients = [Client() for _ in range(EDITORS)]
    for client in clients:
        client.force_login(owner.user)

    def edit(number: int) -> int:
        body = {"description_es": f"Texto {number}"}
        return clients[number].patch(address, body, "application/json", headers={"If-Match": '"1"'}).status_code

    statuses = at_once_numbered(edit, EDITORS)
    assert sorted(statuses) == [200, 412, 412, 412]
    kept = Organization.objects.get(pk=owner.organization.pk)
    assert kept.revision == 2
    assert kept.description_es == f"Texto {statuses.index(200)}"
