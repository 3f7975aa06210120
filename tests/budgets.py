"""The committed budget of database queries per page.

``query_budgets.json`` names each list page and how many queries it may cost, however many rows it shows. A test makes
more rows than one page holds and calls ``query_budget(client, "role-search", url)``. A page that is over its budget, or
has none, fails. Raising a number is a decision that a reviewer sees in the diff.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BUDGETS = Path(__file__).with_name("query_budgets.json")


@dataclass
class QueryBudget:
    """Budgets by name of page."""

    limits: dict[str, int]

    @classmethod
    def load(cls) -> QueryBudget:
        """Read the committed budgets."""
        return cls(json.loads(BUDGETS.read_text(encoding="utf-8")))

    def __call__(self, client: Client, name: str, url: str, **extra: Any) -> Any:
        """Get ``url`` and return the answer; fail when it is not 200 or costs more queries than ``name`` may."""
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url, **extra)
        assert response.status_code == 200, f"{name} answered {response.status_code}"
        limit = self.limits.get(name)
        if limit is None:
            pytest.fail(f"{name} has no budget in {BUDGETS.name}; it cost {len(queries)} queries", pytrace=False)
        if len(queries) > limit:
            told = "\n".join(query["sql"][:300] for query in queries.captured_queries)
            pytest.fail(f"{name} cost {len(queries)} queries; its budget is {limit}:\n{told}", pytrace=False)
        return response


def assert_budget(client: Client, name: str, url: str, **extra: Any) -> Any:
    """Get ``url`` within the budget of ``name``, as the fixture ``query_budget`` does."""
    return QueryBudget.load()(client, name, url, **extra)
