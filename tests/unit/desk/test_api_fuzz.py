"""Requests made up from the API's own description: none makes it fail, and every answer is as described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings

schemathesis = pytest.importorskip("schemathesis")

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk


@pytest.fixture
def api_schema(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Any:
    from django.conf import settings as django_settings

    from whence.desk.services import limits
    from whence.desk.wsgi import application

    monkeypatch.setattr(limits, "RULES", {})
    monkeypatch.setattr(django_settings, "ALLOWED_HOSTS", ["*"])
    note = desk.note(desk.user())
    desk.rate(desk.user("bo"), note)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


schema = schemathesis.pytest.from_fixture("api_schema")


@schema.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_makes_it_fail(case: Any) -> None:
    response = case.call()
    assert response.status_code < 500, (case, response.content)
    case.validate_response(response)
