"""What the staff's first page tells."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Count, Min

from whence.desk.models import Appeal, Report

__all__ = ["register"]

register = template.Library()


@register.simple_tag
def what_waits() -> dict[str, Any]:
    """Return how many reports and appeals are open, and since when the oldest of each has been."""
    reports = Report.objects.filter(settled=None).aggregate(reports=Count("pk"), first_report=Min("created"))
    appeals = Appeal.objects.filter(state=Appeal.State.OPEN).aggregate(appeals=Count("pk"), first_appeal=Min("created"))
    return reports | appeals
