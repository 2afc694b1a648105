"""Requests made up from the API's own description: none makes it fail, and every answer is as described."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

schemathesis = pytest.importorskip("schemathesis")

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk

OPERATIONS = (
    "/stories", "/stories/{key}", "/stories/{key}/versions", "/stories/{key}/reading", "/statements", "/sources",
    "/sources/{slug}", "/outlets", "/outlets/{slug}", "/notes", "/notes/{pk}", "/notes/{pk}/status",
    "/notes/{pk}/history", "/badges/{key}", "/log",
)  # fmt: skip


def _schema(desk: Desk) -> Any:
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    from whence.desk.wsgi import application

    document = json.loads(desk.client().get("/api/v1/openapi.json").content)
    assert sorted(document["paths"]) == sorted(f"/api/v1{path}" for path in OPERATIONS)
    for signal in (request_started, request_finished):  # The test's transaction outlives its requests.
        signal.disconnect(close_old_connections)
    found = schemathesis.openapi.from_dict(document)
    found.app = application
    return found


@pytest.mark.parametrize("path", OPERATIONS)
def test_no_request_makes_it_fail(desk: Desk, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    from django.conf import settings as django_settings

    from whence.desk.services import limits

    monkeypatch.setattr(limits, "RULES", {})
    monkeypatch.setattr(django_settings, "ALLOWED_HOSTS", ["*"])
    desk.rate(desk.user("bo"), desk.note(desk.user()))
    operation = _schema(desk)[f"/api/v1{path}"]["GET"]
    answered: set[int] = set()

    @given(case=operation.as_strategy())
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def fuzz(case: Any) -> None:
        response = case.call()
        assert response.status_code < 500, (case, response.content)
        case.validate_response(response)
        answered.add(response.status_code)

    fuzz()
    assert answered <= {200, 404, 422}
